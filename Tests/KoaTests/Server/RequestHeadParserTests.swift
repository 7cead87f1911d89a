import HTTPTypes
import NIOCore
import Testing

@testable import Koa

@Suite("The head of a request")
struct RequestHeadParserTests {
    @Test("gives method, target, version and fields")
    func complete() throws {
        let parsed = try #require(try parse("GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept:  text/html \r\n\r\n"))
        #expect(parsed.head.method == .get)
        #expect(parsed.head.target == "/a?b=c")
        #expect(parsed.head.version == .http1_1)
        #expect(parsed.head.fields.first("ACCEPT") == "text/html")
        #expect(parsed.head.body == .none)
        #expect(parsed.isKeepAlive)
    }

    @Test("leaves what follows in the buffer")
    func remainder() throws {
        var buffer = ByteBuffer(string: "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /next")
        var parser = RequestHeadParser(limits: .init())
        #expect(try parser.parse(&buffer) != nil)
        #expect(String(buffer: buffer) == "GET /next")
        #expect(try parser.parse(&buffer) == nil)
        buffer.writeString(" HTTP/1.1\r\nHost: y\r\n\r\n")
        #expect(try parser.parse(&buffer)?.head.target == "/next")
    }

    @Test("is the same however the bytes arrive", arguments: Samples.accepted + Samples.refused.map(\.0))
    func cuts(text: String) {
        let whole = verdict([text])
        #expect(verdict(text.utf8.map { [$0] }) == whole)
        for cut in text.utf8.indices.dropFirst() {
            let pieces = [Array(text.utf8[..<cut]), Array(text.utf8[cut...])]
            #expect(verdict(pieces) == whole)
        }
    }

    @Test("is accepted", arguments: Samples.accepted)
    func accepted(text: String) throws {
        #expect(try parse(text) != nil)
    }

    @Test("is refused with the status that says why", arguments: Samples.refused)
    func refused(text: String, status: Int) {
        #expect { try parse(text) } throws: { ($0 as? ProtocolError)?.status.code == status }
    }

    @Test("keeps header bytes above ASCII as ISO-8859-1 characters")
    func latin1() throws {
        let bytes = Array("GET / HTTP/1.1\r\nHost: x\r\nX-Name: ".utf8) + [0xE9, 0xFF] + Array("\r\n\r\n".utf8)
        var buffer = ByteBuffer(bytes: bytes)
        var parser = RequestHeadParser(limits: .init())
        let parsed = try #require(try parser.parse(&buffer))
        #expect(parsed.head.fields.joined("x-name") == "éÿ")
    }

    @Test(
        "says whether the connection stays",
        arguments: [
            ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false),
            ("HTTP/1.1", "Connection: Keep-Alive, CLOSE\r\n", false), ("HTTP/1.0", "", false),
            ("HTTP/1.0", "Connection: keep-alive\r\n", true), ("HTTP/1.0", "Connection: keep-alive, close\r\n", false),
            ("HTTP/1.1", "Connection: upgrade\r\nConnection: close\r\n", false),
        ])
    func keepAlive(version: String, fields: String, isKept: Bool) throws {
        let parsed = try #require(try parse("GET / \(version)\r\nHost: x\r\n\(fields)\r\n"))
        #expect(parsed.isKeepAlive == isKept)
    }

    @Test("expects to continue only in HTTP/1.1, with a body")
    func expectation() throws {
        let fields = "Host: x\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n"
        #expect(try parse("PUT / HTTP/1.1\r\n\(fields)")?.expectsContinue == true)
        #expect(try parse("PUT / HTTP/1.0\r\n\(fields)")?.expectsContinue == false)
        #expect(try parse("GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n")?.expectsContinue == false)
    }

    private func parse(_ text: String) throws -> RequestHeadParser.Parsed? {
        var buffer = ByteBuffer(string: text)
        var parser = RequestHeadParser(limits: .init())
        return try parser.parse(&buffer)
    }

    /// The outcome of bytes that arrive in pieces, as text.
    private func verdict(_ pieces: [some Collection<UInt8>]) -> String {
        var buffer = ByteBuffer()
        var parser = RequestHeadParser(limits: .init())
        do {
            for piece in pieces {
                buffer.writeBytes(piece)
                if let parsed = try parser.parse(&buffer) {
                    let head = parsed.head
                    return "\(head.method) \(head.target) \(head.version) \(head.fields.headers) \(head.body)"
                }
            }
            return "incomplete"
        } catch {
            return "\(error)"
        }
    }

    private func verdict(_ pieces: [String]) -> String {
        verdict(pieces.map { Array($0.utf8) })
    }
}

/// Limits are met exactly: n passes, n + 1 doesn't.
@Suite("The limits of a head")
struct RequestHeadLimitTests {
    @Test("count the target's bytes")
    func target() {
        #expect(
            status(limits: .init(target: 10), "GET /\(String(repeating: "a", count: 9)) HTTP/1.1\r\nHost: x\r\n\r\n")
                == nil)
        #expect(
            status(limits: .init(target: 10), "GET /\(String(repeating: "a", count: 10)) HTTP/1.1\r\nHost: x\r\n\r\n")
                == 414)
    }

    @Test(
        "are met at the same byte however the bytes arrive, malformed or not",
        arguments: [
            ("GET\(long)\r\n\r\n", 501), ("GET /\(long)\n\n", 414),
            ("GET / HTTP/1.1\r\n\(long)\n", 431),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: 1234567890\r\nB: 12345678\n", 431),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: 123456789\r\nB: 123456\r\n\r\n", nil),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: 123456789\r\nB: 1234567\r\n\r\n", 431),
        ] as [(String, Int?)])
    func arrival(text: String, expected: Int?) {
        let limits = RequestHeadParser.Limits(target: 10, field: 20, fieldSection: 34, fieldCount: 4)
        #expect(status(limits: limits, text) == expected)
        #expect(status(limits: limits, text.unicodeScalars.map { String($0) }) == expected)
    }

    private static let long = String(repeating: "a", count: 90)

    @Test("stop a target that never ends")
    func endlessTarget() {
        #expect(status(limits: .init(target: 10), "GET /" + String(repeating: "a", count: 100)) == 414)
    }

    @Test("count the fields")
    func fieldCount() {
        let fields = (1...4).map { "X-\($0): a\r\n" }.joined()
        #expect(status(limits: .init(fieldCount: 5), "GET / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n") == nil)
        #expect(status(limits: .init(fieldCount: 4), "GET / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n") == 431)
    }

    @Test("count the bytes of the section")
    func fieldSection() {
        let fields = "Host: x\r\nX-Long: \(String(repeating: "a", count: 20))\r\n"
        #expect(status(limits: .init(fieldSection: fields.utf8.count), "GET / HTTP/1.1\r\n\(fields)\r\n") == nil)
        #expect(status(limits: .init(fieldSection: fields.utf8.count - 1), "GET / HTTP/1.1\r\n\(fields)\r\n") == 431)
    }

    @Test("stop a field that never ends")
    func endlessField() {
        let text = "GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 200)
        #expect(status(limits: .init(fieldSection: 100), text) == 431)
    }

    private func status(limits: RequestHeadParser.Limits, _ text: String) -> Int? {
        status(limits: limits, [text])
    }

    private func status(limits: RequestHeadParser.Limits, _ pieces: [String]) -> Int? {
        var buffer = ByteBuffer()
        var parser = RequestHeadParser(limits: limits)
        do {
            for piece in pieces {
                buffer.writeString(piece)
                _ = try parser.parse(&buffer)
            }
            return nil
        } catch {
            return error.status.code
        }
    }
}

enum Samples {
    static let accepted: [String] = [
        "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: example.com:80\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [::1]:3000\r\n\r\n",
        "GET http://example.com/a?b HTTP/1.1\r\nHost: other\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        "M-SEARCH / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /|{}\"<>\\^` HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nX-Tab:\ta\tb\t\r\n\r\n",
        "GET / HTTP/1.7\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 00005\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n",
    ]

    static let refused: [(String, Int)] = [
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: user@evil\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n", 400),
        ("GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{7F}b\r\n\r\n", 400),
        ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (" GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /é HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET example.com:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET http:// HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET http://a@b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n", 501),
        ("CONNECT / HTTP/1.1\r\nHost: example.com\r\n\r\n", 400),
        ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
        ("GET / http/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("PRI * HTTP/2.0\r\n\r\n", 505),
        ("GET /\r\n", 400),
        ("\u{16}\u{3}\u{1}\u{2}", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nExpect: coffee\r\n\r\n", 417),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u{0B}chunked\r\n\r\n", 400),
    ]
}
