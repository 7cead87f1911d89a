import KoaTesting
import Testing

@testable import Koa

@Suite("Settings changed while the application serves")
struct SettingsWhileServingTests {
    @Test("proxy, proxyIPHeader and maxIPsCount count for the next request")
    func proxies() async throws {
        let app = Application()
        app.use { ctx in ctx.body = .text(ctx.ip) }
        let handler = app.callback()
        let request = RequestHandler.Request(
            method: .get, target: "/",
            headers: ["X-Forwarded-For": "192.0.2.1, 192.0.2.2", "X-Client": "192.0.2.3"]
        )
        func ip() async -> String { String(buffer: await handler(request).body) }

        #expect(await ip() == "127.0.0.1")
        app.proxy = true
        #expect(await ip() == "192.0.2.1")
        app.maxIPsCount = 1
        #expect(await ip() == "192.0.2.2")
        app.proxyIPHeader = "X-Client"
        #expect(await ip() == "192.0.2.3")
        app.proxy = false
        #expect(await ip() == "127.0.0.1")
    }

    @Test("subdomainOffset counts for the next request, 0 too")
    func subdomainOffset() async throws {
        let app = Application()
        app.use { ctx in ctx.body = .text(ctx.subdomains.joined(separator: ",")) }
        let handler = app.callback()
        let request = RequestHandler.Request(method: .get, target: "/", headers: ["Host": "a.b.example.com"])
        #expect(String(buffer: await handler(request).body) == "b,a")
        app.subdomainOffset = 3
        #expect(String(buffer: await handler(request).body) == "a")
        app.subdomainOffset = 0
        #expect(String(buffer: await handler(request).body) == "com,example,b,a")
    }

    @Test("a handler sees settings that an earlier request changed")
    func fromInside() async throws {
        let app = Application()
        app.use { ctx in
            ctx.body = "\(ctx.app.silent)"
            ctx.app.silent = true
        }
        #expect(try await app.test.get("/").text == "false")
        #expect(try await app.test.get("/").text == "true")
    }

    @Test("JSON is written as the application's coding says at that time")
    func json() async throws {
        let app = Application()
        app.use { ctx in ctx.body = ["b": 1, "a": 2] }
        let handler = app.callback()
        #expect(String(buffer: await handler(.init(method: .get, target: "/")).body) == #"{"b":1,"a":2}"#)
        app.json.sortedKeys = true
        #expect(String(buffer: await handler(.init(method: .get, target: "/")).body) == #"{"a":2,"b":1}"#)
    }

    @Test("many tasks may set and read at once")
    func concurrently() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "\(ctx.app.subdomainOffset)" }
        let handler = app.callback()
        await withTaskGroup(of: Bool.self) { group in
            for offset in 0..<50 {
                group.addTask {
                    app.subdomainOffset = offset
                    return true
                }
                group.addTask {
                    let text = String(buffer: await handler(.init(method: .get, target: "/")).body)
                    return Int(text).map { (0..<50).contains($0) } ?? false
                }
            }
            for await isRight in group { #expect(isRight) }
        }
        #expect((0..<50).contains(app.subdomainOffset))
    }
}
