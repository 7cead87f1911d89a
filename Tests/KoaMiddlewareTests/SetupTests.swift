import KoaMiddleware
import KoaTesting
import Testing

/// A middleware that is asked whether it is set up.
private struct Asked: MiddlewareProtocol {
    let apps: Recording<Application>
    var fails = false

    var middleware: Middleware { { ctx, _ in ctx.body = "asked" } }

    func prepare(for app: Application) throws {
        apps.add(app)
        if fails { throw Boom() }
    }
}

@Suite("starting with mounts and virtual hosts")
struct SetupTests {
    private func problem(_ part: any MiddlewareProtocol) -> KoaError? {
        let app = Application()
        app.use(part)
        return #expect(throws: KoaError.self) { try app.prepare() }
    }

    @Test(
        "is refused with a mount path that doesn't begin with a slash, or isn't one",
        arguments: ["", "admin", "admin/", "*", "/admin?a", "/admin#a", "http://example.com/admin", " /admin"]
    )
    func mountPaths(path: String) {
        let error = problem(mount(path) { ctx in ctx.body = "in" })
        #expect(error?.code == .invalidSetup)
        #expect(error?.message.contains("\"\(path)\"") == true)
        #expect(error?.message.contains("SetupTests.swift:") == true)
    }

    @Test("says what a mount path must begin with, in the reference's words")
    func wording() {
        let error = problem(mount("admin", Application()))
        #expect(error?.message.lowercased().contains("mount path must begin with \"/\"") == true)
    }

    @Test(
        "is refused with a host that no name matches, and says how it should be",
        arguments: [
            ("", "is empty"), ("example.com:8080", "port"), ("http://example.com", "scheme"), ("example.com/", "path"),
            ("a*b*.example.com", "Regex"), ("exämple.com", "Punycode"), ("a b", "no host name"),
            ("[::1", "no host name"),
            ("[0::1]", "shortest"), ("a,b", "no host name"),
        ]
    )
    func hosts(host: String, hint: String) {
        for part in [virtualHost(host, Application()) as any MiddlewareProtocol, virtualHosts([host: Application()])] {
            let error = problem(part)
            #expect(error?.code == .invalidSetup)
            #expect(error?.message.contains(hint) == true, "\(String(describing: error))")
            #expect(error?.message.contains("SetupTests.swift:") == true)
        }
    }

    @Test(
        "takes what a name can be", arguments: ["a", "*", "*.b.c", "a-*.b", "*a.*b.c", "[::1]", "127.0.0.1", "A_b.c"])
    func goodHosts(host: String) throws {
        let app = Application()
        app.use(virtualHost(host, Application()))
        #expect(throws: Never.self) { try app.prepare() }
    }

    @Test("fails closed where nobody asked before the request")
    func closed() async {
        for part in [
            mount("admin") { _, next in try await next() } as any MiddlewareProtocol, virtualHost("", Application()),
        ] {
            let app = Application(silent: true)
            app.use(part)
            app.use { ctx in ctx.body = "behind" }
            #expect(await app.callback()(.init(method: .get, target: "/admin")).status == 500)
        }
    }

    @Test("asks what is mounted, in applications and out of them, once each")
    func asks() throws {
        let direct = Recording<Application>(), inner = Recording<Application>(), app = Application()
        let admin = Application()
        admin.use(Asked(apps: inner))
        app.use(mount("/a", Asked(apps: direct)), mount("/b", admin), mount("/c", mount("/d", Asked(apps: direct))))
        app.use(virtualHosts(virtualHost("a", Asked(apps: direct)), virtualHost(/b/, Asked(apps: direct))))
        app.use(virtualHosts(["c": Asked(apps: direct)]))
        try app.prepare()
        try app.prepare()
        #expect(direct.values.count == 5)
        #expect(direct.values.allSatisfy { $0 === app })
        #expect(inner.values.count == 1)
        #expect(inner.values.first === admin)
    }

    @Test("is refused by what is mounted")
    func refused() {
        let admin = Application(), app = Application()
        admin.use(Asked(apps: Recording(), fails: true))
        app.use(mount("/a", mount("/b", admin)))
        #expect(throws: Boom.self) { try app.prepare() }
        #expect(throws: Boom.self, "again, since it is no better") { try app.prepare() }
    }

    @Test("runs what was asked")
    func runs() async throws {
        let app = Application()
        app.use(mount("/a", Asked(apps: Recording())))
        #expect(try await app.test.get("/a/b").text == "asked")
        #expect(mount("/a", Asked(apps: Recording())).path == "/a")
    }
}
