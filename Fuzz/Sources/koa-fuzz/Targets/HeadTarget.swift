import NIOCore

@testable import Koa

/// Requests' heads, one after the other: the same verdicts however the bytes arrive, and nothing in a head that two
/// readers could understand differently. The first choice takes tight limits or the defaults.
func fuzzHead(_ input: Input) {
    var (choices, wire) = input.parts
    let isTight = choices.next() & 1 == 1
    let limits = isTight ? RequestHeadParser.Limits(target: 16, field: 24, fieldSection: 64, fieldCount: 3) : .init()
    let whole = transcript([wire], limits)
    let pieces = choices.cut(wire)
    expect(transcript(pieces, limits) == whole, "cut at \(pieces.map(\.count)), not \(whole)")
    expect(transcript(wire.indices.map { wire[$0...$0] }, limits) == whole, "byte by byte, not \(whole)")
}

/// What a connection would learn of these bytes.
private func transcript(_ pieces: [ArraySlice<UInt8>], _ limits: RequestHeadParser.Limits) -> [String] {
    var parser = RequestHeadParser(limits: limits)
    var buffer = ByteBuffer()
    var lines: [String] = []
    for piece in pieces {
        buffer.writeBytes(piece)
        do {
            while let parsed = try parser.parse(&buffer) {
                check(parsed, limits)
                lines.append(describe(parsed))
            }
        } catch {
            return lines + ["\(error.status.code), \(parser.isHead)"]
        }
    }
    return lines + ["\(buffer.readableBytes) left, \(parser.isAtStart)"]
}

private func describe(_ parsed: RequestHeadParser.Parsed) -> String {
    let head = parsed.head
    let fields = head.fields.headers.fields.map { "\($0.name): \($0.value.debugDescription)" }.joined(separator: ", ")
    return "\(head.method) \(head.target) \(head.version) \(head.body) \(fields)"
        + " \(parsed.isKeepAlive) \(parsed.expectsContinue)"
}

private func check(_ parsed: RequestHeadParser.Parsed, _ limits: RequestHeadParser.Limits) {
    let head = parsed.head
    let fields = head.fields.headers.fields
    expect(!head.target.isEmpty && head.target.utf8.count <= limits.target, "a target of a wrong length")
    expect(head.target.utf8.allSatisfy { 0x21...0x7E ~= $0 }, "a target with other characters")
    expect(fields.count <= limits.fieldCount, "too many fields")
    for field in fields {
        expect(Latin1.isToken(field.name), "a field's name is no token")
        expect(Latin1.isFieldValue(field.value), "a field's value has control characters")
    }
    let hosts = head.fields.all("host")
    expect(hosts.count == 1 || head.version == .http1_0 && hosts.isEmpty, "\(hosts.count) hosts")
    expect(hosts.allSatisfy { HostHeader.isValid($0) }, "no valid host")
    let lengths = head.fields.all("content-length")
    let codings = head.fields.all("transfer-encoding")
    expect(lengths.count + codings.count <= 1 || lengths.isEmpty, "framed twice")
    switch head.body {
    case .none: expect(codings.isEmpty && lengths.allSatisfy { Int($0) == 0 }, "a body is passed over")
    case .length(let length): expect(lengths.first.flatMap { Int($0) } == length && length > 0, "another length")
    case .chunked: expect(codings.last?.lowercased().hasSuffix("chunked") == true, "chunked, but nobody said so")
    }
}
