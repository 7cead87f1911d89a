import NIOCore
import Testing

@testable import KoaBody

@Suite("Random multipart bodies")
struct MultipartRandomTests {
    /// Bytes that are often those of a delimiter.
    private func content(_ random: inout SplitMix64, boundary: String) -> [UInt8] {
        let pieces = ["\r", "\n", "\r\n", "-", "--", "\r\n--", boundary, String(boundary.dropLast()), "a", "\0", "é"]
        let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        return Array(text.joined().utf8)
    }

    /// Whether a body may hold the content: no delimiter stands in it.
    private func isFree(_ content: [UInt8], of boundary: String) -> Bool {
        let delimiter = Array("\r\n--\(boundary)".utf8)
        return !content.indices.contains { content[$0...].starts(with: delimiter) }
    }

    @Test("come out as they went in, wherever they are cut", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let boundary = String(repeating: "b", count: Int.random(in: 1...5, using: &random)) + "x"
        var contents: [[UInt8]] = []
        while contents.count < Int.random(in: 1...5, using: &random) {
            let one = content(&random, boundary: boundary)
            if isFree(one, of: boundary) { contents.append(one) }
        }
        var body: [UInt8] = []
        for (index, content) in contents.enumerated() {
            body += Array("\(index == 0 ? "" : "\r\n")--\(boundary)\r\nX-Number: \(index)\r\n\r\n".utf8) + content
        }
        body += Array("\r\n--\(boundary)--".utf8)

        var parser = MultipartParser(boundary: boundary, headerBytes: 100)
        var found: [[UInt8]] = []
        var ended = 0
        var rest = body[...]
        while !rest.isEmpty {
            let count = min(rest.count, Int.random(in: 1...9, using: &random))
            parser.append(ByteBuffer(bytes: rest.prefix(count)))
            rest = rest.dropFirst(count)
            while let event = try parser.next() {
                switch event {
                case .part(let headers):
                    #expect(headers["x-number"] == "\(found.count)")
                    found.append([])
                case .data(let piece): found[found.count - 1] += Array(piece.readableBytesView)
                case .partEnd: ended += 1
                case .end: #expect(ended == contents.count)
                }
            }
        }
        try parser.finish()
        #expect(found == contents)
    }

    @Test("never trap the parser, whatever they are", arguments: 0..<200)
    func noise(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        var parser = MultipartParser(boundary: "x", headerBytes: 50)
        let pieces = [
            "--x", "\r\n", "--", "\r", "\n", "A: b", ":", "\0", "Content-Disposition: form-data; name=", "\"", "x",
        ]
        do {
            for _ in 0..<60 {
                parser.append(ByteBuffer(string: pieces.randomElement(using: &random) ?? ""))
                while let event = try parser.next() {
                    if case .part(let headers) = event { _ = try PartDisposition(headers["content-disposition"] ?? "") }
                }
            }
            try parser.finish()
        } catch {
            #expect(error is MultipartError)
        }
    }
}
