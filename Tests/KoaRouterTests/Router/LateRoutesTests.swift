import KoaTesting
import Testing

@testable import KoaRouter

@Suite("Routes that are added while the application serves")
struct LateRoutesTests {
    @Test("are seen by the next request, as often as that happens")
    func late() async throws {
        let app = Application()
        let router = Router()
        app.use(router.routes())
        for number in 1...3 {
            let before = try await app.test.get("/\(number)")
            #expect(before.status == 404)
            router.get("/\(number)") { ctx in ctx.body = .text("\(number)") }
            let after = try await app.test.get("/\(number)")
            #expect(after.text == "\(number)")
        }
    }

    @Test("move below a prefix that is set late")
    func prefix() async throws {
        let app = Application()
        let router = Router()
        router.get("/a") { ctx in ctx.body = "a" }
        app.use(router.routes())
        let first = try await app.test.get("/a")
        #expect(first.status == 200)
        router.prefix = "/p"
        let (old, new) = (try await app.test.get("/a"), try await app.test.get("/p/a"))
        #expect(old.status == 404)
        #expect(new.text == "a")
    }

    @Test("have the functions of parameters that are added late")
    func parameters() async throws {
        let app = Application()
        let router = Router()
        router.get("/:id") { ctx in ctx.body = .text(ctx.state["seen"] as? String ?? "none") }
        app.use(router.routes())
        let first = try await app.test.get("/1")
        #expect(first.text == "none")
        router.param("id") { id, ctx, next in
            ctx.state["seen"] = "saw \(id)"
            try await next()
        }
        let second = try await app.test.get("/1")
        #expect(second.text == "saw 1")
    }
}
