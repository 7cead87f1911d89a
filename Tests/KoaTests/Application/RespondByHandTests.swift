import Testing

@testable import Koa

@Suite("Responding by hand")
struct RespondByHandTests {
    static func serve(
        _ errors: Recording<String> = Recording(), _ handler: @escaping Handler
    ) async -> RequestHandler.Reply {
        let app = Application()
        app.onError { error, _ in errors.add((error as? KoaError)?.code.description ?? "\(error)") }
        app.use(handler)
        return await app.callback()(.init(method: .get, target: "/"))
    }

    @Test("with respond = false the framework doesn't answer")
    func respondFalse() async {
        let reply = await Self.serve { ctx in
            ctx.respond = false
            ctx.body = "not this"
            ctx.set("Content-Type", "text/plain")
            ctx.status = .ok
            try await ctx.res.end("lol")
        }
        #expect(reply.status == 200)
        #expect(String(buffer: reply.body) == "lol")
        #expect(reply.headers["Content-Type"] == "text/plain")
        #expect(reply.headers["Content-Length"] == "3")
        #expect(!reply.isBroken)
    }

    @Test("pieces go out one after the other, in chunks of no announced length")
    func pieces() async {
        let reply = await Self.serve { ctx in
            ctx.respond = false
            try await ctx.res.write("Hello ")
            try await ctx.res.write(ByteBuffer(string: "World"))
            try await ctx.res.end("!")
        }
        #expect(reply.status == 200)
        #expect(String(buffer: reply.body) == "Hello World!")
        #expect(reply.headers["Content-Length"] == nil)
        #expect(!reply.isBroken)
    }

    @Test("more bytes than Content-Length announced are refused")
    func tooLong() async {
        let errors = Recording<String>()
        let reply = await Self.serve(errors) { ctx in
            ctx.respond = false
            ctx.length = 3
            try await ctx.res.write("Hel")
            try await ctx.res.write("lo")
        }
        #expect(String(buffer: reply.body) == "Hel")
        #expect(reply.isBroken)
        #expect(errors.values == ["lengthMismatch"])
    }

    @Test("ending with one piece sends it whole")
    func endAlone() async {
        let reply = await Self.serve { ctx in
            ctx.respond = false
            try await ctx.res.end("lol")
            #expect(ctx.res.headersSent && ctx.res.writableEnded && ctx.headerSent && !ctx.writable)
        }
        #expect(reply.status == 200)
        #expect(reply.headers["Content-Length"] == "3")
        #expect(String(buffer: reply.body) == "lol")
    }

    @Test("a status and a header set after the head was sent are ignored")
    func late() async {
        let reply = await Self.serve { ctx in
            ctx.respond = false
            ctx.set("X-Early", "1")
            try await ctx.res.write("Hello")
            ctx.set("X-Late", "1")
            ctx.status = .created
            try await ctx.res.end()
        }
        #expect(reply.status == 200)
        #expect(reply.headers["X-Early"] == "1")
        #expect(reply.headers["X-Late"] == nil)
    }

    @Test("a status that was set is kept, otherwise it is 200")
    func status() async {
        let reply = await Self.serve { ctx in
            ctx.respond = false
            ctx.status = .accepted
            try await ctx.res.end("x")
        }
        #expect(reply.status == 202)
    }

    @Test("what was written without respond = false is ended by the framework")
    func writtenBefore() async {
        let errors = Recording<String>()
        let reply = await Self.serve(errors) { ctx in try await ctx.res.write("Hello") }
        #expect(reply.status == 200)
        #expect(String(buffer: reply.body) == "Hello")
        #expect(!reply.isBroken)
        #expect(errors.values.isEmpty)
    }

    @Test("pieces of several middleware go out in their order")
    func severalMiddleware() async throws {
        let app = Application()
        app.use { ctx, next in
            try await ctx.res.write("Hello")
            try await next()
            try await ctx.res.end("Goodbye")
        }
        app.use { ctx in try await ctx.res.write(" and ") }
        let reply = await app.callback()(.init(method: .get, target: "/"))
        #expect(String(buffer: reply.body) == "Hello and Goodbye")
    }

    @Test("with respond = false, an open stream is ended when the middleware have run")
    func unended() async {
        let reply = await Self.serve { ctx in
            ctx.respond = false
            try await ctx.res.write("Hello")
        }
        #expect(String(buffer: reply.body) == "Hello")
        #expect(!reply.isBroken)
    }

    @Test("with respond = false and nothing written the connection is broken off")
    func nothing() async {
        let reply = await Self.serve { ctx in ctx.respond = false }
        #expect(reply.isBroken)
    }

    @Test("writing after the end throws, ending again does nothing")
    func afterEnd() async {
        let errors = Recording<String>()
        let reply = await Self.serve(errors) { ctx in
            ctx.respond = false
            try await ctx.res.end("a")
            try await ctx.res.end("b")
            try await ctx.res.write("c")
        }
        #expect(String(buffer: reply.body) == "a")
        #expect(errors.values == ["responseFinished"])
    }

    @Test("an error with respond = false, before anything was written, is a proper error response")
    func errorFirst() async {
        let errors = Recording<String>()
        let reply = await Self.serve(errors) { ctx in
            ctx.respond = false
            throw Boom()
        }
        #expect(reply.status == 500)
        #expect(String(buffer: reply.body) == "Internal Server Error")
        #expect(errors.values == ["boom"])
    }

    @Test(
        "fewer bytes than Content-Length announced break the connection, so that no client waits for the rest",
        arguments: [true, false])
    func tooShort(ends: Bool) async {
        let errors = Recording<String>()
        let reply = await Self.serve(errors) { ctx in
            ctx.respond = false
            ctx.length = 10
            try await ctx.res.write("Hello")
            if ends { try await ctx.res.end() }
        }
        #expect(reply.isBroken)
        #expect(errors.values == ["lengthMismatch"])
    }

    @Test("a refused header is thrown by the first write or end, and isn't sent", arguments: [true, false])
    func refused(writes: Bool) async {
        let errors = Recording<String>()
        let reply = await Self.serve(errors) { ctx in
            ctx.respond = false
            ctx.set("X-Bad", "a\r\nb")
            if writes { try await ctx.res.write("x") } else { try await ctx.res.end("x") }
        }
        #expect(reply.status == 500)
        #expect(String(buffer: reply.body) == "Internal Server Error")
        #expect(errors.values == ["invalidHeader"])
    }

    @Test("after a refusal the head isn't flushed: the error is answered")
    func refusedBeforeFlush() async {
        let errors = Recording<String>()
        let reply = await Self.serve(errors) { ctx in
            ctx.set("X-Bad", "a\nb")
            ctx.flushHeaders()
        }
        #expect(reply.status == 500)
        #expect(!reply.isBroken)
        #expect(errors.values == ["invalidHeader"])
    }

    @Test("a flushed head without a body tells its end by a length, or needs none", arguments: [204, 205, 304])
    func flushedEmpty(_ code: Int) async {
        let app = Application()
        app.use { ctx in
            ctx.status = Status(code)
            ctx.flushHeaders()
        }
        let transport = StubTransport()
        await app.callback().serve(.sample(app, .sample(), transport))
        #expect(transport.heads.map(\.framing) == [code == 205 ? .length(0) : .none])
        #expect(transport.isEnded)
        #expect(!transport.isAborted)
    }

    @Test("what is written to a response that has no body isn't sent, and no error", arguments: [204, 205, 304])
    func writtenToEmpty(_ code: Int) async {
        let errors = Recording<String>()
        let reply = await Self.serve(errors) { ctx in
            ctx.status = Status(code)
            try await ctx.res.write("nothing")
        }
        #expect(reply.status.code == code)
        #expect(reply.body.readableBytes == 0)
        #expect(!reply.isBroken)
        #expect(errors.values.isEmpty)
    }
}
