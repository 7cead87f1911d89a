import KoaRouter
import KoaTesting
import NIOConcurrencyHelpers
import Testing

@Suite("router.allowedMethods()")
struct AllowedMethodsTests {
    private func router(methods: [String]? = nil) -> Router {
        let router = methods.map { Router(methods: $0) } ?? Router()
        router.get("/users", answer("list")).put("/users", answer("replace"))
        router.post("/users/:id", answer("post"))
        router.get("/missing") { _ in }
        return router
    }

    private func client(methods: [String]? = nil) -> TestClient {
        router(methods: methods).application(allowedMethods: true).test
    }

    @Test("answers OPTIONS with 200, no body, and the methods of the path in the order of its routes")
    func options() async throws {
        let response = try await client().options("/users")
        #expect(response.status == .ok)
        #expect(response.get("Allow") == "HEAD, GET, PUT")
        #expect(response.text.isEmpty)
        #expect(response.get("Content-Length") == "0")
    }

    @Test("answers another method with 405 and Allow")
    func methodNotAllowed() async throws {
        let response = try await client().delete("/users")
        #expect(response.status == .methodNotAllowed)
        #expect(response.get("Allow") == "HEAD, GET, PUT")
        #expect(response.text == "Method Not Allowed")
        #expect(try await client().get("/users/3").get("Allow") == "POST")
    }

    @Test("answers a method that the router doesn't implement with 501 and Allow, whatever the path")
    func notImplemented() async throws {
        let response = try await client().request(.init("SEARCH")!, "/users")
        #expect(response.status == .notImplemented)
        #expect(response.get("Allow") == "HEAD, GET, PUT")
        let unknown = try await client().request(.init("SEARCH")!, "/nowhere")
        #expect(unknown.status == .notImplemented)
        #expect(unknown.get("Allow") == "")
    }

    @Test("implements the methods that the router was told")
    func methods() async throws {
        let client = client(methods: ["GET", "PURGE"])
        #expect(try await client.request(.init("PURGE")!, "/users").status == .methodNotAllowed)
        #expect(try await client.delete("/users").status == .notImplemented)
        #expect(try await client.put("/users").text == "replace")
    }

    @Test("leaves paths alone that no route has", arguments: ["GET", "POST", "OPTIONS", "DELETE"])
    func unknownPath(method: String) async throws {
        let response = try await client().request(.init(method)!, "/nowhere")
        #expect(response.status == .notFound)
        #expect(response.get("Allow") == nil)
    }

    @Test("leaves a 404 of a route alone")
    func handled() async throws {
        let response = try await client().get("/missing")
        #expect(response.status == .notFound)
        #expect(response.get("Allow") == nil)
    }

    @Test("leaves an answer of what follows alone")
    func answered() async throws {
        let app = router().application(allowedMethods: true)
        app.use { ctx in
            ctx.status = .accepted
            ctx.body = "behind"
        }
        #expect(try await app.test.delete("/users").text == "behind")
        #expect(try await app.test.options("/users").status == .accepted)
    }

    @Test("does nothing where no router was asked")
    func noRouter() async throws {
        let app = Application(silent: true)
        app.use(router().allowedMethods())
        #expect(try await app.test.request(.init("SEARCH")!, "/users").status == .notFound)
    }

    @Test("counts middleware of a path as no method")
    func middleware() async throws {
        let router = Router()
        router.use("/x", mark("use"))
        let response = try await router.application(allowedMethods: true).test.options("/x")
        #expect(response.status == .notFound)
        #expect(response.get("Allow") == nil)
    }

    @Test("a route of all methods leaves nothing to refuse; its OPTIONS is answered unless it does")
    func all() async throws {
        let router = Router()
        router.all("/x", mark("all"))
        let client = router.application(allowedMethods: true).test
        let response = try await client.delete("/x")
        #expect(response.status == .notFound)
        #expect(response.order == ["all"])
        let options = try await client.options("/x")
        #expect(options.status == .ok)
        #expect(options.get("Allow")?.contains("PURGE") == true)
    }

    @Test("an OPTIONS route is asked first")
    func optionsRoute() async throws {
        let router = Router()
        router.get("/x", answer("x")).options("/x") { ctx in ctx.status = .noContent }
        #expect(try await router.application(allowedMethods: true).test.options("/x").status == .noContent)
    }

    @Test("names each method once, of all routes of a path and of all routers that were asked")
    func union() async throws {
        let (first, second) = (Router(), Router())
        first.get("/x", answer("x")).get("/:any", answer("any")).post("/:any", answer("any"))
        second.on("POST", "DELETE")("/x", answer("x"))
        let app = Application(silent: true)
        app.use(first.routes(), second.routes(), second.allowedMethods())
        #expect(try await app.test.options("/x").get("Allow") == "HEAD, GET, POST, DELETE")
    }

    @Test(
        "makes a route's own 404 a 501 unless the router implements its method, as the reference does",
        arguments: [(["GET", "LINK"], Status.notFound), (["GET"], .notImplemented)])
    func ownNotFound(methods: [String], status: Status) async throws {
        let router = Router(methods: methods, allowedMethods: true)
        router.on("LINK", "UNLINK")("/photos/:id") { ctx in ctx.status = .notFound }
        #expect(try await router.client.request(.init("LINK")!, "/photos/3").status == status)
    }

    @Test("throw: throws the errors, whose responses keep Allow", arguments: [("DELETE", 405), ("SEARCH", 501)])
    func throwing(method: String, status: Int) async throws {
        let app = Application(silent: true)
        let router = router()
        app.use { ctx, next in
            do {
                try await next()
            } catch let error as HTTPError {
                ctx.append("X-Order", "\(error.status.code)")
                throw error
            }
        }
        app.use(router.routes(), router.allowedMethods(throw: true))
        let response = try await app.test.request(.init(method)!, "/users")
        #expect(response.status.code == status)
        #expect(response.get("Allow") == "HEAD, GET, PUT")
    }

    @Test("throw: OPTIONS is answered all the same")
    func throwingOptions() async throws {
        let app = Application(silent: true)
        let router = router()
        app.use(router.routes(), router.allowedMethods(throw: true))
        #expect(try await app.test.options("/users").status == .ok)
    }

    @Test("throw: errors of one's own, which keep Allow, too")
    func ownErrors() async throws {
        struct Own: ErrorStatus {
            let status: Status
            var message: String { "own" }
            var expose: Bool { true }
        }
        let app = Application(silent: true)
        let router = router()
        app.use(
            router.routes(),
            router.allowedMethods(
                throw: true, notImplemented: { Own(status: .badGateway) }, methodNotAllowed: { Own(status: .conflict) })
        )
        let refused = try await app.test.delete("/users")
        #expect(refused.status == .conflict)
        #expect(refused.text == "own")
        #expect(refused.get("Allow") == "HEAD, GET, PUT")
        #expect(try await app.test.request(.init("SEARCH")!, "/users").status == .badGateway)
    }

    @Test("without throw the errors of one's own aren't made")
    func unusedErrors() async throws {
        let made = Recording<String>()
        let app = Application(silent: true)
        let router = router()
        app.use(
            router.routes(),
            router.allowedMethods(methodNotAllowed: {
                made.add("made")
                return CancellationError()
            }))
        #expect(try await app.test.delete("/users").status == .methodNotAllowed)
        #expect(made.values.isEmpty)
    }
}

@Suite("Router(allowedMethods: true)")
struct AutomaticAllowedMethodsTests {
    private func router() -> Router {
        let router = Router(prefix: "/users", allowedMethods: true)
        router.get("/", answer("list")).post("/", answer("post"))
        return router
    }

    @Test("answers OPTIONS, 405 and 501 without a second middleware")
    func answers() async throws {
        let client = router().client
        #expect(try await client.options("/users").get("Allow") == "HEAD, GET, POST")
        let response = try await client.delete("/users")
        #expect(response.status == .methodNotAllowed)
        #expect(response.get("Allow") == "HEAD, GET, POST")
        #expect(try await client.request(.init("SEARCH")!, "/users").status == .notImplemented)
        #expect(try await client.get("/nowhere").status == .notFound)
        #expect(try await client.get("/users").text == "list")
    }

    @Test("what follows the router is asked first, a second router among it")
    func follows() async throws {
        let second = Router(prefix: "/users", allowedMethods: true)
        second.delete("/", answer("delete"))
        let app = router().application()
        app.use(second.routes())
        #expect(try await app.test.delete("/users").text == "delete")
        #expect(try await app.test.put("/users").get("Allow") == "HEAD, GET, POST, DELETE")
    }

    @Test("the paths of several routers are looked up once more for all of their answers")
    func several() async throws {
        let app = Application(silent: true)
        let lookups = Recording<String>()
        let constraint = ParameterConstraint("none") { value in
            lookups.add(value)
            return false
        }
        for _ in 0..<20 {
            let router = Router(allowedMethods: true)
            router.get("/:id", where: ["id": constraint], answer("never"))
            app.use(router.routes())
        }
        #expect(try await app.test.get("/x").status == .notFound)
        #expect(lookups.values.count == 40)
    }

    @Test("an answer names the methods of a router that was asked behind another answer, too")
    func asked() async throws {
        let (first, second) = (Router(allowedMethods: true), Router(allowedMethods: true))
        first.get("/x", answer("x"))
        second.post("/x", answer("x"))
        let app = Application(silent: true)
        let stop: Middleware = { _, _ in }
        let asked = compose(first.routes().middleware, stop)
        app.use { ctx, next in
            try await asked(ctx, next)
            ctx.append("X-Order", ctx.response.get("Allow") ?? "none")
            ctx.status = .notFound
            try await second.routes().middleware(ctx, next)
        }
        let response = try await app.test.delete("/x")
        #expect(response.order == ["HEAD, GET"])
        #expect(response.get("Allow") == "HEAD, GET, POST")
    }

    @Test("is off by default")
    func off() async throws {
        let router = Router()
        router.get("/x", answer("x"))
        #expect(try await router.client.delete("/x").status == .notFound)
        #expect(try await router.client.options("/x").status == .notFound)
    }

    @Test("goes with the router that the application has, not with one nested in it")
    func nested() async throws {
        let outer = Router()
        outer.use(router().routes())
        #expect(try await outer.client.delete("/users").status == .notFound)
        let answering = Router(allowedMethods: true)
        answering.use(outer.routes())
        #expect(try await answering.client.delete("/users").status == .methodNotAllowed)
    }

    @Test("an error of a handler stays what it is")
    func errors() async throws {
        let router = Router(allowedMethods: true)
        router.get("/x") { ctx in try ctx.throw(.notFound, "gone") }
        let response = try await router.client.get("/x")
        #expect(response.text == "gone")
        #expect(response.get("Allow") == nil)
    }
}
