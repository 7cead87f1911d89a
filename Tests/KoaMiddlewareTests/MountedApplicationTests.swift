import KoaMiddleware
import KoaTesting
import Testing

private enum GreetingKey: StateKey { typealias Value = String }

@Suite("a mounted application")
struct MountedApplicationTests {
    @Test("runs its middleware in order, and then what stands behind the mount")
    func cascades() async throws {
        let inner = Application(), app = Application()
        app.use { ctx, next in
            ctx.append("X", "1")
            try await next()
            ctx.append("X", "5")
        }
        inner.use { ctx, next in
            ctx.append("X", "2 \(ctx.path)")
            try await next()
            ctx.append("X", "4 \(ctx.path)")
        }
        app.use(mount("/a", inner))
        app.use { ctx in ctx.append("X", "3 \(ctx.path)") }
        #expect(try await app.test.get("/a/b").headers.all("X") == ["1", "2 /b", "3 /a/b", "4 /b", "5"])
        #expect(try await app.test.get("/b").headers.all("X") == ["1", "3 /b", "5"])
    }

    @Test("can be mounted at / without saying so")
    func root() async throws {
        let inner = Application(), app = Application()
        inner.use { ctx in ctx.body = .text("\(ctx.path) \(ctx.mountPath ?? "-")") }
        app.use(mount(inner))
        #expect(try await app.test.get("/a/b").text == "/a/b -")
    }

    @Test("without middleware leaves everything to what stands behind")
    func empty() async throws {
        let app = Application()
        app.use(mount("/a", Application()))
        app.use { ctx in ctx.body = .text(ctx.path) }
        #expect(try await app.test.get("/a/b").text == "/a/b")
    }

    @Test("is served by the outer application: ctx.app, its logger and its settings are that one's")
    func outerApp() async throws {
        let inner = Application(env: "inner"), app = Application(env: "outer")
        inner.subdomainOffset = 1
        inner.use { ctx in
            ctx.body = .text("\(ctx.app.env) \(ctx.subdomains.joined()) \(ctx.app.currentContext === ctx)")
        }
        app.use(mount("/a", inner))
        let reply = try await app.test.request(.get, "/a", headers: ["Host": "a.b.com"])
        #expect(reply.text == "outer a true")
    }

    @Test("has what was added to it until the start, also after it was mounted")
    func addedLater() async throws {
        let inner = Application(), app = Application()
        app.use(mount("/a", inner))
        inner.use { ctx, next in
            ctx.append("X", "1")
            try await next()
        }
        #expect(try await app.test.get("/a").headers.all("X") == ["1"])
        inner.use { ctx in ctx.append("X", "2") }
        #expect(try await app.test.get("/a").headers.all("X") == ["1"])
    }

    @Test("has what was added to it until the first request, where nothing is started")
    func unprepared() async throws {
        let inner = Application(), app = Application()
        app.use(mount("/a", inner))
        let handler = app.callback()
        inner.use { ctx in ctx.body = "in" }
        for _ in 1...2 {
            let reply = await handler(.init(method: .get, target: "/a"))
            #expect(String(buffer: reply.body) == "in")
        }
    }

    @Test("composes its middleware in its own way")
    func ownCompose() async throws {
        let inner = Application(compose: { list in compose(list.reversed()) })
        let app = Application()
        for name in ["1", "2"] {
            inner.use { ctx, next in
                ctx.append("X", name)
                try await next()
            }
        }
        app.use(mount("/a", inner))
        #expect(try await app.test.get("/a").headers.all("X") == ["2", "1"])
    }

    @Test("within itself is an error: it would never come to an end", arguments: ["/", "/a"])
    func withinItself(path: String) async throws {
        let app = Application()
        let error = #expect(throws: KoaError.self) { try mount(path, app).prepare(for: app) }
        #expect(error?.code == .invalidSetup)
    }

    @Test("within itself by way of another is an error of the request")
    func withinAnother() async throws {
        let inner = Application(), app = Application(silent: true), errors = Recording<KoaError.Code?>()
        app.onError { error, _ in errors.add((error as? KoaError)?.code) }
        // Mounted when it runs: applications that hold each other are never freed.
        inner.use { [unowned app] ctx, next in try await mount(app).middleware(ctx, next) }
        app.use(mount(inner))
        #expect(try await app.test.get("/").status == 500)
        #expect(errors.values == [.invalidSetup])
    }

    @Test("within one that is mounted twice in a row is none")
    func twice() async throws {
        let inner = Application(), app = Application()
        inner.use { ctx, next in
            ctx.append("X", "1")
            try await next()
        }
        app.use(mount(inner), mount(inner))
        #expect(try await app.test.get("/").headers.all("X") == ["1", "1"])
    }
}

@Suite("values of a mounted application's context")
struct MountedContextTests {
    private static let tell: Handler = { ctx in
        ctx.body = .text("\(ctx.state[GreetingKey.self] ?? "-") \(ctx.state["name"] as? String ?? "-")")
    }

    private func app(_ greeting: String?, _ name: String?) -> Application {
        let app = Application()
        app.context[GreetingKey.self] = greeting
        app.context["name"] = name
        return app
    }

    @Test("are found before those of the outer one, which are found, too")
    func before() async throws {
        let inner = app("Hello", nil), outer = app("Servus", "Welt")
        inner.use(Self.tell)
        outer.use(mount("/a", inner))
        outer.use(Self.tell)
        #expect(try await outer.test.get("/a").text == "Hello Welt")
        #expect(try await outer.test.get("/b").text == "Servus Welt")
    }

    @Test("the innermost stand before those between", arguments: [("/a/b", "1 b"), ("/a/c", "1 a"), ("/c", "0 o")])
    func nested(target: String, seen: String) async throws {
        let inner = app(nil, "b"), middle = app("1", "a"), outer = app("0", "o")
        inner.use(Self.tell)
        middle.use(mount("/b", inner))
        middle.use(Self.tell)
        outer.use(mount("/a", middle))
        outer.use(Self.tell)
        #expect(try await outer.test.get(target).text == seen)
    }

    @Test("stand behind what the request has set")
    func requestFirst() async throws {
        let inner = app("Hello", "World"), outer = app(nil, nil)
        inner.use(Self.tell)
        outer.use { ctx, next in
            ctx.state["name"] = "Ada"
            try await next()
        }
        outer.use(mount("/a", inner))
        #expect(try await outer.test.get("/a").text == "Hello Ada")
    }

    @Test("aren't seen before the mount, behind it, or after it, also when it throws", arguments: [false, true])
    func outside(throwing: Bool) async throws {
        let inner = app("Hello", nil), outer = app(nil, nil)
        outer.silent = true
        let seen = Recording<String>()
        @Sendable func see(_ ctx: Context) { seen.add(ctx.state[GreetingKey.self] ?? "-") }
        outer.use { ctx, next in
            see(ctx)
            defer { see(ctx) }
            try await next()
        }
        inner.use { ctx, next in
            see(ctx)
            defer { see(ctx) }
            try await next()
        }
        outer.use(mount("/a", inner))
        outer.use { ctx in
            see(ctx)
            if throwing { throw Boom() }
        }
        _ = try await outer.test.get("/a")
        #expect(seen.values == ["-", "Hello", "-", "Hello", "-"])
    }
}

@Suite("error listeners of a mounted application")
struct MountedErrorTests {
    private let told = Recording<String>()

    private func app(_ name: String, listens: Bool = true) -> Application {
        let app = Application(silent: true)
        guard listens else { return app }
        app.onError { [told] error, ctx in told.add("\(name) \(error) \(ctx?.path ?? "-") \(ctx?.mountPath ?? "-")") }
        return app
    }

    @Test("are told of an error of its middleware first, with the context as it sees it; then the outer one's")
    func first() async throws {
        let inner = app("inner"), outer = app("outer")
        inner.use { _ in throw Boom() }
        outer.use(mount("/a", inner))
        #expect(try await outer.test.get("/a/b").status == 500)
        #expect(told.values == ["inner boom /b /a", "outer boom /a/b -"])
    }

    @Test("are told from the innermost to the outermost")
    func nested() async throws {
        let inner = app("inner"), middle = app("middle"), outer = app("outer")
        inner.use { _ in throw Boom() }
        middle.use(mount("/b", inner))
        outer.use(mount("/a", middle))
        _ = try await outer.test.get("/a/b/c")
        #expect(told.values == ["inner boom /c /a/b", "middle boom /b/c /a", "outer boom /a/b/c -"])
    }

    @Test("when there are none, the outer one's alone are told")
    func none() async throws {
        let inner = app("inner", listens: false), outer = app("outer")
        inner.use { _ in throw Boom() }
        outer.use(mount("/a", inner))
        _ = try await outer.test.get("/a/b")
        #expect(told.values == ["outer boom /a/b -"])
    }

    @Test("are told though the outer application catches the error, and not when the mounted one does")
    func caught() async throws {
        let inner = app("inner"), outer = app("outer")
        inner.use { ctx, next in
            if ctx.path == "/b" { do { try await next() } catch { ctx.body = "inside" } } else { try await next() }
        }
        inner.use { _ in throw Boom() }
        outer.use { ctx, next in
            do { try await next() } catch { ctx.body = "outside" }
        }
        outer.use(mount("/a", inner))
        #expect(try await outer.test.get("/a").text == "outside")
        #expect(try await outer.test.get("/a/b").text == "inside")
        #expect(told.values == ["inner boom / /a"])
    }

    @Test("aren't told of what is thrown behind the mount and only passes through")
    func passing() async throws {
        let inner = app("inner"), outer = app("outer")
        inner.use { _, next in try await next() }
        outer.use(mount("/a", inner))
        outer.use { _ in throw Boom() }
        _ = try await outer.test.get("/a/b")
        #expect(told.values == ["outer boom /a/b -"])
    }

    @Test("can't change the response, nor stand in for the error with what was refused")
    func refused() async throws {
        let inner = app("inner"), outer = app("outer")
        inner.onError { _, ctx in ctx?.set("X", "a\nb") }
        inner.use { ctx in try ctx.throw(418, "short and stout") }
        outer.use(mount("/a", inner))
        let reply = try await outer.test.get("/a")
        #expect(reply.status == 418)
        #expect(reply.text == "short and stout")
        #expect(told.values.count == 2)
    }

    @Test("are told of a value that was refused, as of any error")
    func setters() async throws {
        let inner = app("inner"), outer = app("outer")
        inner.use { ctx in ctx.set("X", "a\nb") }
        outer.use(mount("/a", inner))
        #expect(try await outer.test.get("/a").status == 500)
        #expect(told.values.map { $0.prefix(5) } == ["inner", "outer"])
    }
}
