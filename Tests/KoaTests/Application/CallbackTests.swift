import Testing

@testable import Koa

@Suite("app.callback()")
struct CallbackTests {
    static func serve(_ app: Application, _ request: RequestHandler.Request) async -> RequestHandler.Reply {
        await app.callback()(request)
    }

    @Test("answers a request in memory, without a server")
    func answers() async {
        let app = Application()
        app.use { ctx in
            ctx.status = .created
            ctx.set("X-Method", ctx.method.rawValue)
            ctx.body = .text(ctx.url)
        }
        let reply = await Self.serve(app, .init(method: .post, target: "/a?b=c"))
        #expect(reply.status == 201)
        #expect(reply.reason == "Created")
        #expect(reply.headers["X-Method"] == "POST")
        #expect(reply.headers["Content-Length"] == "6")
        #expect(String(buffer: reply.body) == "/a?b=c")
        #expect(!reply.isBroken)
    }

    @Test("an application without middleware answers 404")
    func empty() async {
        let reply = await Self.serve(Application(), .init(method: .get, target: "/"))
        #expect(reply.status == 404)
        #expect(String(buffer: reply.body) == "Not Found")
        #expect(reply.headers["Content-Type"] == "text/plain; charset=utf-8")
    }

    @Test("the request's body can be read, and has a length")
    func body() async {
        let app = Application()
        app.use { ctx in
            let length = ctx.request.length ?? -1
            let text = String(buffer: try await ctx.request.stream.collect(upTo: 100))
            ctx.body = "\(length): \(text)"
        }
        let reply = await Self.serve(app, .init(method: .put, target: "/", body: ByteBuffer(string: "höhö")))
        #expect(String(buffer: reply.body) == "6: höhö")
    }

    @Test("an encrypted connection and a peer are as the request says")
    func connection() async {
        let app = Application()
        app.use { ctx in ctx.body = "\(ctx.secure) \(ctx.ip) \(ctx.protocol)" }
        let request = RequestHandler.Request(method: .get, target: "/", isSecure: true, peerAddress: "192.0.2.7")
        #expect(String(buffer: await Self.serve(app, request).body) == "true 192.0.2.7 https")
        let unknown = RequestHandler.Request(method: .get, target: "/", peerAddress: nil)
        #expect(String(buffer: await Self.serve(app, unknown).body) == "false  http")
    }

    @Test("it never throws: an error becomes a response")
    func errors() async {
        let app = Application(silent: true)
        app.use { _ in throw Boom() }
        let reply = await Self.serve(app, .init(method: .get, target: "/"))
        #expect(reply.status == 500)
        #expect(String(buffer: reply.body) == "Internal Server Error")
    }

    @Test("several handlers of one application serve side by side")
    func several() async {
        let app = Application()
        app.use { ctx in ctx.body = .text(ctx.path) }
        let (first, second) = (app.callback(), app.callback())
        async let one = first(.init(method: .get, target: "/1"))
        async let two = second(.init(method: .get, target: "/2"))
        #expect(String(buffer: await one.body) == "/1")
        #expect(String(buffer: await two.body) == "/2")
    }

    @Test("the objects of a context lead to each other")
    func crossLinks() async {
        let app = Application()
        let found = Recording<[Bool]>()
        // An application that its own middleware hold is never freed.
        app.use { [unowned app] ctx in
            let ends = [ctx.request.ctx, ctx.response.ctx, ctx.request.response.ctx, ctx.response.request.ctx]
            let apps = [ctx.app, ctx.request.app, ctx.response.app]
            found.add(ends.map { $0 === ctx } + apps.map { $0 === app })
            found.add([ctx.req.url == ctx.originalURL, ctx.request.originalURL == ctx.originalURL])
        }
        _ = await Self.serve(app, .init(method: .get, target: "/x?y"))
        #expect(found.values.flatMap { $0 }.count == 9)
        #expect(found.values.allSatisfy { $0.allSatisfy { $0 } })
    }

    @Test("originalURL stays what the client sent when the URL is rewritten")
    func originalURL() async {
        let app = Application()
        app.use { ctx in
            ctx.url = "/new"
            ctx.body = "\(ctx.originalURL) \(ctx.req.url) \(ctx.path)"
        }
        let reply = await Self.serve(app, .init(method: .get, target: "/old?q=1"))
        #expect(String(buffer: reply.body) == "/old?q=1 /old?q=1 /new")
    }
}
