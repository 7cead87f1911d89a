import KoaRouter
import KoaTesting
import Testing

@Suite("HEAD")
struct HeadTests {
    private func client() -> TestClient {
        let router = Router()
        router.use(mark("use"))
        router.get("/users/:id") { ctx in
            ctx.set("X-User", ctx.params["id"] ?? "")
            ctx.set("X-Tab", ctx.query["tab"] ?? "")
            ctx.body = "Ada"
        }
        router.post("/post", answer("post")).put("/put", answer("put"))
        router.head("/own") { ctx in ctx.set("X-Own", "head") }
        router.get("/own") { ctx in ctx.set("X-Own", "get") }
        return router.application(allowedMethods: true).test
    }

    @Test("is answered by a GET route: its headers, its length, no body")
    func get() async throws {
        let response = try await client().head("/users/3?tab=posts")
        #expect(response.status == .ok)
        #expect(response.get("X-User") == "3")
        #expect(response.get("X-Tab") == "posts")
        #expect(response.get("Content-Length") == "3")
        #expect(response.text.isEmpty)
        #expect(response.order == ["use"])
    }

    @Test("isn't answered by routes of other methods", arguments: ["/post", "/put"])
    func others(target: String) async throws {
        let response = try await client().head(target)
        #expect(response.status == .methodNotAllowed)
        #expect(response.get("Allow") == String(target.dropFirst()).uppercased())
    }

    @Test("is answered by a HEAD route before it, which GET isn't")
    func own() async throws {
        #expect(try await client().head("/own").get("X-Own") == "head")
        #expect(try await client().get("/own").get("X-Own") == "get")
    }

    @Test("stands first in Allow, and once")
    func allow() async throws {
        #expect(try await client().options("/users/3").get("Allow") == "HEAD, GET")
        #expect(try await client().options("/own").get("Allow") == "HEAD, GET")
    }
}
