import KoaTesting
import Testing

@testable import Koa

@Suite("Application(compose:)")
struct ConfigurableComposeTests {
    @Test("the default composes the list as an onion")
    func byDefault() async throws {
        let app = Application()
        let calls = Recording<Int>()
        app.use { _, next in
            calls.add(1)
            try await next()
            calls.add(4)
        }
        app.use { _, next in
            calls.add(2)
            try await next()
            calls.add(3)
        }
        app.use { ctx in ctx.body = "hello" }
        #expect(try await app.test.get("/").text == "hello")
        #expect(calls.values == [1, 2, 3, 4])
    }

    @Test("another function composes in its place, and may wrap each middleware")
    func custom() async throws {
        let calls = Recording<String>()
        let app = Application(compose: { list in
            let wrapped: [Middleware] = list.enumerated().map { index, middleware in
                { ctx, next in
                    calls.add("before \(index)")
                    try await middleware(ctx, next)
                    calls.add("after \(index)")
                }
            }
            return compose(wrapped)
        })
        app.use { _, next in try await next() }
        app.use { ctx in ctx.body = "hello" }
        #expect(try await app.test.get("/").text == "hello")
        #expect(calls.values == ["before 0", "before 1", "after 1", "after 0"])
    }

    @Test("it gets the whole list, once for each callback()")
    func calledOnce() async throws {
        let counts = Recording<Int>()
        let app = Application(compose: { list in
            counts.add(list.count)
            return compose(list)
        })
        app.use { _, next in try await next() }
        app.use { _, next in try await next() }
        let handler = app.callback()
        for _ in 0..<3 { _ = await handler(.init(method: .get, target: "/")) }
        #expect(counts.values == [2])
    }

    @Test("it is asked for an empty list too")
    func emptyList() async throws {
        let app = Application(compose: { _ in { ctx, _ in ctx.body = "composed" } })
        #expect(try await app.test.get("/").text == "composed")
    }

    @Test("it may leave the list out")
    func ignoresTheList() async throws {
        let app = Application(compose: { _ in { _, next in try await next() } })
        app.use { ctx in ctx.body = "never" }
        #expect(try await app.test.get("/").status == 404)
    }
}
