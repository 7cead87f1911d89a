import Koa
import KoaTesting
import Testing

@Suite("A connection")
struct ConnectionTests {
    private func echo() -> Application {
        let app = Application()
        app.use { ctx in ctx.body = .text("\(ctx.method) \(ctx.url)") }
        return app
    }

    @Test("serves several requests")
    func keepAlive() async throws {
        try await echo().test.live { client in
            let connection = try await client.connect()
            for number in 1...5 {
                try await connection.send("GET /\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await connection.receiveResponse().text == "GET /\(number)")
            }
        }
    }

    @Test("closes when the client asks for it")
    func close() async throws {
        try await echo().test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let text = try await connection.receiveAll()
            #expect(text.contains("Connection: close\r\n"))
            #expect(text.hasSuffix("GET /"))
        }
    }

    @Test("answers pipelined requests in their order, whichever is ready first")
    func pipelining() async throws {
        let gate = Gate()
        let app = Application()
        app.use { ctx in
            if ctx.path == "/slow" { await gate.wait() }
            ctx.body = .text(ctx.path)
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            let requests = ["/slow", "/a", "/b"].map { "GET \($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined()
            try await connection.send(requests)
            gate.open()
            for path in ["/slow", "/a", "/b"] {
                #expect(try await connection.receiveResponse().text == path)
            }
        }
    }

    @Test("answers many pipelined requests that come in one piece")
    func manyPipelined() async throws {
        try await echo().test.live { client in
            let connection = try await client.connect()
            try await connection.send((1...500).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
            for number in 1...500 {
                #expect(try await connection.receiveResponse().text == "GET /\(number)")
            }
        }
    }

    @Test("answers no more pipelined requests than the client reads responses of")
    func unreadResponses() async throws {
        let count = 400
        let answered = Shared(0)
        let app = Application()
        app.use { ctx in
            answered.update { $0 += 1 }
            ctx.body = .bytes(repeatElement(UInt8(ascii: "x"), count: 64 << 10))
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(String(repeating: "GET / HTTP/1.1\r\nHost: x\r\n\r\n", count: count))
            for _ in 0..<200 { _ = try await client.connect().close() }
            #expect(answered.value < count)
            for _ in 0..<count {
                let response = try await connection.receiveResponse()
                #expect(response.body.readableBytes == 64 << 10)
            }
        }
    }

    @Test("takes requests byte by byte")
    func byteByByte() async throws {
        try await echo().test.live { client in
            let text = try await client.raw("GET /slowly HTTP/1.1\r\nHost: x\r\n\r\n", splitEvery: 1)
            #expect(text.hasSuffix("GET /slowly"))
        }
    }

    @Test("sends no body to HEAD, and goes on")
    func head() async throws {
        try await echo().test.live { client in
            let connection = try await client.connect()
            try await connection.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")
            let head = try await connection.receiveResponse(to: .head)
            #expect(head.get("Content-Length") == "7")
            #expect(head.text.isEmpty)
            #expect(try await connection.receiveResponse().text == "GET /b")
        }
    }

    @Test("speaks HTTP/1.0: closes unless told to stay")
    func http10() async throws {
        try await echo().test.live { client in
            let closed = try await client.raw("GET / HTTP/1.0\r\n\r\n", responses: nil)
            #expect(closed.contains("Connection: close\r\n") && closed.hasSuffix("GET /"))
            let connection = try await client.connect()
            for _ in 1...2 {
                try await connection.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(try await connection.receiveResponse().get("Connection") == "keep-alive")
            }
        }
    }

    @Test("has a Date, Content-Length and no Transfer-Encoding for a whole body")
    func ownHeaders() async throws {
        try await echo().test.live { client in
            let response = try await client.get("/")
            #expect(response.get("Date")?.hasSuffix(" GMT") == true)
            #expect(response.get("Content-Length") == "5")
            #expect(response.get("Transfer-Encoding") == nil)
        }
    }

    @Test("closes when the handler sets Connection: close")
    func handlerCloses() async throws {
        let app = Application()
        app.use { ctx in
            ctx.set("Connection", "close")
            ctx.body = "bye"
        }
        try await app.test.live { client in
            let text = try await client.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n", responses: nil)
            #expect(text.hasSuffix("bye"))
        }
    }

    @Test("a large body arrives whole before the connection closes", arguments: [1 << 10, 1 << 16, 8 << 20])
    func largeBody(size: Int) async throws {
        let app = Application()
        app.use { ctx in ctx.body = .bytes(repeatElement(UInt8(ascii: "x"), count: size)) }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try await connection.receiveResponse().body.readableBytes == size)
        }
    }
}
