import NIOCore
import Testing

@testable import Koa

@Suite("The head of a response")
struct ResponseEncoderTests {
    @Test("has status line, fields, length and date")
    func simple() {
        let text = encode(.init(status: 200, reason: "OK", headers: ["X-A": "1", "X-B": "2"], framing: .length(12)))
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\nX-A: 1\r\nX-B: 2\r\nContent-Length: 12\r\nDate: "))
        #expect(text.hasSuffix(" GMT\r\n\r\n"))
    }

    @Test("takes its framing from the body, never from what a handler set")
    func framing() {
        let headers: Headers = ["content-length": "999", "Transfer-Encoding": "gzip", "Connection": "upgrade"]
        let text = encode(.init(status: 200, reason: "OK", headers: headers, framing: .length(3)))
        #expect(text.contains("Content-Length: 3\r\n"))
        #expect(!text.contains("999") && !text.contains("gzip") && !text.contains("upgrade"))
        let chunked = encode(.init(status: 200, reason: "OK", headers: headers, framing: .untilEnd))
        #expect(chunked.contains("Transfer-Encoding: chunked\r\n") && !chunked.contains("ontent-"))
    }

    @Test("to HEAD keeps the length that a GET would have, if it is a number")
    func head() {
        #expect(
            encode(.init(status: 200, reason: "OK", headers: ["Content-Length": "5"], framing: .none)).contains(
                "Content-Length: 5\r\n"))
        #expect(
            !encode(.init(status: 200, reason: "OK", headers: ["Content-Length": "5a"], framing: .none)).contains(
                "ontent-"))
        #expect(
            !encode(.init(status: 204, reason: "", headers: ["Content-Length": "5"], framing: .none)).contains(
                "ontent-"))
    }

    @Test("to HEAD has one length, whatever a handler appended")
    func headWithTwoLengths() {
        let headers = Headers([("Content-Length", "5"), ("Content-Length", "7")])
        let text = encode(.init(status: 200, reason: "OK", headers: headers, framing: .none))
        #expect(text.contains("Content-Length: 5\r\n") && !text.contains("Content-Length: 7"))
    }

    @Test("says whether the connection stays, where that isn't clear")
    func connection() {
        let head = ResponseHead(status: 200, reason: "OK", headers: [:], framing: .length(0))
        #expect(!encode(head).contains("Connection"))
        #expect(encode(head, isKeepAlive: false).contains("Connection: close\r\n"))
        #expect(encode(head, version: .http1_0).contains("Connection: keep-alive\r\n"))
        let untilClose = ResponseHead(status: 200, reason: "OK", headers: [:], framing: .untilEnd)
        #expect(!encode(untilClose, version: .http1_0, isKeepAlive: false).contains("chunked"))
    }

    @Test("keeps the Date and, on 101, the Connection that a handler set")
    func ownFields() {
        let dated = encode(.init(status: 200, reason: "OK", headers: ["date": "then"], framing: .length(0)))
        #expect(dated.contains("date: then\r\n") && !dated.contains("Date: "))
        let upgrade = encode(
            .init(status: 101, reason: "Switching Protocols", headers: ["Connection": "Upgrade"], framing: .none))
        #expect(upgrade.contains("Connection: Upgrade\r\n") && !upgrade.contains("Connection: close"))
    }

    @Test("is ISO-8859-1: a character up to U+00FF is one byte")
    func latin1() {
        var buffer = ByteBuffer()
        let head = ResponseHead(status: 200, reason: "Gr\u{FC}n", headers: ["X": "\u{E9}\u{FF}"], framing: .none)
        ResponseEncoder.write(head, version: .http1_1, isKeepAlive: true, date: DateCache(), into: &buffer)
        let bytes = Array(buffer.readableBytesView)
        #expect(bytes.contains(0xFC) && bytes.contains(0xE9) && bytes.contains(0xFF) && !bytes.contains(0xC3))
    }

    @Test("of any size is written whole")
    func large() {
        let value = String(repeating: "v", count: 100_000)
        #expect(
            encode(.init(status: 200, reason: "OK", headers: ["X": value], framing: .none)).contains("X: \(value)\r\n"))
    }

    private func encode(_ head: ResponseHead, version: HTTPVersion = .http1_1, isKeepAlive: Bool = true) -> String {
        var buffer = ByteBuffer()
        ResponseEncoder.write(head, version: version, isKeepAlive: isKeepAlive, date: DateCache(), into: &buffer)
        return String(buffer: buffer)
    }
}
