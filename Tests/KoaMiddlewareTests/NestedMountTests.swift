import KoaMiddleware
import KoaTesting
import Testing

@Suite("mounts within mounts")
struct NestedMountTests {
    private let seen = Recording<String>()

    private func see(_ name: String) -> Middleware {
        { [seen] ctx, next in
            seen.add("\(name) \(ctx.path) \(ctx.mountPath ?? "-")")
            try await next()
            seen.add("\(name) \(ctx.path) \(ctx.mountPath ?? "-")")
        }
    }

    @Test("each sees the path that is left, and the whole mount path")
    func whole() async throws {
        let inner = Application(), middle = Application(), app = Application()
        inner.use(see("inner"))
        middle.use(see("middle"))
        middle.use(mount("/b", inner))
        middle.use(see("rest"))
        app.use(mount("/a", middle))
        app.use(see("app"))
        _ = try await app.test.get("/a/b/c?d")
        let way = ["middle /b/c /a", "inner /c /a/b", "rest /b/c /a", "app /a/b/c -"]
        #expect(seen.values == way + way.reversed())
    }

    @Test("at / they add nothing to the mount path")
    func root() async throws {
        let inner = Application(), app = Application()
        inner.use(mount("/", mount("/b", see("inner"))))
        app.use(mount("/", mount("/a", mount(inner))))
        _ = try await app.test.get("/a/b/c")
        #expect(seen.values == ["inner /c /a/b", "inner /c /a/b"])
    }

    @Test("the same application can be mounted at several paths")
    func several() async throws {
        let inner = Application(), app = Application()
        inner.use(see("inner"))
        app.use(mount("/a", inner), mount("/a/b", inner), mount("/c", mount("/d", inner)))
        _ = try await app.test.get("/a/b")
        _ = try await app.test.get("/c/d/e")
        #expect(
            seen.values == [
                "inner /b /a", "inner / /a/b", "inner / /a/b", "inner /b /a", "inner /e /c/d", "inner /e /c/d",
            ])
    }

    @Test("restore what the one around them shows, when they throw")
    func restore() async throws {
        let app = Application(silent: true)
        app.use(
            mount(
                "/a",
                mount("/") { ctx, next in
                    do { try await next() } catch { ctx.body = .text("\(ctx.path) \(ctx.mountPath ?? "-")") }
                },
                mount("/b") { _ in throw Boom() }
            )
        )
        #expect(try await app.test.get("/a/b/c").text == "/b/c /a")
    }
}
