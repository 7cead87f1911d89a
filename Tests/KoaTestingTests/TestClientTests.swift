import FoundationEssentials
import KoaTesting
import Testing

@Suite("TestClient", .timeLimit(.minutes(10)))
struct TestClientTests {
    @Test("sends in memory")
    func greets() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "Hello World" }
        let response = try await app.test.get("/")
        #expect(response.status == 200)
        #expect(response.text == "Hello World")
        #expect(app.test.server == nil)
    }

    @Test("has a method for each", arguments: [false, true])
    func methods(isLive: Bool) async throws {
        let app = Application()
        app.use { ctx in
            ctx.set("X-Method", ctx.method.rawValue)
            ctx.body = .text(ctx.method.rawValue)
        }
        let client = isLive ? try await app.test.live() : app.test
        #expect(try await client.get("/").text == "GET")
        #expect(try await client.post("/").text == "POST")
        #expect(try await client.put("/").text == "PUT")
        #expect(try await client.patch("/").text == "PATCH")
        #expect(try await client.delete("/").text == "DELETE")
        #expect(try await client.options("/").text == "OPTIONS")
        #expect(try await client.request(.trace, "/").text == "TRACE")
        let head = try await client.head("/")
        #expect(head.get("x-method") == "HEAD")
        #expect(head.bytes.isEmpty)
        await client.stop()
    }

    @Test("headers of the client go with each request, unless the request has its own")
    func headers() async throws {
        let app = Application()
        app.use { ctx in ctx.body = .text([ctx.get("Host"), ctx.get("A"), ctx.get("B")].joined(separator: " ")) }
        var client = app.test
        #expect(try await client.get("/").text == "127.0.0.1  ")
        client.headers = ["A": "1", "B": "2"]
        #expect(try await client.get("/", headers: ["b": "3"]).text == "127.0.0.1 1 3")
        client.headers["Host"] = "koa.example"
        #expect(try await client.get("/").text == "koa.example 1 2")
        try await client.live { live in
            let response = try await live.get("/")
            #expect(response.text == "koa.example 1 2")
        }
    }

    @Test("a live request has the real host and port")
    func host() async throws {
        let app = Application()
        app.use { ctx in ctx.body = .text(ctx.host) }
        try await app.test.live { client in
            let port = try #require(client.server?.port)
            #expect(try await client.get("/").text == "127.0.0.1:\(port)")
        }
    }

    @Test("requests in memory come from where the test says")
    func peer() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "\(ctx.ip) \(ctx.protocol)" }
        var client = app.test
        #expect(try await client.get("/").text == "127.0.0.1 http")
        client.peerAddress = "10.1.2.3"
        client.isSecure = true
        #expect(try await client.get("/").text == "10.1.2.3 https")
    }

    @Test(
        "refuses what no client can send, in both ways",
        arguments: [
            ("", [:]), ("/a b", [:]), ("/ü", [:]), ("/\r\nX: y", [:]), ("/", ["X": "a\r\nb"]), ("/", ["a b": "c"]),
        ]
            as [(String, Headers)]
    )
    func refuses(_ target: String, _ headers: Headers) async throws {
        let app = Application()
        app.use { ctx in ctx.body = "reached" }
        try await app.test.live { live in
            for client in [app.test, live] {
                let error = await #expect(throws: TestError.self) { try await client.get(target, headers: headers) }
                #expect(error?.code == .invalidRequest)
            }
        }
    }

    @Test("connections are kept alive and used again; parallel requests have their own")
    func keepAlive() async throws {
        let app = Application()
        let gate = Gate()
        app.use { ctx in
            if ctx.path == "/wait" { await gate.enterAndWait() }
            if ctx.path == "/close" { ctx.set("Connection", "close") }
            ctx.body = "ok"
        }
        try await app.test.live { client in
            let server = try #require(client.server)
            for method in [HTTPRequest.Method.get, .head, .post] {
                _ = try await client.request(method, "/", body: method == .post ? "body" : nil)
                #expect(server.connectionCount == 1)
            }
            async let waiting = client.get("/wait")
            await gate.waitUntilEntered()
            #expect(try await client.get("/").text == "ok")
            #expect(server.connectionCount == 2)
            gate.open()
            #expect(try await waiting.text == "ok")
            #expect(try await client.get("/close").get("Connection") == "close")
            #expect(try await client.get("/").text == "ok")
        }
    }

    @Test("the scoped form returns what its closure does, and stops the server also when it throws")
    func scoped() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "ok" }
        let client = try await app.test.live { client in
            let response = try await client.get("/")
            #expect(response.status == 200)
            return client
        }
        let error = await #expect(throws: TestError.self) { try await client.get("/") }
        #expect(error?.code == .disconnected)

        var kept: TestClient?
        await #expect(throws: Interrupted.self) {
            try await app.test.live { client in
                kept = client
                throw Interrupted()
            }
        }
        let stopped = try #require(kept)
        await #expect(throws: TestError.self) { try await stopped.get("/") }
    }

    @Test("takes a server that the test started itself")
    func ownServer() async throws {
        let app = Application()
        app.use { ctx in ctx.body = .text(ctx.host) }
        let path = FileManager.default.temporaryDirectory.path + "/koa-testing-\(UInt64.random(in: 0 ... .max)).sock"
        let client = app.test.live(at: try await app.start(unixSocket: path))
        #expect(try await client.get("/").text == "localhost")
        await client.stop()
    }

    @Test("a handler that never returns meets the deadline, and its task is cancelled", arguments: [false, true])
    func deadline(isLive: Bool) async throws {
        let app = Application(silent: true)
        let (cancelled, didCancel) = AsyncStream.makeStream(of: Void.self)
        app.use { ctx in
            let (never, continuation) = AsyncStream.makeStream(of: Void.self)
            for await _ in never {}
            _ = continuation
            didCancel.yield()
        }
        var client = isLive ? try await app.test.live() : app.test
        client.deadline = .seconds(1)
        let error = await #expect(throws: TestError.self) { try await client.get("/slow") }
        #expect(error?.code == .deadlineExceeded)
        #expect(error?.message.contains("1.0 seconds") == true)
        await #expect(cancelled.first { true } != nil)
        await client.stop()
    }

    @Test("cancelling a request's task cancels the request", arguments: [false, true])
    func cancellation(isLive: Bool) async throws {
        let app = Application(silent: true)
        let gate = Gate()
        app.use { ctx in await gate.enterAndWait() }
        let client = isLive ? try await app.test.live() : app.test
        let task = Task { try await client.get("/") }
        await gate.waitUntilEntered()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        gate.open()
        await client.stop()
    }
}

@Suite("TestResponse")
struct TestResponseTests {
    private func response(_ handler: @escaping Handler) async throws -> TestResponse {
        let app = Application(silent: true)
        app.use(handler)
        return try await app.test.get("/")
    }

    @Test("reads JSON")
    func json() async throws {
        let response = try await response { ctx in ctx.body = ["users": [["name": "Ada"]]] }
        #expect(try response.json["users"]?[0]?["name"] == "Ada")
        #expect(try response.decode([String: [[String: String]]].self) == ["users": [["name": "Ada"]]])
        #expect(response.type == "application/json")
    }

    @Test("throws where the body is no JSON, or another type")
    func noJSON() async throws {
        let text = try await response { ctx in ctx.body = "{no" }
        #expect(throws: JSONError.self) { try text.json }
        #expect(throws: JSONError.self) { try text.decode(Int.self) }
        let number = try await response { ctx in ctx.body = .json(1) }
        #expect(throws: DecodingError.self) { try number.decode(String.self) }
    }

    @Test("tells status, reason, headers and type")
    func head() async throws {
        let response = try await response { ctx in
            ctx.status = .created
            ctx.append("Link", ["a", "b"])
            ctx.set("Content-Type", "Text/HTML; charset=utf-8")
            ctx.body = "hi"
        }
        #expect(response.status == .created)
        #expect(response.reason == "Created")
        #expect(response.get("link") == "a, b")
        #expect(response.get(.contentType) == "Text/HTML; charset=utf-8")
        #expect(response.get("X-None") == nil)
        #expect(response.type == "text/html")
        #expect(response.description.hasPrefix("201 Created\n"))
        #expect(response.description.hasSuffix("\n\nhi"))
    }

    @Test("has no type without the field, and text of any bytes")
    func bytes() async throws {
        #expect(try await response { ctx in ctx.body = nil }.type == "")
        let binary = try await response { ctx in ctx.body = .bytes([0x61, 0xFF]) }
        #expect(binary.text == "a\u{FFFD}")
        #expect(binary.bytes == [0x61, 0xFF])
    }
}
