import KoaRouter
import KoaTesting
import Testing

@Suite("A router over a socket")
struct LiveRouterTests {
    private func app() -> Application {
        let router = Router(allowedMethods: true)
        router.get("/users/:id") { ctx in ctx.body = .text(ctx.params["id"] ?? "") }
        router.post("/users") { ctx in
            ctx.status = .created
            ctx.set("Location", try ctx.require(ctx.router).url("user", 3))
        }
        router.get("/users/:id/name", name: "user") { ctx in ctx.body = "Ada" }
        router.get("/files/*path") { ctx in ctx.body = .text(ctx.params["path"] ?? "") }
        router.on("PURGE")("/cache") { ctx in ctx.status = .noContent }
        return router.application()
    }

    @Test("answers as in memory")
    func answers() async throws {
        try await app().test.live { client in
            #expect(try await client.get("/users/a%20b").text == "a b")
            #expect(try await client.head("/users/3").get("Content-Length") == "1")
            #expect(try await client.post("/users").get("Location") == "/users/3/name")
            #expect(try await client.delete("/users/3").get("Allow") == "HEAD, GET")
            #expect(try await client.options("/users").get("Allow") == "POST")
            #expect(try await client.request(.init("PURGE")!, "/cache").status == .noContent)
            #expect(try await client.get("/files/a/../b//c%").text == "a/../b//c%")
        }
    }

    @Test("bytes that no client sends reach no route, or reach it as they are")
    func bytes() async throws {
        try await app().test.live { client in
            for target in ["/users/\u{0}", "/users/a b", "/users/\u{1}"] {
                let text = try await client.raw("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n", responses: nil)
                #expect(text.hasPrefix("HTTP/1.1 400 "), "\(target.debugDescription)")
            }
            let star = try await client.raw("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", responses: nil)
            #expect(star.hasPrefix("HTTP/1.1 404 "))
            let whole = try await client.raw(
                "GET http://x/users/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", responses: nil)
            #expect(whole.hasSuffix("\r\n\r\n7"))
        }
    }

    @Test("many connections at once each get their own answer")
    func parallel() async throws {
        try await app().test.live { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<20 {
                    group.addTask { #expect(try await client.get("/users/\(id)").text == "\(id)") }
                }
                try await group.waitForAll()
            }
        }
    }
}
