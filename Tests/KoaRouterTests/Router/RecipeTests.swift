import Foundation
import KoaRouter
import KoaTesting
import Testing

@Suite("Applications as the reference's recipes build them")
struct RecipeTests {
    @Test("versions of an API side by side")
    func versions() async throws {
        let (v1, v2) = (Router(prefix: "/api/v1"), Router(prefix: "/api/v2"))
        v1.get("/users", answer("v1"))
        v2.get("/users", answer("v2"))
        let app = Application(silent: true)
        app.use(v1.routes(), v2.routes())
        #expect(try await app.test.get("/api/v1/users").text == "v1")
        #expect(try await app.test.get("/api/v2/users").text == "v2")
        #expect(try await app.test.get("/api/v3/users").status == .notFound)
    }

    @Test("routes behind authentication, beside open ones")
    func authentication() async throws {
        let authenticate: Middleware = { ctx, next in
            let token = try ctx.require(ctx.get("Authorization"), 401, "Authentication required")
            ctx.state["user"] = token.dropFirst("Bearer ".count).description
            try await next()
        }
        let router = Router()
        router.get("/open", answer("open"))
        router.get("/me", authenticate) { ctx in ctx.body = .text(ctx.state["user"] as? String ?? "") }
        #expect(try await router.client.get("/open").text == "open")
        #expect(try await router.client.get("/me").text == "Authentication required")
        #expect(try await router.client.get("/me", headers: ["Authorization": "Bearer ada"]).text == "ada")
    }

    @Test("errors of one's own and others in one place")
    func errors() async throws {
        struct Unknown: ErrorStatus {
            var status: Status { .notFound }
            var message: String { "User not found" }
        }
        struct Failure: Error {}
        let router = Router()
        router.use { ctx, next in
            do {
                try await next()
            } catch let error as any ErrorStatus {
                ctx.status = error.status
                ctx.body = ["error": .string(error.message)]
            } catch {
                ctx.status = .internalServerError
                ctx.body = ["error": "Internal Server Error"]
            }
        }
        router.get("/users/:id") { _ in throw Unknown() }
        router.get("/fail") { _ in throw Failure() }
        let unknown = try await router.client.get("/users/3")
        #expect(unknown.status == .notFound)
        #expect(try unknown.json["error"] == "User not found")
        #expect(try await router.client.get("/fail").status == .internalServerError)
    }

    @Test("health checks")
    func health() async throws {
        let ready = Recording<Bool>()
        let router = Router()
        router.get("/health", returning: { _ in ["status": "ok"] })
        router.get("/ready") { ctx in
            ctx.status = ready.values.isEmpty ? .serviceUnavailable : .ok
            ctx.body = ["status": ready.values.isEmpty ? "not ready" : "ready"]
        }
        router.get("/live", returning: { _ in ["status": "alive"] })
        #expect(try await router.client.get("/health").json["status"] == "ok")
        #expect(try await router.client.get("/ready").status == .serviceUnavailable)
        ready.add(true)
        #expect(try await router.client.get("/ready").json["status"] == "ready")
        #expect(try await router.client.get("/live").json["status"] == "alive")
    }

    @Test("lists in pages")
    func pagination() async throws {
        let router = Router()
        router.get("/items", returning: { ctx in
            let page = ctx.query["page"].flatMap(Int.init) ?? 1
            let limit = ctx.query["limit"].flatMap(Int.init) ?? 10
            return Array(Array(1...25).dropFirst((page - 1) * limit).prefix(limit))
        })
        #expect(try await router.client.get("/items?page=3&limit=10").text == "[21,22,23,24,25]")
        #expect(try await router.client.get("/items?limit=2").text == "[1,2]")
    }

    @Test("parameters that are checked, and resources that are loaded by them")
    func parameters() async throws {
        let users = ["e621e1f8-c36c-495a-93fc-0c247a3e6e5f": "Ada"]
        let router = Router()
        router.param("id") { value, ctx, next in
            try ctx.assert(UUID(uuidString: value) != nil, 400, "Invalid ID format")
            try await next()
        }
        router.param("id") { value, ctx, next in
            ctx.state["name"] = try ctx.require(users[value], 404, "User not found")
            try await next()
        }
        router.get("/users/:id") { ctx in ctx.body = .text(ctx.state["name"] as? String ?? "") }
        #expect(try await router.client.get("/users/1").text == "Invalid ID format")
        #expect(try await router.client.get("/users/00000000-c36c-495a-93fc-0c247a3e6e5f").text == "User not found")
        #expect(try await router.client.get("/users/e621e1f8-c36c-495a-93fc-0c247a3e6e5f").text == "Ada")
    }

    @Test("a resource with all its methods")
    func resource() async throws {
        let router = Router(prefix: "/posts", allowedMethods: true)
        router.get("/", answer("list")).post("/", answer("create"))
        router.get("/:id", answer("show")).put("/:id", answer("replace")).patch("/:id", answer("change"))
            .delete("/:id", answer("remove"))
        let api = Router(prefix: "/api", allowedMethods: true)
        api.use(router.routes())
        let client = api.client
        #expect(try await client.get("/api/posts").text == "list")
        #expect(try await client.post("/api/posts").text == "create")
        #expect(try await client.get("/api/posts/1").text == "show")
        #expect(try await client.put("/api/posts/1").text == "replace")
        #expect(try await client.patch("/api/posts/1").text == "change")
        #expect(try await client.delete("/api/posts/1").text == "remove")
        #expect(try await client.put("/api/posts").get("Allow") == "HEAD, GET, POST")
        #expect(try await client.options("/api/posts/1").get("Allow") == "HEAD, GET, PUT, PATCH, DELETE")
    }

    @Test("a request's body that is checked by a middleware of the route")
    func validation() async throws {
        struct NewUser: Codable, Sendable { var name: String }
        let validate: Middleware = { ctx, next in
            let bytes = try await ctx.request.stream.collect(upTo: 1024)
            do {
                ctx.state["name"] = try JSONDecoder().decode(NewUser.self, from: Data(bytes.readableBytesView)).name
            } catch {
                throw HTTPError(.unprocessableContent, "name is missing")
            }
            try await next()
        }
        let router = Router()
        router.post("/users", validate) { ctx in
            ctx.status = .created
            ctx.body = .text(ctx.state["name"] as? String ?? "")
        }
        #expect(try await router.client.post("/users", body: ["name": "Ada"]).text == "Ada")
        #expect(try await router.client.post("/users", body: ["nam": "Ada"]).text == "name is missing")
    }
}
