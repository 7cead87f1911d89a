import KoaTesting
import NIOCore
import Testing

@testable import Koa

@Suite("request.stream over a socket")
struct RequestBodyLiveTests {
    private func collecting(upTo limit: Int) -> Application {
        let app = Application(silent: true)
        app.use { ctx in
            if ctx.path == "/unread" {
                ctx.body = "unread"
                return
            }
            ctx.body = .bytes(try await ctx.request.stream.collect(upTo: limit))
        }
        return app
    }

    private let chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test("is collected up to its limit when it comes in chunks", arguments: [(10, 200), (9, 413)] as [(Int, Status)])
    func chunks(limit: Int, status: Status) async throws {
        try await collecting(upTo: limit).test.live { client in
            let connection = try await client.connect()
            for piece in [chunked, "5\r\nhello\r", "\n5;x=y\r\nwor", "ld\r\n", "0\r\nTrailer: x\r\n\r\n"] {
                try await connection.send(piece)
            }
            let response = try await connection.receiveResponse()
            #expect(response.status == status)
            if status == 200 { #expect(response.text == "helloworld") }
        }
    }

    @Test("is collected up to its limit when its length is known", arguments: [(5, 200), (4, 413)] as [(Int, Status)])
    func length(limit: Int, status: Status) async throws {
        try await collecting(upTo: limit).test.live { client in
            let response = try await client.post("/", body: "hello")
            #expect(response.status == status)
            #expect(response.text == (status == 200 ? "hello" : "The request's body is larger than 4 bytes"))
        }
    }

    @Test("is refused by its length before the client has sent it")
    func refusedEarly() async throws {
        try await collecting(upTo: 10).test.live { client in
            let connection = try await client.connect()
            try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n")
            #expect(try await connection.receiveResponse().status == 413)
        }
    }

    @Test("is asked for by 100 Continue only when it is read, and its length is accepted", arguments: ["/unread", "/"])
    func continues(target: String) async throws {
        try await collecting(upTo: 4).test.live { client in
            let text = try await client.raw(
                "POST \(target) HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(text.hasPrefix(target == "/" ? "HTTP/1.1 413 " : "HTTP/1.1 200 "))
        }
        try await collecting(upTo: 5).test.live { client in
            let connection = try await client.connect()
            try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(try await connection.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.send("hello")
            #expect(try await connection.receiveResponse().text == "hello")
        }
    }

    @Test("can be read once, also in chunks and over several reads")
    func once() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            var count = 0
            for try await chunk in ctx.request.stream { count += chunk.readableBytes }
            do {
                for try await _ in ctx.request.stream { Issue.record("it was read twice") }
            } catch let error as KoaError where error.code == .bodyAlreadyRead {
                ctx.body = .text("\(count)")
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            for piece in [chunked, "3\r\nabc\r\n", "2\r\nde\r\n0\r\n\r\n"] { try await connection.send(piece) }
            #expect(try await connection.receiveResponse().text == "5")
        }
    }

    @Test("that breaks the framing is a 400, and the connection closes")
    func malformed() async throws {
        try await collecting(upTo: 100).test.live { client in
            let text = try await client.raw(chunked + "5\r\nhelloXX", responses: nil)
            #expect(text.hasPrefix("HTTP/1.1 400 "))
            #expect(text.contains("Connection: close\r\n"))
        }
    }

    @Test("can be answered while it arrives")
    func echo() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            ctx.body = .stream { writer in
                for try await chunk in ctx.request.stream { try await writer.write(chunk) }
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(chunked + "3\r\none\r\n")
            _ = try await connection.receive(until: "\r\n3\r\none\r\n")
            try await connection.send("3\r\ntwo\r\n0\r\n\r\n")
            #expect(try await connection.receive(until: "0\r\n\r\n") == "3\r\ntwo\r\n0\r\n\r\n")
        }
    }
}
