import NIOCore

@testable import Koa

/// A request's body, by length or in chunks: the same bytes and the same end however it arrives.
func fuzzBody(_ input: Input) {
    var (choices, wire) = input.parts
    let choice = choices.next()
    let framing: BodyFraming = choice & 1 == 0 ? .chunked : .length(Int(choice >> 2) + 1)
    let limits = choice & 2 == 0 ? BodyDecoder.Limits() : .init(extensions: 8, trailers: 16)
    let whole = decode([wire], framing, limits)
    let pieces = choices.cut(wire)
    expect(decode(pieces, framing, limits) == whole, "cut at \(pieces.map(\.count)), not \(whole)")
    expect(decode(wire.indices.map { wire[$0...$0] }, framing, limits) == whole, "byte by byte, not \(whole)")
}

private struct Decoded: Equatable {
    var body: [UInt8] = []
    var isComplete = false
    var refusal: ProtocolError?
    /// What comes behind the body.
    var rest = 0
}

private func decode(
    _ pieces: [ArraySlice<UInt8>],
    _ framing: BodyFraming,
    _ limits: BodyDecoder.Limits
) -> Decoded {
    var decoder = BodyDecoder(framing, limits: limits)
    var buffer = ByteBuffer()
    var result = Decoded()
    for piece in pieces {
        buffer.writeBytes(piece)
        do {
            take: while true {
                switch try decoder.next(&buffer) {
                case .chunk(let chunk):
                    expect(chunk.readableBytes > 0, "an empty chunk")
                    result.body.append(contentsOf: chunk.readableBytesView)
                case .needMore:
                    expect(!decoder.isAtEnd, "needs more behind its end")
                    break take
                case .end:
                    expect(decoder.isAtEnd && decoder.knownRemainder == 0, "ended before its end")
                    result.isComplete = true
                    break take
                }
            }
        } catch {
            result.refusal = error
            return result
        }
    }
    if result.isComplete { result.rest = buffer.readableBytes }
    if case .length(let length) = framing {
        expect(decoder.knownRemainder == length - result.body.count, "forgets what remains")
    }
    return result
}
