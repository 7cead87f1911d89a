import Foundation
import InMemoryTracing
import KoaMiddleware
import KoaRouter
import KoaTelemetry
import KoaTesting
import Testing
import Tracing

@Suite("tracing()")
struct TracingTests {
    private let tracer = InMemoryTracer()
    private let app: Application

    init() {
        app = Application(silent: true)
        app.use(tracing(tracer: tracer))
    }

    private func attribute(_ span: FinishedInMemorySpan, _ name: String) -> String? {
        span.attributes.get(name).map { value in
            switch value {
            case .string(let text): text
            case .int64(let number): "\(number)"
            case .int32(let number): "\(number)"
            default: "\(value)"
            }
        }
    }

    @Test("makes a server span of a request, named by its route")
    func span() async throws {
        let router = Router()
        router.get("/users/:id") { ctx in ctx.body = "ok" }
        app.use(router.routes())
        let headers: Headers = ["User-Agent": "tests", "Host": "example.com:80"]
        _ = try await app.test.get("/users/42?token=hunter2", headers: headers)
        let span = try #require(tracer.finishedSpans.first)
        #expect(tracer.finishedSpans.count == 1)
        #expect(span.operationName == "GET /users/:id")
        #expect(span.kind == .server)
        let expected = [
            "http.request.method": "GET", "http.route": "/users/:id", "http.response.status_code": "200",
            "url.path": "/users/42", "url.scheme": "http", "server.address": "example.com",
            "client.address": "127.0.0.1", "network.protocol.version": "1.1", "user_agent.original": "tests",
        ]
        for (name, value) in expected { #expect(attribute(span, name) == value, "\(name)") }
        #expect(span.attributes.count == expected.count)
        #expect(span.status == nil)
        #expect(span.errors.isEmpty)
    }

    @Test("has no status of a client that left before one was sent, and no error")
    func left() async throws {
        let waiting = Waiting()
        app.use { ctx in try await waiting(ctx) }
        try await waiting.leave(app)
        let span = try #require(tracer.finishedSpans.first)
        #expect(attribute(span, "http.response.status_code") == nil)
        #expect(attribute(span, "error.type") == nil)
        #expect(span.status == nil)
        #expect(span.errors.isEmpty)
    }

    @Test("has the status that the server answered with when a handler took too long")
    func timedOut() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        let app = Application(silent: true, clock: clock)
        app.use(tracing(tracer: tracer))
        let waiting = Waiting()
        app.use { ctx in try await waiting(ctx) }
        try await waiting.timeOut(app, clock)
        let span = try #require(tracer.finishedSpans.first)
        #expect(attribute(span, "http.response.status_code") == "503")
        #expect(attribute(span, "error.type") == "503")
        #expect(span.status?.code == .error)
        #expect(span.errors.isEmpty)
    }

    @Test("names a span by its method alone where no route matched")
    func noRoute() async throws {
        _ = try await app.test.get("/random/path")
        let span = try #require(tracer.finishedSpans.first)
        #expect(span.operationName == "GET")
        #expect(attribute(span, "http.route") == nil)
        #expect(attribute(span, "http.response.status_code") == "404")
        #expect(span.status == nil, "the client's mistake")
    }

    @Test("keeps methods that nobody knows out of names")
    func unknownMethod() async throws {
        _ = try await app.test.request(#require(.init("BREW")), "/")
        let span = try #require(tracer.finishedSpans.first)
        #expect(span.operationName == "HTTP")
        #expect(attribute(span, "http.request.method") == "_OTHER")
        #expect(attribute(span, "http.request.method_original") == "BREW")
    }

    @Test("records errors that are the server's, and passes them on")
    func errors() async throws {
        app.use { _, _ in throw Boom() }
        let response = try await app.test.get("/")
        #expect(response.status == 500)
        let span = try #require(tracer.finishedSpans.first)
        #expect(span.errors.count == 1)
        #expect(span.errors.first?.error is Boom)
        #expect(span.status?.code == .error)
        #expect(attribute(span, "http.response.status_code") == "500")
        #expect(attribute(span, "error.type")?.hasSuffix("Boom") == true)
    }

    @Test("records no errors that are the client's")
    func clientErrors() async throws {
        app.use { ctx, _ in try ctx.throw(403) }
        _ = try await app.test.get("/")
        let span = try #require(tracer.finishedSpans.first)
        #expect(span.errors.isEmpty)
        #expect(span.status == nil)
        #expect(attribute(span, "http.response.status_code") == "403")
        #expect(attribute(span, "error.type") == nil)
    }

    @Test("knows failures that were answered below")
    func answered() async throws {
        app.use { ctx in ctx.status = 503 }
        _ = try await app.test.get("/")
        let span = try #require(tracer.finishedSpans.first)
        #expect(span.status?.code == .error)
        #expect(attribute(span, "error.type") == "503")
    }

    @Test("nests the spans of what runs below, before and after next")
    func nesting() async throws {
        let tracer = tracer
        app.use { ctx, next in
            tracer.startSpan("before").end()
            try await next()
            tracer.startSpan("after").end()
        }
        app.use { ctx in
            async let child: Void = { tracer.startSpan("child task").end() }()
            await child
            ctx.body = "ok"
        }
        _ = try await app.test.get("/")
        let spans = tracer.finishedSpans
        let parent = try #require(spans.first { $0.kind == .server })
        #expect(spans.count == 4)
        for span in spans where span.kind != .server {
            #expect(span.parentSpanID == parent.spanID, "\(span.operationName)")
            #expect(span.traceID == parent.traceID)
        }
        #expect(ServiceContext.current == nil, "it ends with the request")
    }

    @Test("goes on with the trace of the request's headers")
    func propagation() async throws {
        app.use { ctx in ctx.body = "ok" }
        _ = try await app.test.get(
            "/",
            headers: [
                InMemoryTracer.traceIDKey: "the-trace", InMemoryTracer.spanIDKey: "the-caller",
            ])
        let span = try #require(tracer.finishedSpans.first)
        #expect(span.traceID == "the-trace")
        #expect(span.parentSpanID == "the-caller")
    }

    @Test("ends a span when the response was sent")
    func streaming() async throws {
        let tracer = tracer
        app.use { ctx in
            ctx.body = .stream { writer in
                #expect(tracer.finishedSpans.isEmpty)
                try await writer.write("x")
            }
        }
        _ = try await app.test.get("/")
        #expect(tracer.finishedSpans.count == 1)
    }

    @Test("ends each span, whoever goes away")
    func many() async throws {
        app.use { ctx in ctx.body = "ok" }
        try await app.test.live { client in
            for _ in 0..<5 { _ = try await client.get("/") }
        }
        #expect(tracer.finishedSpans.count == 5)
        #expect(tracer.activeSpans.isEmpty)
    }

    @Test("knows the path where a router is mounted")
    func mounted() async throws {
        let router = Router()
        router.get("/:id") { ctx in ctx.body = "ok" }
        app.use(mount("/api", mount("/v1", router.routes())))
        _ = try await app.test.get("/api/v1/7")
        #expect(tracer.finishedSpans.first?.operationName == "GET /api/v1/:id")
    }

    @Test("works without a tracer")
    func noTracer() async throws {
        let app = Application()
        app.use(tracing())
        app.use { ctx in ctx.body = "ok" }
        #expect(try await app.test.get("/").text == "ok")
    }
}
