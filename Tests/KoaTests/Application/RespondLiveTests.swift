import KoaTesting
import Testing

@testable import Koa

@Suite("Responding over a socket")
struct RespondLiveTests {
    static let requests = "GET /first HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Serves one path by the handler, any other with its path.
    static func app(_ errors: Recording<String> = Recording(), _ first: @escaping Handler) -> Application {
        let app = Application()
        app.onError { error, _ in errors.add((error as? KoaError)?.code.description ?? "\(error)") }
        app.use { ctx in
            if ctx.path == "/first" { try await first(ctx) } else { ctx.body = .text(ctx.path) }
        }
        return app
    }

    @Test("an answer by hand and the next request's follow each other on one connection")
    func byHand() async throws {
        let app = Self.app { ctx in
            ctx.respond = false
            try await ctx.res.write("Hello ")
            try await ctx.res.end("World")
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(Self.requests)
            let first = try await connection.receiveResponse()
            #expect(first.status == 200)
            #expect(first.text == "Hello World")
            #expect(try await connection.receiveResponse().text == "/second")
        }
    }

    @Test(
        "the next response is never taken for bytes that are missing: the connection closes", arguments: [true, false])
    func missingBytes(ends: Bool) async throws {
        let errors = Recording<String>()
        let app = Self.app(errors) { ctx in
            ctx.respond = false
            ctx.length = 100
            try await ctx.res.write("Hello")
            if ends { try await ctx.res.end() }
        }
        try await app.test.live { client in
            let text = try await client.raw(Self.requests, responses: nil)
            #expect(text.hasSuffix("\r\n\r\nHello"))
            #expect(!text.contains("/second"))
        }
        #expect(errors.values == ["lengthMismatch"])
    }

    @Test("HEAD has no body on the wire, though middleware called it GET", arguments: [true, false])
    func rewrittenHead(streams: Bool) async throws {
        let app = Self.app { ctx in
            ctx.method = .get
            ctx.body = streams ? .stream { try await $0.write("Hello") } : "Hello"
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("HEAD /first HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n")
            let head = try await connection.receiveResponse(to: .head)
            #expect(head.status == 200)
            #expect(head.get("Content-Length") == (streams ? nil : "5"))
            #expect(try await connection.receiveResponse().text == "/second")
        }
    }

    @Test("a flushed 204, 205 or 304 ends where it should", arguments: [204, 205, 304])
    func flushed(_ code: Int) async throws {
        let app = Self.app { ctx in
            ctx.status = Status(code)
            ctx.flushHeaders()
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(Self.requests)
            let first = try await connection.receiveResponse()
            #expect(first.status.code == code)
            #expect(first.bytes.isEmpty)
            #expect(try await connection.receiveResponse().text == "/second")
        }
    }

    @Test("an error's headers can't change the framing")
    func framing() async throws {
        let app = Self.app { ctx in
            try ctx.throw(
                400, "boom",
                headers: ["Transfer-Encoding": "chunked", "Content-Length": "999", "Connection": "upgrade"]
            )
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(Self.requests)
            let first = try await connection.receiveResponse()
            #expect(first.status == 400)
            #expect(first.text == "boom")
            #expect(first.headers.all("Content-Length") == ["4"])
            #expect(first.get("Transfer-Encoding") == nil)
            #expect(try await connection.receiveResponse().text == "/second")
        }
    }

    @Test("an error after the head closes the connection without a clean end")
    func broken() async throws {
        let errors = Recording<String>()
        let app = Self.app(errors) { ctx in
            ctx.body = .stream { writer in
                try await writer.write("half")
                throw Boom()
            }
        }
        try await app.test.live { client in
            let text = try await client.raw(Self.requests, responses: nil)
            #expect(text.hasSuffix("4\r\nhalf\r\n"))
            #expect(!text.contains("/second"))
        }
        #expect(errors.values == ["boom"])
    }

    /// Sends a request, goes away once the handler said that it started, and waits for the end of its work.
    static func leave(_ app: Application, after started: AsyncStream<Void>, until ended: AsyncStream<Void>) async throws
    {
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
            var starts = started.makeAsyncIterator()
            await starts.next()
            await connection.close()
            var ends = ended.makeAsyncIterator()
            await ends.next()
        }
    }

    @Test("a client that goes away cancels its request's task, and is no error of the application")
    func cancels() async throws {
        let errors = Recording<String>()
        let outcomes = Recording<[Bool]>()
        let (started, start) = AsyncStream<Void>.makeStream()
        let (ended, end) = AsyncStream<Void>.makeStream()
        let (forever, _) = AsyncStream<Void>.makeStream()
        let app = Self.app(errors) { ctx in
            ctx.onFinish { end.yield() }
            start.yield()
            for await _ in forever {}
            outcomes.add([Task.isCancelled, ctx.isDisconnected, ctx.writable])
            try Task.checkCancellation()
        }
        try await Self.leave(app, after: started, until: ended)
        #expect(outcomes.values == [[true, true, false]])
        #expect(errors.values.isEmpty)
    }

    @Test("a stream to a client that goes away ends, its task is cancelled, and it is no error of the application")
    func cancelsStream() async throws {
        let errors = Recording<String>()
        let outcomes = Recording<[Bool]>()
        let (started, start) = AsyncStream<Void>.makeStream()
        let (ended, end) = AsyncStream<Void>.makeStream()
        let app = Self.app(errors) { ctx in
            ctx.onFinish { end.yield() }
            ctx.body = .stream { writer in
                start.yield()
                do {
                    while true { try await writer.write(ByteBuffer(repeating: 0x78, count: 64 * 1024)) }
                } catch {
                    await Task.yield()
                    outcomes.add([Task.isCancelled, ctx.isDisconnected])
                    throw error
                }
            }
        }
        try await Self.leave(app, after: started, until: ended)
        #expect(outcomes.values == [[true, true]])
        #expect(errors.values.isEmpty)
    }

    @Test("Context.current is the request's on a server's event loop too")
    func current() async throws {
        let app = Application()
        app.use { _, next in
            await Task.yield()
            try await next()
        }
        app.use { ctx in
            let offloaded = try await ctx.app.offload { Context.current == nil }
            async let child = Context.current == nil
            let isChildNil = await child
            ctx.body = "\(Context.current === ctx) \(offloaded) \(isChildNil)"
        }
        try await app.test.live { client in
            let text = try await client.get("/").text
            #expect(text == "true true true")
        }
    }

    @Test("10,000 middleware run on an event loop")
    func longChain() async throws {
        let app = Application()
        for _ in 0..<10_000 { app.use { _, next in try await next() } }
        app.use { ctx in ctx.body = "deep" }
        try await app.test.live { client in
            let text = try await client.get("/").text
            #expect(text == "deep")
        }
    }
}
