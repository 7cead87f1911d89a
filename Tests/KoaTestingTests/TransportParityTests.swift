import KoaTesting
import Testing

/// One application and the requests that it is asked in both ways.
struct ParityCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let setUp: @Sendable (Application) -> Void
    let requests: [ParityRequest]

    init(_ name: String, _ requests: [ParityRequest] = [.init()], _ handler: @escaping Handler) {
        testDescription = name
        self.requests = requests
        setUp = { app in app.use(handler) }
    }
}

struct ParityRequest: Sendable {
    var method: HTTPRequest.Method = .get
    var target = "/"
    var headers: Headers = [:]
    var body: TestBody?
}

struct Interrupted: Error {}

@Suite("in memory and live give the same responses", .timeLimit(.minutes(10)))
struct TransportParityTests {
    /// What a connection adds, and memory has no reason to.
    private static let ofConnections = ["date", "connection", "keep-alive", "transfer-encoding"]

    static let bodies: [ParityCase] = [
        ParityCase("text") { ctx in ctx.body = "Hello Wörld" },
        ParityCase("HTML") { ctx in ctx.body = "<p>Hello</p>" },
        ParityCase("empty text") { ctx in ctx.body = "" },
        ParityCase("bytes") { ctx in ctx.body = .bytes([0, 13, 10, 255]) },
        ParityCase("JSON") { ctx in ctx.body = ["b": 1, "a": [true, false]] },
        ParityCase("nil") { ctx in ctx.body = nil },
        ParityCase("a status alone") { ctx in ctx.status = 418 },
        ParityCase("an unknown status") { ctx in ctx.status = 799 },
        ParityCase("a stream") { ctx in
            ctx.body = .stream { writer in
                for piece in ["a", "bc", "def"] { try await writer.write(piece) }
            }
        },
        ParityCase("a stream of a known length") { ctx in
            ctx.body = .stream(contentLength: 3) { writer in try await writer.write("abc") }
        },
        ParityCase("an empty stream") { ctx in ctx.body = .stream { _ in } },
        ParityCase("a large body") { ctx in ctx.body = .text(String(repeating: "0123456789", count: 50_000)) },
        ParityCase("a large stream") { ctx in
            ctx.body = .stream { writer in
                for _ in 0..<50 { try await writer.write(String(repeating: "x", count: 20_000)) }
            }
        },
        ParityCase("a missing file") { ctx in ctx.body = .file("/no/such/file") },
        ParityCase("a written response") { ctx in
            ctx.respond = false
            try await ctx.res.write("one ")
            try await ctx.res.end("two")
        },
    ]

    static let heads: [ParityCase] = [
        ParityCase("headers") { ctx in
            ctx.set("X-One", "1")
            ctx.append("Link", ["</a>", "</b>"])
            ctx.set("X-Latin", "é")
            ctx.message = "Très bien"
            ctx.body = "ok"
        },
        ParityCase("cookies") { ctx in
            ctx.cookies.set("a", "1")
            ctx.cookies.set("b", "2", .init(path: "/b", sameSite: .lax))
            ctx.body = .text(ctx.cookies["c"] ?? "none")
        },
        ParityCase("a redirect") { ctx in ctx.redirect("/elsewhere") },
        ParityCase("an early hint of the type") { ctx in
            ctx.type = "text"
            ctx.flushHeaders()
            ctx.body = "later"
        },
        ParityCase("nobody answers", [.init(), .init(method: .post), .init(method: .init("BREW") ?? .get)]) { _ in },
        ParityCase("HEAD", [.init(method: .head)]) { ctx in ctx.body = "Hello" },
        ParityCase("HEAD of a stream", [.init(method: .head)]) { ctx in ctx.body = .stream { _ in } },
        ParityCase("304", [.init(headers: ["If-None-Match": "\"v1\""])]) { ctx in
            ctx.status = 200
            ctx.etag = "v1"
            if ctx.fresh { ctx.status = 304 } else { ctx.body = "new" }
        },
    ]

    static let failures: [ParityCase] = [
        ParityCase("an HTTP error") { ctx in try ctx.throw(401, "Please login!", headers: ["X-Why": "because"]) },
        ParityCase("an unexpected error") { _ in throw Interrupted() },
        ParityCase("an early error of a stream") { ctx in ctx.body = .stream { _ in throw Interrupted() } },
        ParityCase("a late error of a stream") { ctx in
            ctx.body = .stream { writer in
                try await writer.write("half")
                throw Interrupted()
            }
        },
        ParityCase("a stream that is too short") { ctx in
            ctx.body = .stream(contentLength: 10) { writer in try await writer.write("abc") }
        },
        ParityCase("a refused header") { ctx in ctx.set("X", "a\r\nb") },
    ]

    static let requests: [ParityCase] = [
        ParityCase(
            "what the request says",
            [
                .init(target: "/a%20b/c?d=e&d=f"),
                .init(headers: ["Accept": "text/html", "X-Two": "1", "x-two": "2", "Host": "koa.example"]),
                .init(method: .put, body: "text"), .init(method: .patch, body: ["a": 1]),
                .init(method: .post, body: .form(["a b": "c&d"])), .init(method: .delete, body: .bytes([1, 2, 3])),
                .init(method: .post, body: .stream(["one", "", "two"])), .init(method: .options, target: "*"),
                .init(method: .post, body: ""), .init(method: .post, headers: ["Content-Type": "image/png"], body: "x"),
            ]
        ) { ctx in
            let body = try await ctx.request.stream.collect(upTo: 1000)
            ctx.set("X-Type", ctx.get("Content-Type"))
            ctx.set("X-Length", ctx.get("Content-Length"))
            ctx.set("X-Is", ctx.is("json", "text/*", "urlencoded") ?? "-")
            ctx.set("X-Host", ctx.get("Host") == "koa.example" ? ctx.host : ctx.hostname)
            ctx.set("X-Target", "\(ctx.method) \(ctx.path) \(ctx.querystring) \(ctx.ip) \(ctx.req.version)")
            ctx.set("X-Accept", ctx.accepts("json", "html") ?? "-")
            ctx.set("X-Two", ctx.get("X-Two"))
            ctx.body = .bytes(body)
        },
        ParityCase("a body that nobody reads", [.init(method: .post, body: "unread"), .init()]) { ctx in
            ctx.body = .text(ctx.method.rawValue)
        },
        ParityCase("a body that is too long", [.init(method: .post, body: "0123456789"), .init()]) { ctx in
            ctx.body = .bytes(try await ctx.request.stream.collect(upTo: 5))
        },
        ParityCase("an echo", [.init(method: .post, body: .stream(["a", "b", "c"])), .init(method: .post, body: "d")]) {
            ctx in ctx.body = .stream(ctx.request.stream)
        },
    ]

    @Test("of one application", arguments: bodies + heads + failures + requests)
    func sameResponses(_ one: ParityCase) async throws {
        let app = Application(silent: true)
        one.setUp(app)
        let memory = app.test
        try await memory.live { live in
            for request in one.requests {
                let there = try await live.send(request)
                let here = try await memory.send(request)
                #expect(there.status == here.status)
                #expect(there.reason == here.reason)
                #expect(there.bytes == here.bytes)
                #expect(there.isBroken == here.isBroken)
                #expect(fields(there) == fields(here))
            }
        }
    }

    private func fields(_ response: TestResponse) -> [String] {
        response.headers.fields.map { "\($0.name.lowercased()): \($0.value)" }
            .filter { line in !Self.ofConnections.contains { line.hasPrefix($0 + ":") } }
            .sorted()
    }

    @Test("no response at all is thrown in both ways")
    func noResponse() async throws {
        let app = Application(silent: true)
        app.use { ctx in ctx.respond = false }
        let inMemory = await #expect(throws: TestError.self) { try await app.test.get("/") }
        #expect(inMemory?.code == .noResponse)
        try await app.test.live { client in
            let live = await #expect(throws: TestError.self) { try await client.get("/") }
            #expect(live?.code == .noResponse)
        }
    }

    @Test("a broken response is not an error, and tells what came", arguments: [false, true])
    func broken(isLive: Bool) async throws {
        let app = Application(silent: true)
        app.use { ctx in
            ctx.body = .stream { writer in
                try await writer.write("half")
                throw Interrupted()
            }
        }
        let client = isLive ? try await app.test.live() : app.test
        let response = try await client.get("/")
        #expect(response.status == 200)
        #expect(response.isBroken)
        #expect(response.text == "half")
        #expect(response.description.hasSuffix("half\n(broken off)"))
        await client.stop()
    }
}

extension TestClient {
    fileprivate func send(_ request: ParityRequest) async throws -> TestResponse {
        try await self.request(request.method, request.target, headers: request.headers, body: request.body)
    }
}
