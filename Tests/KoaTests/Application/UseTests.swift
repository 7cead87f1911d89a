import KoaTesting
import Testing

@testable import Koa

@Suite("app.use")
struct UseTests {
    @Test("runs middleware in the order of the calls, and back out in reverse")
    func onion() async throws {
        let app = Application()
        let calls = Recording<Int>()
        app.use { _, next in
            calls.add(1)
            try await next()
            calls.add(6)
        }
        app.use { _, next in
            calls.add(2)
            try await next()
            calls.add(5)
        }
        app.use { _, next in
            calls.add(3)
            try await next()
            calls.add(4)
        }
        #expect(try await app.test.get("/").status == 404)
        #expect(calls.values == [1, 2, 3, 4, 5, 6])
    }

    static func first(_ ctx: Context, _ next: Next) async throws {
        ctx.append("X-Order", "function")
        try await next()
    }

    static func last(_ ctx: Context) async throws {
        ctx.append("X-Order", "handler")
        ctx.body = "done"
    }

    struct Stamp: Sendable {
        let name: String

        func mark(_ ctx: Context, _ next: Next) async throws {
            ctx.append("X-Order", name)
            try await next()
        }
    }

    @Test("takes closures, functions and methods, mixed")
    func mixed() async throws {
        let app = Application()
        let marker: Middleware = { ctx, next in
            ctx.append("X-Order", "value")
            try await next()
        }
        app.use { ctx, next in
            ctx.append("X-Order", "closure")
            try await next()
        }
        app.use(Self.first)
        app.use(Stamp(name: "method").mark)
        app.use(marker)
        app.use(Self.last)
        let response = try await app.test.get("/")
        #expect(response.headers.all("X-Order") == ["closure", "function", "method", "value", "handler"])
        #expect(response.text == "done")
    }

    @Test("takes several at once, in their order")
    func several() async throws {
        let app = Application()
        app.use(Stamp(name: "a").mark, Stamp(name: "b").mark, Self.first)
        app.use { ctx in ctx.body = "x" }
        #expect(app.middlewareCount == 4)
        #expect(try await app.test.get("/").headers.all("X-Order") == ["a", "b", "function"])
    }

    @Test("returns the application, so that calls chain")
    func chaining() async throws {
        let app = Application()
        let same = app.use(Stamp(name: "a").mark).use { ctx in ctx.body = "x" }
        #expect(same === app)
        #expect(app.middlewareCount == 2)
    }

    @Test("takes the same middleware twice")
    func twice() async throws {
        let app = Application()
        let stamp = Stamp(name: "again").mark
        app.use(stamp).use(stamp)
        #expect(try await app.test.get("/").headers.all("X-Order") == ["again", "again"])
    }

    @Test("an error thrown before anything is awaited is caught upstream")
    func synchronousThrow() async throws {
        let app = Application()
        app.use { ctx, next in
            do { try await next() } catch let error as HTTPError { ctx.body = .text("caught \(error.status.code)") }
        }
        app.use { _ in throw HTTPError(.notFound, "Not Found") }
        let response = try await app.test.get("/")
        #expect(response.status == 200)
        #expect(response.text == "caught 404")
    }

    @Test("a handler without next ends the chain")
    func handlerEnds() async throws {
        let app = Application()
        let calls = Recording<String>()
        app.use { ctx in ctx.body = "first" }
        app.use { _ in calls.add("second") }
        #expect(try await app.test.get("/").text == "first")
        #expect(calls.values.isEmpty)
    }

    @Test("middleware added after callback() count from the next callback()")
    func laterUse() async throws {
        let app = Application()
        app.use { ctx, next in
            ctx.body = "first"
            try await next()
        }
        let before = app.callback()
        app.use { ctx in ctx.body = "second" }
        let after = app.callback()
        #expect(String(buffer: await before(.init(method: .get, target: "/")).body) == "first")
        #expect(String(buffer: await after(.init(method: .get, target: "/")).body) == "second")
    }

    @Test("may be called from many tasks at once")
    func concurrently() async throws {
        let app = Application()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { app.use(Stamp(name: "x").mark) } }
        }
        #expect(app.middlewareCount == 50)
        #expect(try await app.test.get("/").headers.all("X-Order").count == 50)
    }

    @Test("each request runs the chain from its start, also many at once")
    func manyRequests() async throws {
        let app = Application()
        app.use { ctx, next in
            ctx.state["n"] = ctx.query["n"]
            try await next()
        }
        app.use { ctx in
            await Task.yield()
            ctx.body = .text(ctx.state["n"] as? String ?? "-")
        }
        let handler = app.callback()
        let answers = await withTaskGroup(of: (Int, String).self) { group in
            for n in 0..<100 {
                group.addTask { (n, String(buffer: await handler(.init(method: .get, target: "/?n=\(n)")).body)) }
            }
            var answers: [Int: String] = [:]
            for await (n, text) in group { answers[n] = text }
            return answers
        }
        #expect(answers.count == 100)
        #expect(answers.allSatisfy { $0.value == "\($0.key)" })
    }
}
