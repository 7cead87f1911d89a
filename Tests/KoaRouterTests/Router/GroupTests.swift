import KoaRouter
import KoaTesting
import Testing

@Suite("router.group")
struct GroupTests {
    @Test("adds routes below a path, behind its middleware")
    func group() async throws {
        let router = Router(prefix: "/api")
        let same = router.group("/admin", mark("first"), mark("second")) { admin in
            admin.get("/", answer("admin"))
            admin.get("/users/:id", name: "admin user", answer("user"))
        }
        #expect(same === router)
        #expect(try await router.client.get("/api/admin").order == ["first", "second", "admin"])
        #expect(try await router.client.get("/api/admin/users/3").order == ["first", "second", "user"])
        #expect(try router.url("admin user", 3) == "/api/admin/users/3")
    }

    @Test("its middleware run for its routes alone, whatever path the others have", arguments: ["/admin", "/", ""])
    func alone(path: String) async throws {
        let router = Router()
        router.group(path, mark("guard")) { group in
            group.use(mark("use"))
            group.get("/inside", answer("inside"))
        }
        router.get("/admin/outside", answer("outside")).get("/outside", answer("outside"))
        let inside = path == "/admin" ? "/admin/inside" : "/inside"
        #expect(try await router.client.get(inside).order == ["guard", "use", "inside"])
        #expect(try await router.client.get("/admin/outside").order == ["outside"])
        #expect(try await router.client.get("/outside").order == ["outside"])
    }

    @Test("where a route of the group and another both match, its middleware run")
    func both() async throws {
        let router = Router()
        router.group("/x", mark("guard")) { $0.get("/:any", mark("inside")) }
        router.get("/x/y", answer("outside"))
        #expect(try await router.client.get("/x/y").order == ["guard", "inside", "outside"])
    }

    @Test("groups stand in groups: the middleware of both run, those of a sister don't")
    func nested() async throws {
        let router = Router()
        router.group("", mark("outer")) { outer in
            outer.group("", mark("left")) { $0.get("/left", answer("l")) }
            outer.group("", mark("right")) { $0.get("/right", answer("r")) }
            outer.get("/middle", answer("m"))
        }
        #expect(try await router.client.get("/left").order == ["outer", "left", "l"])
        #expect(try await router.client.get("/right").order == ["outer", "right", "r"])
        #expect(try await router.client.get("/middle").order == ["outer", "m"])
    }

    @Test("a nested router's middleware within run for the routes of the group alone, too")
    func nestedRouter() async throws {
        let inner = Router()
        inner.use(mark("inner"))
        inner.get("/x", answer("x"))
        let router = Router()
        router.group("", mark("guard")) { $0.use(inner.routes()) }
        router.get("/y", answer("y"))
        #expect(try await router.client.get("/x").order == ["guard", "inner", "x"])
        #expect(try await router.client.get("/y").order == ["y"])
    }

    @Test("keeps to itself in an outer router, too")
    func mounted() async throws {
        let router = Router()
        router.group("/", mark("guard")) { $0.get("/in", answer("in")) }
        let outer = Router()
        outer.use("/r", router.routes())
        outer.get("/r/out", answer("out"))
        #expect(try await outer.client.get("/r/in").order == ["guard", "in"])
        #expect(try await outer.client.get("/r/out").order == ["out"])
    }

    @Test("has the router's strict and sensitive, its parameter handlers and its redirects' names")
    func settings() async throws {
        let router = Router(strict: true, sensitive: true)
        router.param("id") { value, ctx, next in
            ctx.append("X-Order", "id=\(value)")
            try await next()
        }
        router.get("/home", name: "home", answer("home"))
        router.group("/G") { group in
            group.get("/:id", answer("id"))
            group.redirect("/old/home", to: "home")
        }
        #expect(try await router.client.get("/G/3").order == ["id=3", "id"])
        #expect(try await router.client.get("/g/3").status == .notFound)
        #expect(try await router.client.get("/G/3/").status == .notFound)
        #expect(try await router.client.get("/G/old/home").get("Location") == "/home")
    }

    @Test("may have parameters in its path")
    func parameters() async throws {
        let router = Router()
        router.group("/teams/:team", mark("guard")) { $0.get("/:player") { ctx in ctx.body = .text("\(ctx.params)") } }
        let response = try await router.client.get("/teams/red/7")
        // As the reference's middleware of such a prefix, that of the group has captured the rest of the path.
        #expect(response.text == "team: red, rest: 7, player: 7")
        #expect(response.order == ["guard"])
    }
}

private struct Users: RouteCollection {
    let names: [String]

    func add(to router: Router) {
        router.use(mark("users"))
        router.get("/", handler: list)
        router.get("/:index", name: "user", handler: show)
    }

    func list(_ ctx: Context) async throws { ctx.body = .text(names.joined(separator: ",")) }

    func show(_ ctx: Context) async throws {
        let index = try ctx.params.require("index", as: Int.self)
        ctx.body = .text(try ctx.require(names.indices.contains(index) ? names[index] : nil, 404))
    }
}

@Suite("A route collection")
struct RouteCollectionTests {
    @Test("registers below a path")
    func path() async throws {
        let router = Router(prefix: "/api")
        let same = router.register("/users", Users(names: ["Ada", "Grace"]))
        #expect(same === router)
        #expect(try await router.client.get("/api/users").text == "Ada,Grace")
        #expect(try await router.client.get("/api/users/1").text == "Grace")
        #expect(try await router.client.get("/api/users/2").status == .notFound)
        #expect(try router.url("user", 1) == "/api/users/1")
    }

    @Test("or where the router is")
    func root() async throws {
        let router = Router()
        router.register(Users(names: ["Ada"]))
        #expect(try await router.client.get("/").text == "Ada")
        #expect(try await router.client.get("/0").text == "Ada")
    }

    @Test("may be registered several times, and in a group")
    func several() async throws {
        let router = Router()
        router.register("/a", Users(names: ["A"])).register("/b", Users(names: ["B"]))
        router.group("/c", mark("guard")) { $0.register("/d", Users(names: ["C"])) }
        #expect(try await router.client.get("/a/0").text == "A")
        #expect(try await router.client.get("/b/0").text == "B")
        #expect(try await router.client.get("/c/d/0").order == ["guard", "users"])
    }

    @Test("its middleware run for its routes alone")
    func middleware() async throws {
        let router = Router()
        router.register(Users(names: ["Ada"]))
        router.get("/other/path", answer("other"))
        #expect(try await router.client.get("/other/path").order == ["other"])
        #expect(try await router.client.get("/0").order == ["users"])
    }
}
