import KoaMiddleware
import KoaTesting
import Testing

/// Answers with what is seen: path, URL and mount path.
private let tell: Middleware = { ctx, _ in
    ctx.body = .text("\(ctx.path) \(ctx.url) \(ctx.mountPath ?? "-") \(ctx.originalURL)")
}

@Suite("mount at a path")
struct MountTests {
    private func app(_ path: String) -> Application {
        let app = Application()
        app.use(mount(path, tell))
        app.use { ctx in ctx.body = .text("behind \(ctx.path)") }
        return app
    }

    @Test(
        "runs for the path itself and what lies below, which sees it without the path",
        arguments: [
            ("/prefix", "/ / /prefix"), ("/prefix/", "/ / /prefix"), ("/prefix/lkjasdf", "/lkjasdf /lkjasdf /prefix"),
            ("/prefix/a/b?c=/d", "/a/b /a/b?c=/d /prefix"), ("/prefix?a", "/ /?a /prefix"),
            ("/prefix//a", "//a //a /prefix"), ("/prefix/prefix", "/prefix /prefix /prefix"),
            ("/prefix/..", "/.. /.. /prefix"), ("/prefix/%2Fa", "/%2Fa /%2Fa /prefix"),
        ]
    )
    func below(target: String, seen: String) async throws {
        #expect(try await app("/prefix").test.get(target).text == "\(seen) \(target)")
    }

    @Test(
        "leaves the rest to what stands behind",
        arguments: [
            "/", "/kljasdf", "/prefixlaksjdf", "/Prefix", "/PREFIX/a", "/a/prefix", "//prefix", "/./prefix", "/prefi",
            "/a/../prefix", "/prefix%2F", "/prefix%2Fa", "/%70refix", "/prefix;a", "/prefix%3F", "/prefix.",
        ]
    )
    func beside(target: String) async throws {
        #expect(try await app("/prefix").test.get(target).text == "behind \(target)")
    }

    @Test(
        "that ends in a slash runs for what lies below, which sees no slash at the beginning",
        arguments: [
            ("/prefix/", "/ / /prefix/"), ("/prefix/lkjasdf", "lkjasdf lkjasdf /prefix/"),
            ("/prefix/a/b?c", "a/b a/b?c /prefix/"), ("/prefix//a", "/a /a /prefix/"), ("/prefix/?a", "/ /?a /prefix/"),
        ]
    )
    func trailingSlash(target: String, seen: String) async throws {
        #expect(try await app("/prefix/").test.get(target).text == "\(seen) \(target)")
    }

    @Test(
        "that ends in a slash leaves the rest",
        arguments: ["/", "/kljasdf", "/prefixlaksjdf", "/prefix", "/prefix?a/"]
    )
    func besideTrailingSlash(target: String) async throws {
        #expect(try await app("/prefix/").test.get(target).text.hasPrefix("behind /"))
    }

    @Test(
        "that ends in a slash never has what is left read as a whole URL: that keeps its slash",
        arguments: [
            ("/prefix/http://h/admin?a", "/http://h/admin /http://h/admin?a /prefix"),
            ("/prefix/HTTPS://h", "/HTTPS://h /HTTPS://h /prefix"),
            ("http://h/prefix/http://h/admin", "/http://h/admin http://h/http://h/admin /prefix"),
            ("/prefix/http:/h", "http:/h http:/h /prefix/"), ("http://h/prefix/admin?a", "admin admin?a /prefix/"),
            ("http://h/prefix/", "/ http://h/ /prefix/"), ("http://h/prefix//a", "/a http://h/a /prefix/"),
        ]
    )
    func wholeURLs(target: String, seen: String) async throws {
        let reply = await app("/prefix/").callback()(.init(method: .get, target: target))
        #expect(String(buffer: reply.body) == "\(seen) \(target)")
    }

    @Test("at / runs for everything, and takes nothing off", arguments: ["/", "/a", "//a", "/a?b=c", "*"])
    func root(target: String) async throws {
        let app = Application()
        app.use(mount("/", tell))
        let reply = await app.callback()(.init(method: .get, target: target))
        let path = target.split(separator: "?")[0]
        #expect(String(buffer: reply.body) == "\(path) \(target) - \(target)")
    }

    @Test("compares bytes, not characters: a letter with an accent in two pieces isn't the letter")
    func bytes() async throws {
        let app = app("/e")
        for target in ["/e\u{301}", "/é", "/e\u{301}/x"] {
            let reply = await app.callback()(.init(method: .get, target: target))
            #expect(String(buffer: reply.body) == "behind \(target)")
        }
        let accented = self.app("/\u{E9}")
        let reply = await accented.callback()(.init(method: .get, target: "/e\u{301}"))
        #expect(String(buffer: reply.body) == "behind /e\u{301}")
    }

    @Test("takes several middleware, which run in order, and then what stands behind")
    func several() async throws {
        let app = Application()
        app.use(
            mount(
                "/a",
                { ctx, next in
                    ctx.append("X", "1 \(ctx.path)"); try await next()
                },
                { ctx, next in
                    ctx.append("X", "2 \(ctx.path)"); try await next()
                }
            )
        )
        app.use { ctx in ctx.append("X", "3 \(ctx.path)") }
        #expect(try await app.test.get("/a/b").headers.all("X") == ["1 /b", "2 /b", "3 /a/b"])
    }

    @Test("takes a handler that needs no next")
    func handler() async throws {
        let app = Application()
        app.use(mount("/a") { ctx in ctx.body = .text(ctx.path) })
        #expect(try await app.test.get("/a/b").text == "/b")
        #expect(try await app.test.get("/b").status == 404)
    }

    @Test("takes middleware that are values")
    func values() async throws {
        let app = Application()
        app.use(mount("/a", mount("/b", tell), mount("/c") { ctx in ctx.body = .text("c \(ctx.path)") }))
        #expect(try await app.test.get("/a/b/x").text == "/x /x /a/b /a/b/x")
        #expect(try await app.test.get("/a/c/x").text == "c /x")
    }

    @Test("several side by side serve each their own paths")
    func sideBySide() async throws {
        let app = Application()
        for path in ["/foo", "/bar", "/foo/baz", "/"] {
            app.use(
                mount(path) { ctx, next in
                    guard ctx.path == "/" else { return try await next() }
                    ctx.body = .text(path)
                })
        }
        for path in ["/foo", "/bar", "/foo/baz", "/"] { #expect(try await app.test.get(path).text == path) }
        for path in ["/kljsdf", "/foo/asdf", "/bar/baz"] { #expect(try await app.test.get(path).status == 404) }
    }
}

@Suite("around a mount")
struct MountRestoringTests {
    /// What is seen before, behind and after a mount, and within it before and after `next`.
    private func seen(
        _ path: String,
        _ target: String,
        within: @escaping Middleware = { _, next in try await next() },
        behind: @escaping Handler = { ctx in ctx.body = "" }
    ) async throws -> [String] {
        let seen = Recording<String>()
        let app = Application(silent: true)
        @Sendable func see(_ place: String, _ ctx: Context) { seen.add("\(place) \(ctx.url) \(ctx.mountPath ?? "-")") }
        app.use { ctx, next in
            see("before", ctx)
            defer { see("after", ctx) }
            try await next()
        }
        app.use(
            mount(
                path,
                { ctx, next in
                    see("in", ctx)
                    defer { see("out", ctx) }
                    try await within(ctx, next)
                })
        )
        app.use { ctx in
            see("behind", ctx)
            try await behind(ctx)
        }
        _ = await app.callback()(.init(method: .get, target: target))
        return seen.values
    }

    @Test("each side sees its own path, before and after the other has run")
    func both() async throws {
        #expect(
            try await seen("/a", "/a/b?c") == [
                "before /a/b?c -", "in /b?c /a", "behind /a/b?c -", "out /b?c /a", "after /a/b?c -",
            ])
        #expect(
            try await seen("/a/", "http://h/a/b") == [
                "before http://h/a/b -", "in b /a/", "behind http://h/a/b -", "out b /a/", "after http://h/a/b -",
            ])
    }

    @Test("also when the mounted middleware throws")
    func throwsWithin() async throws {
        #expect(
            try await seen("/a", "/a/b", within: { _, _ in throw Boom() }) == [
                "before /a/b -", "in /b /a", "out /b /a", "after /a/b -",
            ])
    }

    @Test("also when what stands behind throws")
    func throwsBehind() async throws {
        #expect(
            try await seen("/a", "/a/b", behind: { _ in throw Boom() }) == [
                "before /a/b -", "in /b /a", "behind /a/b -", "out /b /a", "after /a/b -",
            ])
    }

    @Test("also when next is called a second time")
    func secondNext() async throws {
        let within: Middleware = { _, next in
            try await next()
            try? await next()
        }
        #expect(
            try await seen("/a", "/a/b", within: within) == [
                "before /a/b -", "in /b /a", "behind /a/b -", "out /b /a", "after /a/b -",
            ])
    }

    @Test("a path that is rewritten below is nothing to what stands around it; a query is the request's")
    func rewrittenBelow() async throws {
        let within: Middleware = { ctx, next in
            ctx.path = "/x"
            ctx.querystring = "y=1"
            try await next()
        }
        #expect(
            try await seen("/a", "/a/b?c", within: within) == [
                "before /a/b?c -", "in /b?c /a", "behind /a/b?y=1 -", "out /b?y=1 /a", "after /a/b?y=1 -",
            ])
    }

    @Test("a path that is rewritten behind comes back as it was; a query is the request's")
    func rewrittenBehind() async throws {
        #expect(
            try await seen("/a", "/a/b", behind: { ctx in ctx.url = "/x/y?z" }) == [
                "before /a/b -", "in /b /a", "behind /a/b -", "out /b?z /a", "after /a/b?z -",
            ])
    }

    @Test("a whole URL that is written behind gets a path, never another host, below a path that ends in a slash")
    func rewrittenToWholeURL() async throws {
        #expect(
            try await seen("/a/", "/a/b", behind: { ctx in ctx.url = "http://h/x" }) == [
                "before /a/b -", "in b /a/", "behind /a/b -", "out http://h/b /a/", "after http://h/a/b -",
            ])
    }

    @Test("a URL comes back as it was, byte by byte")
    func asItWas() async throws {
        let target = "HTTP://h:80?x"
        #expect(try await seen("/", target).allSatisfy { $0.hasSuffix("\(target) -") })
        let fragment = "/a/b#c?d#e"
        #expect(
            try await seen("/a", fragment) == [
                "before /a/b#c?d#e -", "in /b#c?d#e /a", "behind /a/b#c?d#e -", "out /b#c?d#e /a", "after /a/b#c?d#e -",
            ])
    }
}
