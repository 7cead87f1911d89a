import Foundation
import KoaMiddleware
import KoaTesting
import Logging
import Testing

@Suite("health", .timeLimit(.minutes(10)))
struct HealthTests {
    private func app(_ middleware: NamedMiddleware = health()) -> Application {
        let app = Application(silent: true)
        app.logger.logLevel = .critical
        app.use(middleware)
        app.use { ctx in ctx.body = "behind" }
        return app
    }

    @Test("answers its two paths to GET and HEAD, uncached")
    func answers() async throws {
        for path in ["/livez", "/readyz"] {
            let response = try await app().test.get(path)
            #expect(response.status == 200)
            #expect(try response.json == ["status": "ok"])
            #expect(response.get("Cache-Control") == "no-store")
            #expect(try await app().test.head(path).status == 200)
            #expect(try await app().test.post(path).text == "behind")
        }
        #expect(try await app().test.get("/livez/").text == "behind")
        #expect(try await app().test.get("/").text == "behind")
    }

    @Test("takes other paths, or none")
    func paths() async throws {
        let own = app(health(liveness: nil, readiness: "/health"))
        #expect(try await own.test.get("/livez").text == "behind")
        #expect(try await own.test.get("/readyz").text == "behind")
        #expect(try await own.test.get("/health").json == ["status": "ok"])
    }

    @Test("is not ready while a check fails, and doesn't say why")
    func checks() async throws {
        let client = app(health(checks: ["db": { throw Boom() }, "cache": {}])).test
        let response = try await client.get("/readyz")
        #expect(response.status == 503)
        #expect(try response.json == ["status": "unavailable", "checks": ["cache": "ok", "db": "failed"]])
        #expect(try await client.get("/livez").status == 200)
        let good = try await app(health(checks: ["db": {}])).test.get("/readyz")
        #expect(good.status == 200)
        #expect(try good.json == ["status": "ok", "checks": ["db": "ok"]])
    }

    @Test("takes a check that hangs for one that fails")
    func hanging() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        let app = Application(clock: clock)
        app.logger.logLevel = .critical
        app.use(
            health(checks: [
                "slow": {
                    while !Task.isCancelled {
                        clock.advance(by: .seconds(1))
                        await Task.yield()
                    }
                    throw CancellationError()
                }
            ]))
        #expect(try await app.test.get("/readyz").status == 503)
    }

    @Test("answers at the limit, also where a check doesn't heed its end, and starts none twice at a time")
    func stubborn() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        let app = Application(clock: clock)
        app.logger.logLevel = .critical
        let started = Recording<String>(), isOver = Recording<Bool>()
        app.use(
            health(checks: [
                "stubborn": {
                    started.add("stubborn")
                    while isOver.values.isEmpty {
                        clock.advance(by: .seconds(1))
                        await Task.yield()
                    }
                }
            ]))
        for _ in 1...3 {
            let response = try await app.test.get("/readyz")
            #expect(response.status == 503)
            #expect(try response.json == ["status": "unavailable", "checks": ["stubborn": "failed"]])
            #expect(started.values.count == 1)
        }
        isOver.add(true)
        // The one that was cancelled is waited for at most once more.
        while try await app.test.get("/readyz").status != 200 {}
        #expect(started.values.count <= 2)
    }

    @Test("is not ready when the server begins to stop, and alive until it has")
    func draining() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        let app = Application(clock: clock)
        app.use(health())
        var options = ServerOptions()
        options.stopDelay = .seconds(10)
        let client = try await app.test.live(options: options)
        #expect(try await client.get("/readyz").status == 200)
        let server = try #require(client.server)
        let stopping = Task { await server.stop() }
        while app.isReady { await Task.yield() }
        let ready = try await client.get("/readyz")
        #expect(ready.status == 503)
        #expect(try ready.json == ["status": "unavailable"])
        #expect(try await client.get("/livez").status == 200)
        server.stopNow()
        await stopping.value
    }
}
