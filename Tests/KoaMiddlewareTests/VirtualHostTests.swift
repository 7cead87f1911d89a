import KoaMiddleware
import KoaTesting
import Testing

extension Application {
    /// What is answered for a host.
    fileprivate func text(_ host: String?, _ target: String = "/") async -> String {
        let headers: Headers = host.map { ["Host": $0] } ?? [:]
        return String(buffer: await callback()(.init(method: .get, target: target, headers: headers)).body)
    }
}

/// An application that answers with its name and what it knows of the host.
private func named(_ name: String) -> Application {
    let app = Application()
    app.use { ctx in
        let match = ctx.virtualHost
        ctx.body = .text("\(name) \(match?.host ?? "-") \(match?.hostname ?? "-") \(match?.labels ?? [])")
    }
    return app
}

@Suite("a virtual host")
struct VirtualHostTests {
    private func app(_ host: String, caseSensitive: Bool = true) -> Application {
        let app = Application()
        app.use(virtualHost(host, caseSensitive: caseSensitive, named("in")))
        app.use { ctx in ctx.body = .text("behind \(ctx.virtualHost?.host ?? "-")") }
        return app
    }

    @Test(
        "is found by the Host field, whatever its port",
        arguments: ["tobi.com", "tobi.com:3000", "tobi.com:80"]
    )
    func matches(host: String) async {
        #expect(await app("tobi.com").text(host) == "in \(host) tobi.com []")
    }

    @Test(
        "leaves the rest to what stands behind",
        arguments: [
            nil, "", "loki.com", "tobi.co", "tobi.com.", "a.tobi.com", ".tobi.com", "tobi.com.evil.com", "tobicom",
            "tobi-com",
            "tobi.com@evil.com", "tobi.com, evil.com:1:2", "tobi.com:99999", "tobi.com/", "TOBI.com",
        ]
    )
    func others(host: String?) async {
        let expected = host == "tobi.com, evil.com:1:2" ? "in tobi.com tobi.com []" : "behind -"
        #expect(await app("tobi.com").text(host) == expected)
    }

    @Test(
        "can be an address", arguments: [("[::1]", "[::1]:8080"), ("[::1]", "[0:0::1]"), ("127.0.0.1", "127.0.0.1:80")])
    func addresses(pattern: String, host: String) async {
        #expect(await app(pattern).text(host).hasPrefix("in \(host) \(pattern) "))
    }

    @Test(
        "of a pattern has * stand for one label or a part of it, and nothing else",
        arguments: [
            ("*.example.com", "a.example.com", #"["a"]"#), ("*.example.com", "foo-bar.example.com:81", #"["foo-bar"]"#),
            ("*.*.com", "a.b.com", #"["a", "b"]"#), ("user-*.*.com", "user-bob.foo.com", #"["bob", "foo"]"#),
            ("a*z.com", "abcz.com", #"["bc"]"#), ("*", "localhost", #"["localhost"]"#), ("*a.com", "aa.com", #"["a"]"#),
            ("*.example.com", "example.com", nil), ("*.example.com", ".example.com", nil), ("*", "a.b", nil),
            ("*.example.com", "a.b.example.com", nil), ("*.example.com", "a.example.com.evil.com", nil),
            ("*.example.com", "a.exampleXcom", nil), ("*.example.com", "aXexample.com", nil), ("a*a.com", "a.com", nil),
            ("a*a.com", "aa.com", nil), ("user-*.com", "user-.com", nil), ("*.example.com", "a.EXAMPLE.com", nil),
            ("*.com", "a.com.", nil),
        ]
    )
    func patterns(pattern: String, host: String, labels: String?) async {
        let name = host.split(separator: ":")[0]
        #expect(await app(pattern).text(host) == (labels.map { "in \(host) \(name) \($0)" } ?? "behind -"))
    }

    @Test(
        "can be compared without regard to case: names read as they were sent",
        arguments: [
            ("api.example.com", "API.Example.COM", "[]"), ("API.example.com", "api.EXAMPLE.com", "[]"),
            ("*.example.com", "AbC.EXAMPLE.com", #"["AbC"]"#), ("user-*.com", "USER-Bob.com", #"["Bob"]"#),
        ]
    )
    func ignoringCase(pattern: String, host: String, labels: String) async {
        #expect(await app(pattern, caseSensitive: false).text(host) == "in \(host) \(host) \(labels)")
        #expect(await app(pattern).text(host) == "behind -")
    }

    @Test("of a whole URL's authority goes before the Host field's")
    func absoluteForm() async {
        #expect(await app("tobi.com").text("loki.com", "http://tobi.com/") == "in tobi.com tobi.com []")
        #expect(await app("tobi.com").text("tobi.com", "http://loki.com/") == "behind -")
    }

    @Test("is what a believed proxy says, and only a believed one")
    func proxy() async {
        let app = app("tobi.com")
        let request = RequestHandler.Request(
            method: .get, target: "/", headers: ["Host": "inner", "X-Forwarded-Host": "tobi.com"])
        #expect(String(buffer: await app.callback()(request).body) == "behind -")
        app.proxy = .all
        #expect(String(buffer: await app.callback()(request).body) == "in tobi.com tobi.com []")
    }

    @Test("goes on behind when its middleware call next, which aren't of that host any more")
    func next() async throws {
        let app = Application(), seen = Recording<String>()
        @Sendable func see(_ ctx: Context) { seen.add(ctx.virtualHost?.hostname ?? "-") }
        app.use { ctx, next in
            defer { see(ctx) }
            try await next()
        }
        app.use(
            virtualHost(
                "a.com",
                { ctx, next in
                    see(ctx)
                    try await next()
                    see(ctx)
                }, { _, next in try await next() }
            )
        )
        app.use { ctx in see(ctx) }
        _ = await app.text("a.com")
        #expect(seen.values == ["a.com", "-", "a.com", "-"])
    }

    @Test("within another, or below a mount, shows its own match, and then again that around it")
    func nested() async {
        let app = Application()
        app.use(
            virtualHost(
                "*.*.com",
                { ctx, next in
                    try await next()
                    ctx.append("X", ctx.virtualHost?.labels.joined(separator: "-") ?? "")
                },
                mount(
                    "/a",
                    virtualHost("*.b.com") { ctx in
                        ctx.append("X", "\(ctx.virtualHost?[0] ?? "") \(ctx.virtualHost?[1] ?? "none") \(ctx.path)")
                    }
                ).middleware
            )
        )
        let reply = await app.callback()(.init(method: .get, target: "/a/x", headers: ["Host": "a.b.com"]))
        #expect(reply.headers.all("X") == ["a none /x", "a-b"])
    }

    @Test("keeps its application's error listeners and context values")
    func application() async {
        let inner = Application(), app = Application(silent: true), told = Recording<String>()
        inner.context["name"] = "inner"
        inner.onError { _, ctx in told.add(ctx?.state["name"] as? String ?? "-") }
        app.onError { _, ctx in told.add(ctx?.state["name"] as? String ?? "-") }
        inner.use { _ in throw Boom() }
        app.use(virtualHost("a.com", inner))
        _ = await app.text("a.com")
        #expect(told.values == ["inner", "-"])
    }

    @Test("that isn't there has no match")
    func noMatch() async {
        #expect(await named("x").text("a.com") == "x - - []")
    }

    @Test("serves over a socket")
    func live() async throws {
        try await app("tobi.com").test.live { client in
            let tobi = try await client.request(.get, "/", headers: ["Host": "tobi.com"])
            #expect(tobi.text == "in tobi.com tobi.com []")
            let loki = try await client.request(.get, "/", headers: ["Host": "loki.com"])
            #expect(loki.text == "behind -")
        }
    }
}

@Suite("a virtual host by a regular expression")
struct VirtualHostRegexTests {
    private func app<Output>(_ regex: sending Regex<Output>) -> Application {
        let app = Application()
        app.use(virtualHost(regex, named("in")))
        app.use { ctx in ctx.body = "behind" }
        return app
    }

    @Test("is found when the whole name matches, and has its groups")
    func groups() async {
        let app = app(/user-(bob|joe)\.([^.]+)\.com/)
        #expect(await app.text("user-bob.foo.com:80") == #"in user-bob.foo.com:80 user-bob.foo.com ["bob", "foo"]"#)
        for host in ["user-bob.foo.com.evil", "x.user-bob.foo.com", "user-ada.foo.com", "USER-bob.foo.com", ""] {
            #expect(await app.text(host) == "behind")
        }
    }

    @Test("without groups has no labels, and of one that took no part an empty one")
    func noGroups() async {
        #expect(await app(/[a-z]+\.com/).text("foo.com") == "in foo.com foo.com []")
        #expect(await app(/(a)?(b)\.com/).text("b.com") == #"in b.com b.com ["", "b"]"#)
    }

    @Test("has the case that the expression asks for")
    func cases() async {
        #expect(await app(/a\.com/.ignoresCase()).text("A.com") == "in A.com A.com []")
    }

    @Test("is never found for a name longer than names can be")
    func longNames() async {
        let app = app(/a+\.com/)
        #expect(await app.text(String(repeating: "a", count: 249) + ".com").hasPrefix("in "))
        #expect(await app.text(String(repeating: "a", count: 250) + ".com") == "behind")
    }

    @Test("serves by middleware, a handler or values")
    func kinds() async {
        let app = Application()
        app.use(virtualHost(/a/, { _, next in try await next() }, { ctx, _ in ctx.body = "a" }))
        app.use(virtualHost(/b/) { ctx in ctx.body = "b" })
        app.use(virtualHost(/c/, mount("/x") { ctx in ctx.body = "c" }))
        for host in ["a", "b"] { #expect(await app.text(host) == host) }
        #expect(await app.text("c", "/x") == "c")
    }

    @Test("is shared by requests that run at the same time")
    func concurrent() async {
        let app = app(/(\d+)\.com/)
        await withTaskGroup(of: String.self) { group in
            for number in 0..<200 { group.addTask { await app.text("\(number).com") } }
            var answers: Set<String> = []
            for await answer in group { answers.insert(answer) }
            #expect(answers == Set((0..<200).map { "in \($0).com \($0).com [\"\($0)\"]" }))
        }
    }
}

@Suite("several virtual hosts")
struct VirtualHostsTests {
    @Test("are served by the first that matches, in the order in which they were written")
    func order() async {
        let app = Application()
        app.use(
            virtualHosts([
                "z.example.com": named("z"), "*.example.com": named("any"), "a.example.com": named("never"),
                "b.com": named("b"),
            ]))
        app.use { ctx in ctx.body = "behind" }
        #expect(await app.text("z.example.com").hasPrefix("z z.example.com z.example.com []"))
        #expect(await app.text("a.example.com").hasPrefix(#"any a.example.com a.example.com ["a"]"#))
        #expect(await app.text("b.com").hasPrefix("b b.com"))
        #expect(await app.text("c.com") == "behind")
    }

    @Test("of which one calls next go on behind them all")
    func next() async {
        let app = Application(), seen = Recording<Int>()
        app.use(
            virtualHosts(
                virtualHost("a.com") { _, next in
                    seen.add(1)
                    try await next()
                },
                virtualHost(/.*/) { _ in seen.add(2) }
            )
        )
        app.use { _ in seen.add(3) }
        _ = await app.text("a.com")
        #expect(seen.values == [1, 3])
        _ = await app.text("b.com")
        #expect(seen.values == [1, 3, 2])
    }

    @Test("can be values, and be compared without regard to case")
    func values() async {
        let app = Application()
        app.use(virtualHosts(["a.com": mount("/x") { ctx in ctx.body = .text(ctx.path) }], caseSensitive: false))
        app.use(virtualHosts(["a.com": named("a")], caseSensitive: false))
        #expect(await app.text("A.com", "/x/y") == "/y")
        #expect(await app.text("A.com").hasPrefix("a A.com"))
    }

    @Test("none at all are none")
    func none() async {
        let app = Application()
        app.use(virtualHosts())
        app.use { ctx in ctx.body = "behind" }
        #expect(await app.text("a.com") == "behind")
    }
}
