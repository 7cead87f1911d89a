import Testing

@testable import koa_conformance

@Suite("Reading a response from the wire")
struct RawResponseTests {
    /// Reads a response whose bytes arrive so many at a time.
    private func read(_ text: String, to method: String = "GET", step: Int = 1) throws -> (RawResponse, rest: [UInt8]) {
        var bytes = Latin1Text.bytes(text)[...]
        var reader = ResponseReader {
            defer { bytes = bytes.dropFirst(step) }
            return Array(bytes.prefix(step))
        }
        let response = try RawResponse.read(to: method, from: &reader)
        return (response, try reader.rest())
    }

    @Test("takes the status line, the headers and as many bytes as Content-Length says", arguments: [1, 3, 1000])
    func length(step: Int) throws {
        let text = "HTTP/1.1 200 Very OK\r\nA:  b c \r\nContent-Length: 3\r\nEmpty:\r\n\r\nabcd"
        let (response, rest) = try read(text, step: step)
        let headers = [("A", "b c"), ("Content-Length", "3"), ("Empty", "")]
        #expect(response == madeResponse(200, "Very OK", headers, "abc"))
        #expect(rest == Array("d".utf8))
    }

    @Test("puts chunks together, without extensions and trailers", arguments: [1, 1000])
    func chunks(step: Int) throws {
        let text =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: v\r\n\r\nrest"
        let (response, rest) = try read(text, step: step)
        #expect(response.body == Array("abc0123456789".utf8))
        #expect(rest == Array("rest".utf8))
    }

    @Test("reads to the end where nothing tells the length")
    func untilEnd() throws {
        #expect(try read("HTTP/1.0 200 OK\r\n\r\nall of it").0.body == Array("all of it".utf8))
    }

    @Test("reads no body to HEAD, and none with 204 and 304", arguments: [("HEAD", 200), ("GET", 204), ("GET", 304)])
    func noBody(method: String, status: Int) throws {
        let (response, rest) = try read("HTTP/1.1 \(status) X\r\nContent-Length: 5\r\n\r\n", to: method)
        #expect(response.body.isEmpty)
        #expect(response.values("content-length") == ["5"])
        #expect(rest.isEmpty)
    }

    @Test("passes over interim responses")
    func interim() throws {
        let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
        #expect(try read(text).0.status == 201)
    }

    @Test("reads header bytes as ISO-8859-1")
    func latin1() throws {
        #expect(
            try read("HTTP/1.1 204 \u{E9}\r\nX: \u{EF}\u{BF}\u{BD}\r\n\r\n").0.values("x") == ["\u{EF}\u{BF}\u{BD}"])
    }

    @Test("takes a missing reason phrase for an empty one")
    func noReason() throws {
        #expect(try read("HTTP/1.1 204\r\n\r\n").0.reason == "")
        #expect(try read("HTTP/1.1 204 \r\n\r\n").0.reason == "")
    }

    @Test(
        "fails for what is no response, or not all of one",
        arguments: [
            "", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n", "SPDY/3 200 OK\r\n\r\n",
            "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 two OK\r\n\r\n", "HTTP/1.1 200 OK\n\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\n: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
        ]
    )
    func malformed(text: String) {
        #expect(throws: ClientError.self) { try read(text) }
    }
}

@Suite("The bytes of a request")
struct RequestBytesTests {
    private func sent(_ method: String, _ headers: String = "[]", more: String = "", cookie: String? = nil) throws
        -> String
    {
        let request = #"{"method":"\#(method)","target":"/a?b","headers":\#(headers)\#(more)}"#
        return Latin1Text.text(try madeExchange(request: request).request.bytes(cookie: cookie))
    }

    @Test("are the target and the headers as they are, in their order")
    func head() throws {
        let sent = try sent("GET", #"[["hOst","example.com"],["x",""],["x","2"]]"#)
        #expect(sent == "GET /a?b HTTP/1.1\r\nhOst: example.com\r\nx: \r\nx: 2\r\n\r\n")
    }

    @Test("get a Content-Length last, when there is a body")
    func body() throws {
        let post = try sent("POST", #"[["host","h"]]"#, more: #","body":"é""#)
        #expect(post == "POST /a?b HTTP/1.1\r\nhost: h\r\ncontent-length: 2\r\n\r\n\u{C3}\u{A9}")
        #expect(try sent("GET", more: #","body":"x""#).contains("content-length: 1\r\n\r\nx"))
    }

    @Test(
        "get a Content-Length of 0 for methods that usually have a body",
        arguments: ["POST", "PUT", "PATCH", "PROPFIND"])
    func emptyBody(method: String) throws {
        #expect(try sent(method).hasSuffix("content-length: 0\r\n\r\n"))
    }

    @Test("get none for those that don't, nor beside one of the case", arguments: ["GET", "HEAD", "OPTIONS", "DELETE"])
    func noLength(method: String) throws {
        #expect(try !sent(method).contains("content-length"))
        #expect(
            try sent("POST", #"[["Content-Length","1"]]"#, more: #","body":"x""#).hasSuffix(
                "Content-Length: 1\r\n\r\nx"))
    }

    @Test("have the kept cookies")
    func cookies() throws {
        #expect(try sent("GET", cookie: "a=1; b=2").hasSuffix("cookie: a=1; b=2\r\n\r\n"))
    }
}
