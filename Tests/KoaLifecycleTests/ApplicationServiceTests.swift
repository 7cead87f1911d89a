import FoundationEssentials
import Koa
import KoaLifecycle
import KoaTesting
import Logging
import NIOConcurrencyHelpers
import Testing

@Suite("app.service", .timeLimit(.minutes(10)))
struct ApplicationServiceTests {
    /// Runs a group with one service of the application until the closure has returned and the group has shut down.
    private func serve(
        _ app: Application,
        _ body: (Server, ServiceGroup) async throws -> Void
    ) async throws {
        let (servers, started) = AsyncStream.makeStream(of: Server.self)
        let service = app.service(0) { started.yield($0) }
        let group = ServiceGroup(services: [service], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        async let running: Void = group.run()
        let server = try #require(await servers.first { _ in true })
        do {
            try await body(server, group)
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await running
    }

    private func quietApplication() -> Application {
        Application(silent: true, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test("serves requests on the port that onStart tells, until the group shuts down")
    func serves() async throws {
        let app = quietApplication()
        app.use { ctx in ctx.body = "Hello from \(ctx.path)" }
        let seen = NIOLockedValueBox<Server?>(nil)
        try await serve(app) { server, _ in
            seen.withLockedValue { $0 = server }
            let client = app.test.live(at: server)
            for path in ["/a", "/b"] {
                let response = try await client.get(path)
                #expect(response.status == 200)
                #expect(response.text == "Hello from \(path)")
            }
        }
        let server = try #require(seen.withLockedValue { $0 })
        #expect(server.connectionCount == 0)
        await #expect(throws: TestError.self) { try await app.test.live(at: server).connect() }
    }

    @Test("graceful shutdown finishes a request that runs, and takes no new connection")
    func finishesRunningRequest() async throws {
        let app = quietApplication()
        let (entered, didEnter) = AsyncStream.makeStream(of: Void.self)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        app.use { ctx in
            didEnter.yield()
            for await _ in gate { break }
            ctx.body = "finished, cancelled: \(Task.isCancelled)"
        }
        try await serve(app) { server, group in
            let connection = try await app.test.live(at: server).connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = await entered.first { true }
            await group.triggerGracefulShutdown()
            await server.waitUntilClosed()
            await #expect(throws: TestError.self) { try await app.test.live(at: server).connect() }

            open.yield()
            let response = try await connection.receiveResponse()
            #expect(response.text == "finished, cancelled: false")
            #expect(try await connection.receiveAll() == "")
        }
    }

    @Test("cancelling the task ends the service")
    func cancellation() async throws {
        let app = quietApplication()
        app.use { ctx in ctx.body = "here" }
        let (servers, started) = AsyncStream.makeStream(of: Server.self)
        let service = app.service(0) { started.yield($0) }
        let task = Task { try await service.run() }
        let server = try #require(await servers.first { _ in true })
        #expect(try await app.test.live(at: server).get("/").text == "here")
        task.cancel()
        try await task.value
        await #expect(throws: TestError.self) { try await app.test.live(at: server).connect() }
    }

    @Test("ends when the server is stopped by someone else")
    func stoppedElsewhere() async throws {
        let service = quietApplication().service(0) { server in Task { await server.stop() } }
        try await service.run()
    }

    @Test("throws what keeps it from starting, and the group ends with it")
    func startFailure() async throws {
        let app = quietApplication()
        let taken = try await app.start(0)
        let port = try #require(taken.port)
        let group = ServiceGroup(
            services: [app.service(port) { _ in Issue.record("it started") }],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let error = await #expect(throws: KoaError.self) { try await group.run() }
        #expect(error?.code == .startFailed)
        #expect(error?.message.contains("\(port)") == true)
        await taken.stop()
    }

    @Test("listens on a Unix socket")
    func unixSocket() async throws {
        let app = quietApplication()
        app.use { ctx in ctx.body = "by socket" }
        let path = FileManager.default.temporaryDirectory.path + "/koa-lifecycle-\(UInt64.random(in: 0 ... .max)).sock"
        let (servers, started) = AsyncStream.makeStream(of: Server.self)
        let service = app.service(unixSocket: path) { started.yield($0) }
        #expect(service.place == .unixSocket(path))
        let task = Task { try await service.run() }
        let server = try #require(await servers.first { _ in true })
        #expect(server.port == nil)
        #expect(try await app.test.live(at: server).get("/").text == "by socket")
        task.cancel()
        try await task.value
    }

    @Test("listens on this machine's port 3000 by default")
    func defaults() {
        #expect(quietApplication().service().place == .tcp(port: 3000, host: "127.0.0.1"))
        #expect(quietApplication().service(80, host: "::1").place == .tcp(port: 80, host: "::1"))
    }
}
