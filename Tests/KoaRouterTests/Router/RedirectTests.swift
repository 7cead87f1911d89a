import KoaRouter
import KoaTesting
import Testing

@Suite("router.redirect")
struct RedirectTests {
    @Test("sends requests of every method to a path, with 301", arguments: ["GET", "HEAD", "POST", "DELETE", "PURGE"])
    func path(method: String) async throws {
        let router = Router()
        router.redirect("/login", to: "/sign-in")
        let response = try await router.client.request(.init(method)!, "/login")
        #expect(response.status == .movedPermanently)
        #expect(response.get("Location") == "/sign-in")
    }

    @Test("with another status", arguments: [Status.found, .seeOther, .temporaryRedirect, .permanentRedirect])
    func status(status: Status) async throws {
        let router = Router()
        router.redirect("/a", to: "/b", status: status)
        #expect(try await router.client.get("/a").status == status)
    }

    @Test(
        "to a URL of any scheme", arguments: ["https://example.org/docs", "HTTP://example.org/", "custom-scheme://x/y"])
    func url(destination: String) async throws {
        let router = Router()
        router.redirect("/docs", to: destination, status: .found)
        let response = try await router.client.get("/docs")
        #expect(response.status == .found)
        #expect(response.get("Location")?.lowercased() == destination.lowercased())
        #expect(response.text.hasPrefix("Redirecting to "))
    }

    @Test("to a web URL that is none is an error when the application starts")
    func invalidURL() {
        let router = Router()
        router.redirect("/docs", to: "https://exa mple/")
        let error = #expect(throws: RouteError.self) { try router.application().prepare() }
        #expect(error?.message == #"The redirect from /docs leads nowhere: Invalid URL: "https://exa mple/""#)
    }

    @Test("to a route by its name, whether added before or later, with all its prefixes")
    func destinationName() async throws {
        let router = Router(prefix: "/api")
        router.redirect("/old", to: "new")
        router.get("/new/page", name: "new", answer("new"))
        let outer = Router(prefix: "/outer")
        outer.use(router.routes())
        #expect(try await router.client.get("/api/old").get("Location") == "/api/new/page")
        #expect(try await outer.client.get("/outer/api/old").get("Location") == "/outer/api/new/page")
    }

    @Test("from a route by its name, with all its prefixes")
    func sourceName() async throws {
        let router = Router(prefix: "/api")
        router.get("/(old)".replacing("(", with: "\\(").replacing(")", with: "\\)"), name: "old", mark("old"))
        router.redirect("old", to: "/new")
        let response = try await router.client.get("/api/(old)")
        #expect(response.get("Location") == "/new")
        #expect(response.order == ["old"])
        #expect(try await router.client.get("/api/api/(old)").status == .notFound)
        let outer = Router()
        outer.use("/outer", router.routes())
        #expect(try await outer.client.get("/outer/api/(old)").get("Location") == "/new")
    }

    @Test("from a pattern, whose parameters don't go into the destination")
    func pattern() async throws {
        let router = Router()
        router.redirect("/users/:id", to: "/people")
        #expect(try await router.client.get("/users/3?tab=1").get("Location") == "/people")
    }

    @Test("stands in the order of the routes, and doesn't go on")
    func order() async throws {
        let router = Router()
        router.get("/x", mark("before"))
        router.redirect("/x", to: "/y")
        router.get("/x", mark("after"))
        #expect(try await router.client.get("/x").order == ["before"])
    }

    @Test("runs behind the router's middleware")
    func middleware() async throws {
        let router = Router()
        router.use(mark("use"))
        router.redirect("/x", to: "/y")
        #expect(try await router.client.get("/x").order == ["use"])
    }

    @Test("to or from an unknown name is an error when the application starts")
    func unknownName() {
        let to = Router()
        to.redirect("/old", to: "nowhere")
        let error = #expect(throws: RouteError.self) { try to.application().prepare() }
        #expect(error?.message == "The redirect from /old leads nowhere: No route found for name: nowhere")
        #expect(error?.origin?.hasPrefix("KoaRouterTests/RedirectTests.swift:") == true)

        let from = Router()
        from.redirect("nowhere", to: "/new")
        let other = #expect(throws: RouteError.self) { try from.application().prepare() }
        #expect(other?.message == "The redirect from nowhere has no path: No route found for name: nowhere")
        #expect(other?.origin?.hasPrefix("KoaRouterTests/RedirectTests.swift:") == true)
    }

    @Test("to a route that needs values is an error when the application starts")
    func missingValues() throws {
        let router = Router()
        router.get("/users/:id", name: "user", answer("user"))
        router.redirect("/me", to: "user")
        let error = try #require(#expect(throws: RouteError.self) { try router.application().prepare() })
        #expect(error.message.hasPrefix("The redirect from /me leads nowhere: Missing parameters: id"))
        #expect((error.cause as? PatternPathError)?.names == ["id"])
    }

    @Test("to a route of a regular expression is an error when the application starts")
    func expression() {
        let router = Router()
        router.get(/^\/x/, name: "x", answer("x"))
        router.redirect("/y", to: "x")
        #expect(throws: RouteError.self) { try router.application().prepare() }
    }

    @Test("to a name of its own copy of a router", arguments: ["/a", "/b"])
    func copies(path: String) async throws {
        let inner = Router()
        inner.redirect("/login", to: "sign-in")
        inner.get("/session/new", name: "sign-in", answer("sign in"))
        let outer = Router()
        outer.get("/session/other", name: "sign-in", answer("other"))
        outer.use("/a", inner.routes()).use("/b", inner.routes())
        #expect(try await outer.client.get("\(path)/login").get("Location") == "\(path)/session/new")
    }

    @Test("from a name of its own copy of a router", arguments: ["/a", "/b"])
    func copiedSources(path: String) async throws {
        let inner = Router()
        inner.get("/old", name: "old", mark("old"))
        inner.redirect("old", to: "/new")
        let outer = Router()
        outer.use(["/a", "/b"], inner.routes())
        #expect(try await outer.client.get("\(path)/old").get("Location") == "/new")
    }

    @Test("to a name that its own router hasn't, of the router around it, then of the next")
    func outwards() async throws {
        let inner = Router()
        inner.redirect("/x", to: "middle").redirect("/y", to: "outer")
        let middle = Router()
        middle.use("/inner", inner.routes())
        middle.get("/here", name: "middle", answer("middle"))
        let outer = Router()
        outer.get("/elsewhere", name: "middle", answer("other"))
        outer.use("/m", middle.routes())
        outer.get("/o", name: "outer", answer("outer"))
        #expect(try await outer.client.get("/m/inner/x").get("Location") == "/m/here")
        #expect(try await outer.client.get("/m/inner/y").get("Location") == "/o")
    }
}
