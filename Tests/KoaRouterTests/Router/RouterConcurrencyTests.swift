import KoaRouter
import KoaTesting
import Testing

@Suite("A router that is used by many tasks")
struct RouterConcurrencyTests {
    @Test("answers rightly while routes are added")
    func adding() async throws {
        let router = Router()
        router.use { _, next in try await next() }
        router.param("id") { value, ctx, next in
            ctx.set("X-Param", value)
            try await next()
        }
        router.get("/users/:id", name: "user") { ctx in ctx.body = .text(ctx.params["id"] ?? "") }
        router.get(/^\/numbers\/(?<number>\d+)$/) { ctx in ctx.body = .text(ctx.params["number"] ?? "") }
        router.get("/constrained/:id", where: ["id": .matching(/[a-z]\d+/)]) { ctx in ctx.body = "constrained" }
        let app = router.application(allowedMethods: true)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<25 {
                        let id = "\(task)-\(number)"
                        let user = try await app.test.get("/users/\(id)")
                        #expect(user.text == id)
                        #expect(user.get("X-Param") == id)
                        #expect(try await app.test.get("/numbers/\(number)").text == "\(number)")
                        #expect(try await app.test.get("/constrained/x\(number)").text == "constrained")
                        #expect(try await app.test.delete("/users/\(id)").status == .methodNotAllowed)
                        #expect(try router.url("user", ["id": .text(id)]) == "/users/\(id)")
                    }
                }
            }
            group.addTask {
                for number in 0..<50 {
                    router.get("/late/\(number)") { ctx in ctx.body = "\(number)" }
                    router.use("/late/\(number)", mark("late"))
                    #expect(try await app.test.get("/late/\(number)").text == "\(number)")
                }
            }
            group.addTask {
                for _ in 0..<50 {
                    let outer = Router()
                    outer.use("/outer", router.routes())
                    #expect(try await outer.client.get("/outer/users/1").text == "1")
                }
            }
            try await group.waitForAll()
        }
        #expect(try await app.test.get("/late/49").text == "49")
    }

    @Test("keeps the parameters of requests that run at the same time apart")
    func apart() async throws {
        let router = Router()
        router.get("/:id") { ctx in
            let before = ctx.params["id"]
            for _ in 0..<10 { await Task.yield() }
            ctx.body = .text("\(before ?? "") \(ctx.params["id"] ?? "")")
        }
        let app = router.application()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 0..<100 {
                group.addTask { #expect(try await app.test.get("/\(id)").text == "\(id) \(id)") }
            }
            try await group.waitForAll()
        }
    }

    @Test("may be built by several tasks at once: nothing is lost")
    func building() async throws {
        let router = Router()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<50 { router.get("/\(task)/\(number)", answer("\(task)/\(number)")) }
                }
            }
        }
        #expect(try router.describe().split(separator: "\n").count == 400)
        #expect(try await router.client.get("/7/49").text == "7/49")
    }
}
