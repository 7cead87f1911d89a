import NIOCore
import Testing

@testable import Koa

@Suite("The body of a request")
struct BodyDecoderTests {
    @Test("of a known length ends there, and leaves what follows")
    func fixedLength() {
        let result = decode(.length(5), [Array("helloGET".utf8)])
        #expect(result == "hello|end|GET")
    }

    @Test(
        "in chunks is put together",
        arguments: [
            ("5\r\nhello\r\n0\r\n\r\n", "hello|end|"),
            ("1\r\na\r\n2\r\nbc\r\n0\r\n\r\nX", "abc|end|X"),
            ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789|end|"),
            ("00005\r\nhello\r\n000\r\n\r\n", "hello|end|"),
            ("5;name=value\r\nhello\r\n0;last\r\n\r\n", "hello|end|"),
            ("5 ; q=\"a b\"\r\nhello\r\n0\r\n\r\n", "hello|end|"),
            ("0\r\nX-Trailer: 1\r\nX-Other: 2\r\n\r\nGET", "|end|GET"),
        ])
    func chunks(text: String, expected: String) {
        #expect(decode(.chunked, [Array(text.utf8)]) == expected)
        #expect(decode(.chunked, text.utf8.map { [$0] }) == expected)
        for cut in text.utf8.indices {
            #expect(decode(.chunked, [Array(text.utf8[..<cut]), Array(text.utf8[cut...])]) == expected)
        }
    }

    @Test(
        "with broken framing is refused",
        arguments: [
            "\r\n", "g\r\n", "5 5\r\nhello\r\n", "5 \r\nhello\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", " 5\r\nhello\r\n",
            "5\nhello\r\n", "5\r\nhelloX\r\n",
            "5\r\nhello\rX",
            "5\r\nhello\n0\r\n\r\n", "5\r\rhello", "FFFFFFFFFFFFFFFFF\r\n", "5;a\nb\r\n", "5;a\u{0}\r\n",
            "0\r\nbad trailer\r\n\r\n", "0\r\nX: a\n\r\n", "0\r\n folded\r\n\r\n",
        ])
    func malformed(text: String) {
        #expect(decode(.chunked, [Array(text.utf8)]).contains("refused 400"))
        #expect(decode(.chunked, text.utf8.map { [$0] }).contains("refused 400"))
    }

    @Test("may have so many bytes of extensions")
    func extensionLimit() {
        let limits = BodyDecoder.Limits(extensions: 10, trailers: 100)
        #expect(decode(.chunked, [Array("1;123456789\r\na\r\n0\r\n\r\n".utf8)], limits) == "a|end|")
        #expect(decode(.chunked, [Array("1;1234567890\r\na\r\n0\r\n\r\n".utf8)], limits).contains("refused 400"))
        // The limit is the body's, not the chunk's.
        let many = String(repeating: "1;1\r\na\r\n", count: 6)
        #expect(decode(.chunked, [Array(many.utf8)], limits).contains("refused 400"))
    }

    @Test("may have so many bytes of trailers")
    func trailerLimit() {
        let limits = BodyDecoder.Limits(extensions: 10, trailers: 10)
        #expect(decode(.chunked, [Array("0\r\nX: 1234\r\n\r\n".utf8)], limits).contains("refused 400"))
        #expect(decode(.chunked, [Array("0\r\nX: 123\r\n\r\n".utf8)], limits) == "|end|")
        #expect(decode(.chunked, [Array("0\r\nX: 1234567890".utf8)], limits).contains("refused 400"))
    }

    @Test("tells how much is left when it is known")
    func remainder() throws {
        var decoder = BodyDecoder(.length(10), limits: .init())
        var buffer = ByteBuffer(string: "1234")
        _ = try decoder.next(&buffer)
        #expect(decoder.knownRemainder == 6)
        #expect(BodyDecoder(.chunked, limits: .init()).knownRemainder == nil)
        #expect(BodyDecoder(.none, limits: .init()).isAtEnd)
    }

    /// `body|how it ended|rest` for bytes that arrive in pieces.
    private func decode(
        _ framing: BodyFraming, _ pieces: [[UInt8]], _ limits: BodyDecoder.Limits = .init()
    ) -> String {
        var decoder = BodyDecoder(framing, limits: limits)
        var buffer = ByteBuffer()
        var body = ""
        var end = "incomplete"
        do {
            for piece in pieces {
                buffer.writeBytes(piece)
                loop: while end == "incomplete" {
                    switch try decoder.next(&buffer) {
                    case .chunk(let chunk): body += String(buffer: chunk)
                    case .needMore: break loop
                    case .end: end = "end"
                    }
                }
            }
        } catch {
            end = "refused \(error.status.code)"
        }
        return "\(body)|\(end)|\(String(buffer: buffer))"
    }
}
