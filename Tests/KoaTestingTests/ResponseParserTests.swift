import NIOCore
import Testing

@testable import KoaTesting

@Suite("reading responses")
struct ResponseParserTests {
    /// Parses a text that comes in pieces of a size; what is left of it is the second value.
    private func parse(
        _ text: String,
        size: Int = .max,
        isHead: Bool = false,
        ends: Bool = false
    ) throws -> (ResponseParser, rest: String) {
        var parser = ResponseParser(isHead: isHead)
        var bytes = ByteBuffer(string: text)
        var input = ByteBuffer()
        while let piece = bytes.readSlice(length: min(size, bytes.readableBytes)), piece.readableBytes > 0 {
            input.writeImmutableBuffer(piece)
            try parser.consume(&input)
        }
        if ends { try parser.inputEnded() }
        return (parser, String(buffer: input))
    }

    struct Framing: Sendable {
        let fields: String
        let body: String
        var text: String?
        var isKeptAlive = true
    }

    static let framings: [Framing] = [
        Framing(fields: "Content-Length: 3\r\n", body: "abc"),
        Framing(fields: "content-length:3 \r\nConnection: keep-alive\r\n", body: "abc"),
        Framing(fields: "Content-Length: 0\r\n", body: ""),
        Framing(fields: "Content-Length: 3\r\nConnection: close\r\n", body: "abc", isKeptAlive: false),
        Framing(fields: "Transfer-Encoding: chunked\r\n", body: "3\r\nabc\r\n0\r\n\r\n", text: "abc"),
        Framing(
            fields: "Transfer-Encoding: Chunked\r\n", body: "1;x=y\r\na\r\n00b\r\n01234567890\r\n0\r\nT: 1\r\n\r\n",
            text: "a01234567890"),
    ]

    @Test("ends where its framing says, in pieces of any size", arguments: framings, [1, 2, 3, 50, 1000])
    func framing(_ framing: Framing, _ size: Int) throws {
        let text = "HTTP/1.1 200 OK\r\nX: 1\r\n\(framing.fields)\r\n\(framing.body)"
        let (parser, rest) = try parse(text + "HTTP", size: size)
        #expect(parser.isComplete && !parser.isBroken)
        #expect(String(buffer: parser.body) == framing.text ?? framing.body)
        #expect(parser.isKeptAlive == framing.isKeptAlive)
        #expect(rest == "HTTP")
        for length in 0..<text.utf8.count {
            let (parser, _) = try parse(String(decoding: text.utf8.prefix(length), as: UTF8.self))
            #expect(!parser.isComplete)
        }
    }

    @Test("reads the head")
    func head() throws {
        let (parser, _) = try parse("HTTP/1.0 404 Très\r\nA: 1\r\nb:  2 \t\r\nA: 3\r\nC:\r\nContent-Length: 0\r\n\r\n")
        #expect(parser.head.status == 404)
        #expect(parser.head.reason == "Tr\u{C3}\u{A8}s")
        #expect(parser.head.headers.all("a") == ["1", "3"])
        #expect(parser.head.headers["B"] == "2")
        #expect(parser.head.headers["c"] == "")
        #expect(!parser.isKeptAlive)
        #expect(try parse("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n").0.head.reason == "")
    }

    @Test("has no body after HEAD, 101, 204 and 304", arguments: [200, 101, 204, 304])
    func noBody(_ status: Int) throws {
        let (parser, rest) = try parse("HTTP/1.1 \(status) X\r\nContent-Length: 3\r\n\r\nabc", isHead: status == 200)
        #expect(parser.isComplete && parser.body.readableBytes == 0)
        #expect(rest == "abc")
        #expect(parser.isKeptAlive == (status != 101))
    }

    @Test("skips interim responses")
    func interim() throws {
        let (parser, _) = try parse(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
            size: 5
        )
        #expect(parser.isComplete && parser.head.status == 200 && !parser.head.headers.has("Link"))
    }

    @Test("without framing it ends with the connection")
    func untilEnd() throws {
        #expect(try !parse("HTTP/1.1 200 OK\r\n\r\nabc").0.isComplete)
        let (parser, _) = try parse("HTTP/1.1 200 OK\r\n\r\nabc", ends: true)
        #expect(parser.isComplete && !parser.isBroken && !parser.isKeptAlive)
        #expect(String(buffer: parser.body) == "abc")
    }

    @Test(
        "an end within the body is a broken response",
        arguments: [
            "Content-Length: 4\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc",
            "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "Transfer-Encoding: chunked\r\n\r\n4\r\nabc",
            "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
        ]
    )
    func broken(_ rest: String) throws {
        let (parser, _) = try parse("HTTP/1.1 200 OK\r\n\(rest)", ends: true)
        #expect(parser.isBroken && !parser.isKeptAlive)
        #expect(String(buffer: parser.body) == "abc")
    }

    @Test("an end within the head is no response", arguments: ["", "HTTP/1.1", "HTTP/1.1 200 OK\r\nA: b\r\n"])
    func noResponse(_ text: String) {
        let error = #expect(throws: TestError.self) { try parse(text, ends: true) }
        #expect(error?.code == .noResponse)
    }

    @Test(
        "refuses what is no HTTP",
        arguments: [
            "nonsense\r\n", "HTTP/1.1 200\r\n", "HTTP/2.0 200 OK\r\n", "HTTP/1.1 20 OK\r\n", "HTTP/1.1 2x0 OK\r\n",
            "HTTP/1.1 +20 OK\r\n", "HTTP/1.1 099 OK\r\n", "HTTP/1.1 200 OK\n", "\n", "HTTP/1.1 200 OK\r\nno colon\r\n",
            "HTTP/1.1 200 OK\r\nA : b\r\n", "HTTP/1.1 200 OK\r\n: b\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
        ]
    )
    func malformed(_ text: String) {
        let error = #expect(throws: TestError.self) { try parse(text) }
        #expect(error?.code == .malformedResponse)
    }

    @Test("a line has a limit")
    func longLine() {
        let error = #expect(throws: TestError.self) {
            try parse("HTTP/1.1 200 " + String(repeating: "a", count: 1_100_000))
        }
        #expect(error?.code == .malformedResponse)
    }
}
