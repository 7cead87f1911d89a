import KoaRouter
import KoaTesting
import Testing

/// Lets nobody in, and says so.
private let refuse: Middleware = { ctx, _ in ctx.status = .forbidden }

@Suite("The middleware of a group guard all of its routes")
struct GroupGuardTests {
    @Test("a route that goes on without a slash", arguments: ["/reports.json", "/reports", "/reports.json/"])
    func noSlash(target: String) async throws {
        let router = Router()
        router.group("/reports", refuse) { $0.get("{.:format}", answer("report")) }
        #expect(try await router.client.get(target).status == .forbidden)
    }

    @Test("a group whose path ends in a slash")
    func slashAtTheEnd() async throws {
        let router = Router()
        router.group("/admin/", refuse) { $0.get("users", answer("users")) }
        #expect(try await router.client.get("/admin/users").status == .forbidden)
        #expect(try await router.client.get("/admin/other").status == .notFound)
    }

    @Test("a route of a regular expression", arguments: ["/export/1", "/admin/export/1"])
    func expression(target: String) async throws {
        let router = Router()
        router.group("/admin", refuse) { $0.get(/export\/(\d+)$/, answer("export")) }
        #expect(try await router.client.get(target).status == .forbidden)
    }

    @Test("a route whose case doesn't count, from a router whose case does", arguments: ["/admin/x", "/ADMIN/x"])
    func otherCase(target: String) async throws {
        let router = Router(sensitive: true)
        let inner = Router()
        inner.get("/x", answer("x"))
        router.group("/admin", refuse) { $0.use(inner.routes()) }
        #expect(try await router.client.get(target).status == .forbidden)
    }

    @Test("those that use adds within, without a path or with an empty one", arguments: [nil, ""])
    func use(path: String?) async throws {
        let router = Router()
        router.group("/reports") { group in
            if let path { group.use(path, refuse) } else { group.use(refuse) }
            group.get("{.:format}", answer("report"))
        }
        #expect(try await router.client.get("/reports.json").status == .forbidden)
    }

    @Test("below a prefix, in an outer router, and in another group")
    func nested() async throws {
        let router = Router(prefix: "/api")
        router.group("/outer", mark("outer")) { outer in
            outer.group("/inner/", mark("inner")) { $0.get("{x}.:format", mark("first")).get(/deep$/, answer("deep")) }
            outer.get("y", answer("y"))
        }
        let top = Router()
        top.use("/top", router.routes())
        for (client, prefix) in [(router.client, ""), (top.client, "/top")] {
            #expect(try await client.get("\(prefix)/api/outer/inner/x.json").order == ["outer", "inner", "first"])
            #expect(try await client.get("/deep").order == ["outer", "inner", "deep"])
            #expect(try await client.get("\(prefix)/api/outery").order == ["outer", "y"])
        }
    }

    @Test("run once, in their places, and not for the routes of others")
    func once() async throws {
        let router = Router()
        router.get(/^\/x/, mark("before"))
        router.group("/x", mark("guard")) { group in
            group.get("/y", mark("y"))
            group.use(mark("behind"))
            group.get(/y$/, mark("expression"))
        }
        router.get("/x/:any", mark("after"))
        #expect(
            try await router.client.get("/x/y").order == ["before", "guard", "y", "behind", "expression", "after"])
        #expect(try await router.client.get("/x/z").order == ["before", "after"])
        #expect(try await router.client.get("/y").order == ["guard", "behind", "expression"])
    }

    @Test("see no parameters of a path that they don't match")
    func parameters() async throws {
        let router = Router()
        let note: Middleware = { ctx, next in
            ctx.append("X-Order", "\(ctx.params) \(ctx.captures) \(ctx.routerPath ?? "nil")")
            try await next()
        }
        router.group("/teams/:team/", note) { $0.get(":player") { ctx in ctx.body = .text("\(ctx.params)") } }
        let response = try await router.client.get("/teams/red/7")
        #expect(response.order == [" [] /teams/:team/{/*rest}"])
        #expect(response.text == "team: red, player: 7")
    }

    @Test("run once where the router is used in several places", arguments: ["/a", "/b", "/c/d"])
    func copies(path: String) async throws {
        let inner = Router()
        inner.group("/g", mark("guard")) { group in
            group.get("/x", answer("x"))
            group.redirect("/old", to: "new").get("/new", name: "new", answer("new"))
        }
        let middle = Router()
        middle.use("/d", inner.routes())
        let outer = Router()
        outer.use(["/a", "/b"], inner.routes()).use("/c", middle.routes())
        #expect(try await outer.client.get("\(path)/g/x").order == ["guard", "x"])
        #expect(try await outer.client.get("\(path)/g/old").get("Location") == "\(path)/g/new")
    }

    @Test("don't count among what matches the path, nor answer where no route does")
    func matched() async throws {
        let router = Router(allowedMethods: true)
        router.group("/reports", refuse) { $0.get("{.:format}", answer("report")) }
        let app = router.application()
        app.use { ctx in ctx.body = .text("\(ctx.matched?.count ?? -1)") }
        #expect(try await app.test.get("/nowhere").text == "0")
        #expect(try await app.test.post("/reports.json").text == "1")
    }
}

@Suite("The middleware of a router run for all of its routes")
struct RouterGuardTests {
    @Test("behind a prefix that ends in a slash")
    func slashAtTheEnd() async throws {
        let router = Router(prefix: "/api/")
        router.use(refuse).get("users", answer("users"))
        #expect(try await router.client.get("/api/users").status == .forbidden)
        let outer = Router()
        outer.use("/v1", router.routes())
        #expect(try await outer.client.get("/v1/api/users").status == .forbidden)
    }

    @Test("an expression's below a prefix among them")
    func expression() async throws {
        let router = Router(prefix: "/api")
        router.use(refuse).get(/^\/export$/, answer("export"))
        #expect(try await router.client.get("/export").status == .forbidden)
        let outer = Router()
        outer.use("/v1", router.routes()).get("/other", answer("other"))
        #expect(try await outer.client.get("/export").status == .forbidden)
        #expect(try await outer.client.get("/other").order == ["other"])
    }

    @Test("and those of a nested router whose case doesn't count", arguments: ["/api/x", "/API/x"])
    func otherCase(target: String) async throws {
        let router = Router(prefix: "/api", sensitive: true)
        router.use(refuse)
        router.use(Router().get("/x", answer("x")).routes())
        #expect(try await router.client.get(target).status == .forbidden)
    }

    @Test("of the copy of a router that they came with alone")
    func copies() async throws {
        let inner = Router()
        inner.use { ctx, next in
            ctx.append("X-Order", ctx.routerPath ?? "nil")
            try await next()
        }
        inner.get(".txt", answer("text"))
        let outer = Router()
        outer.use(["/a", "/b"], inner.routes())
        #expect(try await outer.client.get("/a.txt").order == ["/a", "text"])
        #expect(try await outer.client.get("/b.txt").order == ["/b", "text"])
    }
}

@Suite("In an exclusive router the middleware of a group")
struct ExclusiveGroupTests {
    @Test("run before the one match that runs, and the router's own don't")
    func guarded() async throws {
        let router = Router(exclusive: true)
        router.use(mark("use")).get("/:any/:id", mark("outside"))
        router.group("/admin", mark("guard")) { group in
            group.use("/users", mark("users"))
            group.get("/users", answer("inside"))
        }
        #expect(try await router.client.get("/admin/users").order == ["guard", "users", "inside"])
        #expect(try await router.client.get("/x/1").order == ["outside"])
    }

    @Test("don't run for a match of another group, nor for one outside")
    func others() async throws {
        let router = Router(exclusive: true)
        router.group("/x", mark("first")) { $0.get("/:any", answer("a")) }
        router.group("/x", mark("second")) { $0.get("/y", answer("b")) }
        router.get("/x/z", answer("c"))
        #expect(try await router.client.get("/x/y").order == ["second", "b"])
        #expect(try await router.client.get("/x/z").order == ["c"])
        #expect(try await router.client.get("/x/w").order == ["first", "a"])
    }

    @Test("of all groups that the match is in run, whatever its path, and those behind it, too")
    func nested() async throws {
        let router = Router(prefix: "/api", exclusive: true)
        router.group("/outer", mark("outer")) { outer in
            outer.get("/:any", mark("never"))
            outer.group("/in/", mark("inner")) { inner in
                inner.get(/thing$/, mark("thing"))
                inner.use(mark("behind"))
            }
        }
        let order = try await router.client.get("/api/outer/thing").order
        #expect(order == ["outer", "inner", "thing", "behind"])
    }

    @Test("are those of a group alone: a nested router's own don't run")
    func nestedRouter() async throws {
        let inner = Router(prefix: "/in")
        inner.use(mark("own")).get(/x$/, answer("x"))
        let router = Router(exclusive: true)
        router.group("/g", mark("guard")) { $0.use(inner.routes()) }
        router.use("/n", inner.routes())
        // The last match is that of the second copy.
        #expect(try await router.client.get("/x").order == ["x"])
        router.group("/h", mark("guard")) { $0.get(/x$/, answer("last")) }
        #expect(try await router.client.get("/x").order == ["guard", "last"])
    }

    @Test("don't save a match from middleware that were added behind it, which run in its place as in the reference")
    func trailing() async throws {
        let router = Router(exclusive: true)
        router.group("/x", mark("guard")) { $0.get("/y", answer("y")) }
        router.get("/z", answer("z"))
        router.use(mark("trailing"))
        #expect(try await router.client.get("/x/y").order == ["trailing"])
        #expect(try await router.client.get("/z").order == ["trailing"])
    }
}
