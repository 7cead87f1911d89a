import Koa
import NIOCore

@testable import KoaBody

/// A multipart body: the same parts and the same end however it arrives, and parts that can be written and read again.
func fuzzMultipart(_ input: Input) {
    var (choices, wire) = input.parts
    let choice = Int(choices.next())
    let boundary = boundaries[choice % boundaries.count]
    let headerBytes = choice & 0x40 == 0 ? 8192 : 64
    let whole = read([wire], boundary, headerBytes)
    let pieces = choices.cut(wire)
    expect(read(pieces, boundary, headerBytes) == whole, "cut at \(pieces.map(\.count)), not \(whole)")
    expect(read(wire.indices.map { wire[$0...$0] }, boundary, headerBytes) == whole, "byte by byte, not \(whole)")
    guard whole.refusal == nil else { return }

    let written = write(whole.parts, boundary)
    expect(read([written[...]], boundary, .max) == whole, "written as another body: \(whole)")
    for part in whole.parts { checkDisposition(part.headers["content-disposition"] ?? "") }
}

private let boundaries = ["x", "-", "a b", "----WebKitFormBoundaryAbCdEf0123456789", "--x--"]

private struct Part: Equatable {
    let headers: Headers
    var body: [UInt8] = []
}

private struct Parts: Equatable {
    var parts: [Part] = []
    /// How many of them have ended.
    var ended = 0
    var refusal: String?
}

private func read(_ pieces: [ArraySlice<UInt8>], _ boundary: String, _ headerBytes: Int) -> Parts {
    var parser = MultipartParser(boundary: boundary, headerBytes: headerBytes)
    var result = Parts()
    do {
        for piece in pieces {
            parser.append(ByteBuffer(bytes: piece))
            while let event = try parser.next() {
                switch event {
                case .part(let headers):
                    expect(result.ended == result.parts.count, "a part begins within another")
                    expect(headers.fields.count <= 32, "more headers than a part may have")
                    result.parts.append(Part(headers: headers))
                case .data(let data):
                    expect(data.readableBytes > 0, "an empty piece")
                    expect(result.ended == result.parts.count - 1, "bytes of no part")
                    result.parts[result.ended].body.append(contentsOf: data.readableBytesView)
                case .partEnd: result.ended += 1
                case .end: expect(result.ended == result.parts.count, "ended within a part")
                }
            }
        }
        try parser.finish()
        expect(result.ended == result.parts.count, "finished within a part")
    } catch {
        result.refusal = "\(error)"
    }
    return result
}

private func write(_ parts: [Part], _ boundary: String) -> [UInt8] {
    var body = Array("--\(boundary)".utf8)
    for part in parts {
        body += "\r\n".utf8
        for field in part.headers.fields { body += "\(field.name): \(field.value)\r\n".utf8 }
        body += "\r\n".utf8 + part.body + Array("\r\n--\(boundary)".utf8)
    }
    return body + Array("--".utf8)
}

private func checkDisposition(_ field: String) {
    guard let disposition = try? PartDisposition(field) else { return }
    for name in [disposition.name, disposition.filename] {
        expect(name?.utf8.contains(0) != true, "NUL in a name: \(field.debugDescription)")
    }
    // What browsers escape is all that has to be: names that are written as they do are read as they were.
    guard let name = disposition.name, !name.utf8.contains(UInt8(ascii: "%")), !name.utf8.contains(UInt8(ascii: "\\"))
    else { return }
    let escaped = String(decoding: name.utf8.flatMap { escape($0) }, as: UTF8.self)
    let again = try? PartDisposition("form-data; name=\"\(escaped)\"")
    expect(again?.name?.utf8.elementsEqual(name.utf8) == true, "another name: \(escaped.debugDescription)")
}

private func escape(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "\""): Array("%22".utf8)
    case 0x0D: Array("%0D".utf8)
    case 0x0A: Array("%0A".utf8)
    default: [byte]
    }
}
