import KoaTesting
import Logging
import Testing

@testable import KoaMiddleware

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("logger")
struct LoggerTests {
    private let lines = Recording<String>()
    private let clock = ManualClock(Date(timeIntervalSince1970: 0))

    private func app(colored: Bool = false, _ handler: @escaping Handler) -> Application {
        let app = Application(clock: clock)
        app.silent = true
        app.use(logger(.lines(colored: colored) { [lines] in lines.add($0) }))
        app.use(handler)
        return app
    }

    @Test("writes a line for the request and one for the response, with time and length")
    func both() async throws {
        let app = app { [clock] ctx in
            clock.advance(by: .milliseconds(12))
            ctx.body = .text(String(repeating: "x", count: 1536))
        }
        _ = try await app.test.get("/a?b=c")
        #expect(lines.values == ["  <-- GET /a?b=c", "  --> GET /a?b=c 200 12ms 1.5kb"])
    }

    @Test(
        "writes each status, and no length for those without a body",
        arguments: [(200, "2b"), (201, "2b"), (301, "2b"), (404, "2b"), (500, "2b"), (204, ""), (304, "")])
    func statuses(code: Int, size: String) async throws {
        let app = app { ctx in
            ctx.body = "in"
            ctx.status = Status(code)
        }
        _ = try await app.test.post("/")
        #expect(lines.values.last == "  --> POST / \(code) 0ms \(size)")
    }

    @Test("sees the status that others outside set last, and the URL that came")
    func outside() async throws {
        let app = Application(clock: clock)
        app.use { ctx, next in
            try await next()
            ctx.status = 418
        }
        app.use(logger(.lines { [lines] in lines.add($0) }))
        app.use { ctx in
            ctx.url = "/rewritten"
            ctx.body = "in"
        }
        _ = try await app.test.get("/came")
        #expect(lines.values.last == "  --> GET /came 418 0ms 2b")
    }

    @Test("counts what was sent of a stream", arguments: [true, false])
    func streams(live: Bool) async throws {
        let app = app { ctx in
            ctx.body = .stream { writer in
                for _ in 0..<3 { try await writer.write("1234") }
            }
        }
        let client = live ? try await app.test.live() : app.test
        _ = try await client.get("/")
        await client.stop()
        #expect(lines.values.last == "  --> GET / 200 0ms 12b")
    }

    @Test("writes an error at once, with its status, and lets it go on")
    func errors() async throws {
        let app = app { ctx in
            if ctx.path == "/http" { try ctx.throw(403) }
            throw Boom()
        }
        #expect(try await app.test.get("/http").status == 403)
        #expect(try await app.test.get("/boom").status == 500)
        #expect(
            lines.values.filter { $0.contains("xxx") } == ["  xxx GET /http 403 0ms -", "  xxx GET /boom 500 0ms -"])
        #expect(lines.values.count == 4)
    }

    @Test("says when the client went away before the end")
    func closed() async throws {
        let (gone, left) = AsyncStream<Void>.makeStream()
        let app = app { ctx in
            ctx.onFinish { left.finish() }
            ctx.body = .stream { writer in
                while true { try await writer.write(String(repeating: "x", count: 100_000)) }
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await connection.receive(until: "\r\n\r\n")
            await connection.reset()
            for await _ in gone {}
        }
        #expect(lines.values.last?.hasPrefix("  -x- GET / 200 0ms ") == true)
    }

    @Test("writes no status of a client that left before one was sent, and no error")
    func leftEarly() async throws {
        let waiting = Waiting()
        let app = app { ctx in try await waiting(ctx) }
        try await waiting.leave(app)
        #expect(lines.values == ["  <-- GET /", "  -x- GET / - 0ms -"])
    }

    @Test("writes the status that the server answered with when a handler took too long", arguments: [true, false])
    func timedOut(heedsCancellation: Bool) async throws {
        let waiting = Waiting()
        let app = app { ctx in
            do {
                try await waiting(ctx)
            } catch {
                if heedsCancellation { throw error }
                ctx.body = "too late"
            }
        }
        try await waiting.timeOut(app, clock)
        #expect(lines.values.last == "  \(heedsCancellation ? "xxx" : "-->") GET / 503 6,000ms -")
    }

    @Test("takes a cancellation for the 503 that it becomes, and an odd status for its 500")
    func cancelled() async throws {
        struct Odd: ErrorStatus {
            let status = Status(99), message = "odd", expose = false, headers = Headers()
        }
        let app = app { ctx in
            if ctx.path == "/odd" { throw Odd() }
            throw CancellationError()
        }
        #expect(try await app.test.get("/").status == 503)
        #expect(lines.values.last == "  xxx GET / 503 0ms -")
        #expect(try await app.test.get("/odd").status == 500)
        #expect(lines.values.last == "  xxx GET /odd 500 0ms -")
    }

    @Test("writes an entry without a status, at the usual level, of a client that left")
    func structuredClosed() async throws {
        let entries = Recording<(Logging.Logger.Level, String, Logging.Logger.Metadata)>()
        let app = Application(
            logger: Logging.Logger(label: "koa") { _ in EntryHandler(entries: entries) }, clock: clock)
        app.silent = true
        app.use(logger(.structured()))
        let waiting = Waiting()
        app.use { ctx in try await waiting(ctx) }
        try await waiting.leave(app)
        let requests = entries.values.filter { $0.2["url"] == "/" }
        #expect(requests.map(\.0) == [.info])
        #expect(requests.first?.1 == "GET / -")
        #expect(requests.first?.2["status"] == nil)
        #expect(requests.first?.2["error"] == nil)
        #expect(requests.first?.2["closed"] == "true")
    }

    @Test(
        "colours by the status's class",
        arguments: [(200, 32), (302, 36), (404, 33), (500, 31), (700, 35), (600, 33)])
    func colors(status: Int, color: Int) {
        let line = LogLine(isColored: true).response("GET", "/", .sent, status: status, milliseconds: 1, length: 1)
        #expect(line.contains("\u{1B}[\(color)m\(status)\u{1B}[39m"))
        #expect(line.contains("\u{1B}[1mGET\u{1B}[22m"))
        #expect(
            LogLine(isColored: true).request("GET", "/")
                == "  \u{1B}[90m<--\u{1B}[39m \u{1B}[1mGET\u{1B}[22m \u{1B}[90m/\u{1B}[39m")
        for (ending, arrow) in [(LogLine.Ending.sent, "[90m-->"), (.closed, "[33m-x-"), (.failed, "[31mxxx")] {
            let line = LogLine(isColored: true).response("GET", "/", ending, status: 200, milliseconds: 1, length: 1)
            #expect(line.contains(arrow))
        }
    }

    @Test("shows what a terminal would obey")
    func controls() {
        let line = LogLine(isColored: false).request("GET", "/\u{1B}[2J\n\u{7F}\u{9B}é")
        #expect(line == "  <-- GET /\\u{1b}[2J\\u{a}\\u{7f}\\u{9b}é")
    }

    @Test(
        "writes times and sizes as people read them",
        arguments: [
            (0, "0ms"), (999, "999ms"), (1_234, "1,234ms"), (9_999, "9,999ms"), (10_000, "10s"), (12_500, "13s"),
            (1_234_567_000, "1,234,567s"),
        ])
    func times(milliseconds: Int, text: String) {
        #expect(LogLine.time(milliseconds) == text)
    }

    @Test(
        "writes sizes with at most two decimals",
        arguments: [
            (0, "0b"), (1_023, "1023b"), (1_024, "1kb"), (1_536, "1.5kb"), (1_034, "1.01kb"), (1_075, "1.05kb"),
            (5_242_880, "5mb"), (1 << 40, "1tb"),
        ])
    func sizes(bytes: Int, text: String) {
        #expect(LogLine.size(bytes) == text)
    }

    @Test("writes one entry with metadata into the application's logger, and errors as such")
    func structured() async throws {
        let entries = Recording<(Logging.Logger.Level, String, Logging.Logger.Metadata)>()
        let app = Application(
            logger: Logging.Logger(label: "koa") { _ in EntryHandler(entries: entries) }, clock: clock)
        app.silent = true
        app.use(logger(.structured()))
        app.use { [clock] ctx in
            clock.advance(by: .milliseconds(7))
            if ctx.path == "/boom" { throw Boom() }
            ctx.body = "in"
        }
        _ = try await app.test.get("/a")
        _ = try await app.test.get("/boom")
        #expect(entries.values.map(\.0) == [.info, .error])
        #expect(entries.values.map(\.1) == ["GET /a 200", "GET /boom 500"])
        #expect(
            entries.values.first?.2 == [
                "method": "GET", "url": "/a", "status": "200", "duration_ms": "7", "length": "2", "ip": "127.0.0.1",
            ])
        #expect(entries.values.last?.2["error"] == "boom")
    }

    @Test("doesn't hold the context")
    func releases() async throws {
        let kept = WeakContext()
        let app = app { ctx in
            kept.ctx = ctx
            ctx.body = "in"
        }
        _ = try await app.test.get("/")
        #expect(lines.values.count == 2)
        #expect(kept.ctx == nil)
    }
}

/// A context, as long as somebody else holds it; requests of these tests come one after the other.
private final class WeakContext: @unchecked Sendable {
    weak var ctx: Context?
}

private struct EntryHandler: LogHandler {
    let entries: Recording<(Logging.Logger.Level, String, Logging.Logger.Metadata)>
    var metadata: Logging.Logger.Metadata = [:]
    var logLevel = Logging.Logger.Level.trace

    init(entries: Recording<(Logging.Logger.Level, String, Logging.Logger.Metadata)>) {
        self.entries = entries
    }

    subscript(metadataKey key: String) -> Logging.Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        entries.add((event.level, "\(event.message)", event.metadata ?? [:]))
    }
}
