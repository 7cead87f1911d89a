import NIOCore

@testable import Koa
@testable import KoaTesting

/// The test client's parser of responses: the same verdict however a response arrives. The first choice says whether
/// the request was HEAD.
func fuzzResponse(_ input: Input) {
    var (choices, wire) = input.parts
    let isHead = choices.next() & 1 == 1
    let whole = parse([wire], isHead: isHead)
    let pieces = choices.cut(wire)
    expect(parse(pieces, isHead: isHead) == whole, "cut at \(pieces.map(\.count)), not \(whole)")
    expect(parse(wire.indices.map { wire[$0...$0] }, isHead: isHead) == whole, "byte by byte, not \(whole)")
}

private func parse(_ pieces: [ArraySlice<UInt8>], isHead: Bool) -> String {
    var parser = ResponseParser(isHead: isHead)
    var input = ByteBuffer()
    do {
        for piece in pieces {
            input.writeBytes(piece)
            try parser.consume(&input)
        }
        let isWhole = parser.isComplete
        try parser.inputEnded()
        let head = parser.head
        return "\(head.status.code) \(head.reason) \(head.headers) \(parser.body.readableBytes) \(isWhole)"
            + " \(parser.isBroken) \(parser.isKeptAlive)"
    } catch {
        return "refused"
    }
}
