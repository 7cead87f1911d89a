import KoaCodings
import KoaTesting
import NIOCore
import Testing

/// Responses that are decoded, and bodies to compress.
enum Coded {
    static let text = String(repeating: "compress me ", count: 300)

    /// The body without its coding.
    static func text(_ response: TestResponse) throws -> String {
        guard let name = response.get("Content-Encoding") else { return response.text }
        return String(buffer: try decode(response.body, name))
    }

    static func decode(_ body: ByteBuffer, _ name: String) throws -> ByteBuffer {
        let coding = try #require(ContentCoding(name))
        let decoder = try coding.makeDecoder()
        var input = body
        var plain = ByteBuffer()
        while let piece = try decoder.decode(&input, limit: .max) { plain.writeImmutableBuffer(piece) }
        try decoder.finish()
        return plain
    }
}
