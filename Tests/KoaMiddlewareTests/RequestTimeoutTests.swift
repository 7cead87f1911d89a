import Foundation
import KoaMiddleware
import KoaTesting
import Testing

@Suite("timeout", .timeLimit(.minutes(10)))
struct RequestTimeoutTests {
    private let clock = ManualClock(Date(timeIntervalSince1970: 0))

    private func app(_ status: Status = .serviceUnavailable, _ handler: @escaping Handler) -> Application {
        let app = Application(silent: true, clock: clock)
        app.use(timeout(.seconds(5), status: status))
        app.use(handler)
        return app
    }

    /// Waits until its task is cancelled.
    private static let untilCancelled: @Sendable () async throws -> Void = {
        let (stream, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        try Task.checkCancellation()
    }

    @Test("lets what is fast enough through, with its headers and context")
    func fast() async throws {
        let app = app { ctx in
            ctx.set("X-Seen", Context.current === ctx ? "current" : "lost")
            ctx.body = "fast"
        }
        let response = try await app.test.get("/")
        #expect(response.text == "fast")
        #expect(response.get("X-Seen") == "current")
        try await app.test.live { client in
            let live = try await client.get("/")
            #expect(live.text == "fast")
        }
    }

    @Test(
        "cancels what is too slow, waits for it, and answers", arguments: [Status.serviceUnavailable, .gatewayTimeout])
    func slow(status: Status) async throws {
        let steps = Recording<String>()
        let clock = clock
        let app = app(status) { ctx in
            ctx.body = "half"
            clock.advance(by: .milliseconds(4999))
            steps.add("waiting")
            // The timer may not have begun to listen: it looks at the time when it does.
            clock.advance(by: .milliseconds(1))
            while !Task.isCancelled {
                clock.advance(by: .seconds(1))
                await Task.yield()
            }
            steps.add("cancelled")
            throw CancellationError()
        }
        let response = try await app.test.get("/")
        #expect(response.status == status)
        #expect(response.text == status.reasonPhrase)
        #expect(steps.values == ["waiting", "cancelled"])
    }

    @Test("answers in the slow one's place also when that goes on to an end")
    func ignored() async throws {
        let clock = clock
        let app = app { ctx in
            while !Task.isCancelled {
                clock.advance(by: .seconds(1))
                await Task.yield()
            }
            ctx.body = "too late"
        }
        #expect(try await app.test.get("/").status == 503)
    }

    @Test("passes errors on")
    func errors() async throws {
        #expect(try await app { _ in throw HTTPError(.conflict) }.test.get("/").status == 409)
        #expect(try await app { _ in throw Boom() }.test.get("/").status == 500)
    }

    @Test("is cancelled with the request")
    func cancelled() async throws {
        let cancelled = Recording<Bool>()
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let app = app { _ in
            start.finish()
            defer { end.finish() }
            do {
                try await Self.untilCancelled()
            } catch {
                cancelled.add(true)
                throw error
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            for await _ in started {}
            await connection.reset()
            for await _ in ended {}
        }
        #expect(cancelled.values == [true])
    }
}
