import KoaTesting
import Testing

@testable import Koa

@Suite("compose")
struct ComposeTests {
    /// A middleware that notes its way in and out.
    static func step(_ name: String, _ calls: Recording<String>) -> Middleware {
        { _, next in
            calls.add("\(name) in")
            try await next()
            calls.add("\(name) out")
        }
    }

    static func run(_ middleware: Middleware, _ ctx: Context = .sample()) async throws {
        try await middleware(ctx, .nothing(ctx))
    }

    @Test("runs each in order, and back out in reverse")
    func works() async throws {
        let calls = Recording<String>()
        try await Self.run(compose([Self.step("a", calls), Self.step("b", calls), Self.step("c", calls)]))
        #expect(calls.values == ["a in", "b in", "c in", "c out", "b out", "a out"])
    }

    @Test("takes its middleware as a list or one by one")
    func variadic() async throws {
        let calls = Recording<String>()
        try await Self.run(compose(Self.step("a", calls), Self.step("b", calls)))
        #expect(calls.values == ["a in", "b in", "b out", "a out"])
    }

    @Test("the composed middleware may run any number of times")
    func calledTwice() async throws {
        let calls = Recording<String>()
        let composed = compose([Self.step("a", calls), Self.step("b", calls)])
        try await Self.run(composed)
        try await Self.run(composed)
        let once = ["a in", "b in", "b out", "a out"]
        #expect(calls.values == once + once)
    }

    @Test("the composed middleware may run in several requests at once, each with its own context")
    func calledConcurrently() async throws {
        let composed = compose([
            { ctx, next in
                await Task.yield()
                try await next()
                await Task.yield()
                ctx.append("X-Path", ctx.path)
            },
            { ctx, _ in
                await Task.yield()
                ctx.body = .text(ctx.path)
            },
        ])
        let app = Application()
        app.use(composed)
        let handler = app.callback()
        await withTaskGroup(of: (String, RequestHandler.Reply).self) { group in
            for n in 0..<50 { group.addTask { ("/\(n)", await handler(.init(method: .get, target: "/\(n)"))) } }
            for await (path, reply) in group {
                #expect(String(buffer: reply.body) == path)
                #expect(reply.headers.all("X-Path") == [path])
            }
        }
    }

    @Test("an empty list does nothing but run what follows")
    func empty() async throws {
        try await Self.run(compose([]))
        let app = Application()
        app.use(compose([]))
        app.use { ctx in ctx.body = "followed" }
        #expect(try await app.test.get("/").text == "followed")
    }

    @Test("the last one's next runs what follows the composed one")
    func endOfStack() async throws {
        let calls = Recording<String>()
        let app = Application()
        app.use(compose([Self.step("a", calls)]))
        app.use(Self.step("b", calls))
        _ = try await app.test.get("/")
        #expect(calls.values == ["a in", "b in", "b out", "a out"])
    }

    @Test("the last one's next does nothing when nothing follows")
    func nothingFollows() async throws {
        let calls = Recording<String>()
        try await Self.run(compose([Self.step("a", calls)]))
        #expect(calls.values == ["a in", "a out"])
    }

    @Test("an error of a middleware comes out of the composed one")
    func rejects() async throws {
        await #expect(throws: Boom()) { try await Self.run(compose([{ _, _ in throw Boom() }])) }
    }

    @Test("an error comes out of next(), where it can be caught")
    func catchable() async throws {
        let calls = Recording<String>()
        try await Self.run(
            compose([
                { _, next in
                    do { try await next() } catch { calls.add("caught \(error)") }
                },
                { _, next in
                    calls.add("before")
                    try await next()
                    calls.add("never")
                },
                { _, _ in throw Boom() },
            ]))
        #expect(calls.values == ["before", "caught boom"])
    }

    @Test("all get the same context")
    func sameContext() async throws {
        let ctx = Context.sample()
        let seen = Recording<ObjectIdentifier>()
        let look: Middleware = { ctx, next in
            seen.add(ObjectIdentifier(ctx))
            try await next()
            seen.add(ObjectIdentifier(ctx))
        }
        try await Self.run(compose([look, compose([look]), look]), ctx)
        #expect(seen.values == Array(repeating: ObjectIdentifier(ctx), count: 6))
    }

    @Test("composed middleware nest")
    func nested() async throws {
        let calls = Recording<String>()
        let inner = compose([Self.step("b", calls), compose([Self.step("c", calls), compose([])])])
        try await Self.run(compose([Self.step("a", calls), inner, Self.step("d", calls)]))
        #expect(calls.values == ["a in", "b in", "c in", "d in", "d out", "c out", "b out", "a out"])
    }

    @Test("one that doesn't call next keeps what follows from running, outside too")
    func stops() async throws {
        let calls = Recording<String>()
        try await Self.run(
            compose([compose([{ _, _ in calls.add("end") }, Self.step("b", calls)]), Self.step("c", calls)]))
        #expect(calls.values == ["end"])
    }

    @Test("the list is taken at the call: changing it later changes nothing")
    func copiesTheList() async throws {
        let calls = Recording<String>()
        var list = [Self.step("a", calls)]
        let composed = compose(list)
        list.append(Self.step("b", calls))
        try await Self.run(composed)
        #expect(calls.values == ["a in", "a out"])
        #expect(list.count == 2)
    }

    @Test("what follows runs once, also when the composed one runs in two requests")
    func outerNextIsOfTheCall() async throws {
        let calls = Recording<String>()
        let composed = compose([Self.step("inner", calls)])
        let first = Application().use(composed)
        first.use { ctx in ctx.body = "first" }
        let second = Application().use(composed)
        second.use { ctx in ctx.body = "second" }
        #expect(try await first.test.get("/").text == "first")
        #expect(try await second.test.get("/").text == "second")
        #expect(calls.values.count == 4)
    }
}
