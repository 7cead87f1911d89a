import CoreMetrics
import Foundation
import KoaMiddleware
import KoaRouter
import KoaTelemetry
import KoaTesting
import MetricsTestKit
import Testing

@Suite("metrics()")
struct MetricsTests {
    private let recorded = TestMetrics()
    private let clock = ManualClock(Date(timeIntervalSince1970: 0))
    private let app: Application

    init() {
        app = Application(silent: true, clock: clock)
        app.use(metrics(factory: recorded))
    }

    /// The labels of a series, in one text.
    private func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
    }

    private func counted() -> [String: Int64] {
        Dictionary(
            recorded.counters(label: "http.server.request.count").map { (labels($0.dimensions), $0.totalValue) },
            uniquingKeysWith: +)
    }

    @Test("counts requests by method, route, status and scheme")
    func counts() async throws {
        let router = Router()
        router.get("/users/:id") { ctx in ctx.body = "ok" }
        app.use(router.routes())
        _ = try await app.test.get("/users/1")
        _ = try await app.test.get("/users/2?q=x")
        var secure = app.test
        secure.isSecure = true
        _ = try await secure.get("/users/3")
        let common = "http.request.method=GET http.route=/users/:id http.response.status_code=200"
        #expect(
            counted() == [
                "\(common) url.scheme=http error.type=": 2, "\(common) url.scheme=https error.type=": 1,
            ])
    }

    @Test("has no label that a client can choose")
    func cardinality() async throws {
        app.use(Router().routes())
        for index in 0..<20 {
            let method = try #require(HTTPRequest.Method("M\(index)"))
            let headers: Headers = ["Host": "h\(index).example", "User-Agent": "\(index)"]
            _ = try await app.test.request(method, "/random/\(index)", headers: headers)
        }
        let labels =
            "http.request.method=_OTHER http.route= http.response.status_code=501 url.scheme=http error.type=501"
        #expect(counted() == [labels: 20])
        #expect(recorded.meters(label: "http.server.active_requests").count == 1)
    }

    @Test("has the same labels in each series of a metric")
    func sameLabels() async throws {
        app.use { ctx in
            if ctx.path == "/boom" { throw Boom() }
            ctx.body = "ok"
        }
        _ = try await app.test.get("/")
        _ = try await app.test.get("/boom")
        let series =
            recorded.counters.map(\.dimensions) + recorded.timers.map(\.dimensions)
            + recorded.recorders.map(\.dimensions)
        let names = Set(series.map { $0.map(\.0) })
        #expect(names.count == 1)
        #expect(names.first?.contains("error.type") == true)
    }

    @Test("knows the path where a router is mounted")
    func mounted() async throws {
        let router = Router(prefix: "/v1")
        router.get("/users/:id") { ctx in ctx.body = "ok" }
        app.use(mount("/api", router.routes()))
        _ = try await app.test.get("/api/v1/users/1")
        #expect(counted().keys.first?.contains("http.route=/api/v1/users/:id ") == true)
    }

    @Test(
        "knows the status of an error that nobody caught",
        arguments: [("/boom", 500), ("/teapot", 418), ("/none", 404)])
    func errors(path: String, status: Int) async throws {
        app.use { ctx in
            if ctx.path == "/boom" { throw Boom() }
            if ctx.path == "/teapot" { try ctx.throw(418) }
        }
        _ = try await app.test.get(path)
        let type = status >= 500 ? "\(status)" : ""
        #expect(counted().keys.first?.contains("http.response.status_code=\(status) ") == true)
        #expect(counted().keys.first?.hasSuffix("error.type=\(type)") == true)
    }

    @Test("has no status of a client that left before one was sent")
    func left() async throws {
        let waiting = Waiting()
        app.use { ctx in
            ctx.body = "too late"
            try await waiting(ctx)
        }
        try await waiting.leave(app)
        let labels = "http.request.method=GET http.route= http.response.status_code= url.scheme=http error.type="
        #expect(counted() == [labels: 1])
        #expect(recorded.recorders(label: "http.server.response.body.size").first?.values == [0])
    }

    @Test("knows the status of a client that left while it was sent a body")
    func leftLate() async throws {
        let (gone, left) = AsyncStream<Void>.makeStream()
        app.use { ctx in
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
        #expect(counted().keys.first?.contains("http.response.status_code=200 ") == true)
    }

    @Test("knows the status that the server answered with when a handler took too long", arguments: [true, false])
    func timedOut(heedsCancellation: Bool) async throws {
        let waiting = Waiting()
        app.use { ctx in
            do {
                try await waiting(ctx)
            } catch {
                if heedsCancellation { throw error }
                ctx.body = "too late"
            }
        }
        try await waiting.timeOut(app, clock)
        let labels = "http.request.method=GET http.route= http.response.status_code=503 url.scheme=http error.type=503"
        #expect(counted() == [labels: 1])
        #expect(recorded.recorders(label: "http.server.response.body.size").first?.values == [0])
    }

    @Test("times requests by the application's clock, until the response was sent")
    func duration() async throws {
        let clock = clock
        app.use { ctx in
            clock.advance(by: .milliseconds(20))
            ctx.body = .stream { writer in
                clock.advance(by: .milliseconds(30))
                try await writer.write("x")
            }
        }
        _ = try await app.test.get("/")
        let timer = try #require(recorded.timers(label: "http.server.request.duration").first)
        #expect(timer.values == [50_000_000])
    }

    @Test(
        "sizes bodies as they are on the wire", arguments: [("/text", 6), ("/json", 7), ("/stream", 6), ("/none", 0)])
    func sizes(path: String, size: Int) async throws {
        app.use { ctx in
            switch ctx.path {
            case "/text": ctx.body = "hällo"
            case "/json": ctx.body = ["a": 1]
            case "/stream":
                ctx.body = .stream { writer in
                    try await writer.write("abc")
                    try await writer.write("def")
                }
            default: ctx.status = 204
            }
        }
        _ = try await app.test.get(path)
        let sent = try #require(recorded.recorders(label: "http.server.response.body.size").first)
        #expect(sent.values == [Double(size)])
        #expect(recorded.recorders(label: "http.server.request.body.size").first?.values == [0])
    }

    @Test("sizes what came, whether it was read or not", arguments: [true, false])
    func received(reads: Bool) async throws {
        app.use { ctx in
            if reads { _ = try await ctx.request.stream.collect(upTo: 100) }
            ctx.body = "ok"
        }
        try await app.test.live { client in
            _ = try await client.post("/", body: "0123456789")
        }
        #expect(recorded.recorders(label: "http.server.request.body.size").first?.values == [10])
    }

    @Test("sizes a HEAD response as the nothing that was sent")
    func head() async throws {
        app.use { ctx in ctx.body = "hello" }
        _ = try await app.test.head("/")
        #expect(recorded.recorders(label: "http.server.response.body.size").first?.values == [0])
    }

    @Test("knows how many requests are served at the time")
    func active() async throws {
        let recorded = recorded
        app.use { ctx in
            let meter = try recorded.expectMeter(
                "http.server.active_requests", [("http.request.method", "GET"), ("url.scheme", "http")])
            #expect(meter.values.last == 1)
            if ctx.path == "/boom" { throw Boom() }
            ctx.body = "ok"
        }
        _ = try await app.test.get("/")
        _ = try await app.test.get("/boom")
        #expect(recorded.meters(label: "http.server.active_requests").first?.values == [1, 0, 1, 0])
    }

    @Test("measures over sockets as in memory, and lets no context live on")
    func live() async throws {
        weak var context: Context?
        let seen = Weak()
        app.use { ctx in
            seen.set(ctx)
            ctx.body = "ok"
        }
        try await app.test.live { client in
            _ = try await client.get("/")
            _ = try await client.get("/")
        }
        context = seen.context
        #expect(context == nil)
        #expect(counted().values.reduce(0, +) == 2)
    }

    #if DEBUG
        @Test("is warned of where a router stands above it")
        func order() throws {
            #expect(metrics(factory: recorded).orderRules.count == 1)
            #expect(metrics(factory: recorded).kind == .metrics)
        }
    #endif
}

struct Boom: Error {}

/// Holds a context weakly, for a test that asks whether it is gone.
final class Weak: @unchecked Sendable {
    private weak var held: Context?

    var context: Context? { held }

    func set(_ context: Context) { held = context }
}
