import KoaMiddleware
import KoaTesting
import Testing

@Suite("Server-Sent Events")
struct ServerSentEventsTests {
    private func app(
        heartbeat: Duration? = nil, _ produce: @escaping @Sendable (ServerSentEvents, Context) async throws -> Void
    ) -> Application {
        let app = Application()
        app.silent = true
        app.use { ctx in ctx.body = .events(heartbeat: heartbeat) { events in try await produce(events, ctx) } }
        return app
    }

    @Test("have their type, and are neither cached nor kept back by proxies")
    func head() async throws {
        let response = try await app { _, _ in }.test.get("/")
        #expect(response.status == 200)
        #expect(response.type == "text/event-stream")
        #expect(response.get("Cache-Control") == "no-cache")
        #expect(response.get("X-Accel-Buffering") == "no")
        #expect(response.get("Content-Length") == nil)
        #expect(response.text == "")
    }

    @Test("keep the type and Cache-Control that were set")
    func ownHead() async throws {
        let app = Application()
        app.use { ctx in
            ctx.set("Cache-Control", "no-store")
            ctx.body = .events(heartbeat: nil) { try await $0.send("a") }
        }
        let response = try await app.test.get("/")
        #expect(response.get("Cache-Control") == "no-store")
        #expect(response.text == "data: a\n\n")
    }

    @Test(
        "are written as the standard has them",
        arguments: [
            (ServerSentEvent(data: "a"), "data: a\n\n"), (.init(data: ""), "data: \n\n"),
            (.init(data: "a\nb"), "data: a\ndata: b\n\n"),
            (.init(data: "a\r\nb\rc\n"), "data: a\ndata: b\ndata: c\ndata: \n\n"),
            (.init(data: " é 🐼"), "data:  é 🐼\n\n"),
            (
                .init(data: "x", event: "tick", id: "7", retry: .milliseconds(1500)),
                "event: tick\nid: 7\nretry: 1500\ndata: x\n\n"
            ),
            (.init(data: "x", id: ""), "id: \ndata: x\n\n"),
            (.init(data: "x", retry: .seconds(-1)), "retry: 0\ndata: x\n\n"),
            (.init(data: "data: forged\n\nid: 1"), "data: data: forged\ndata: \ndata: id: 1\n\n"),
        ])
    func format(event: ServerSentEvent, text: String) async throws {
        let response = try await app { events, _ in try await events.send(event) }.test.get("/")
        #expect(response.text == text)
    }

    @Test(
        "refuse a kind or an id that would end its line",
        arguments: [
            ServerSentEvent(data: "x", event: "a\nb"), .init(data: "x", event: "a\rb"), .init(data: "x", id: "1\n2"),
            .init(data: "x", id: "1\u{0}"), .init(data: "x", id: "1\r\n2"),
        ])
    func refused(event: ServerSentEvent) async throws {
        let thrown = Recording<ServerSentEventError>()
        let app = app { events, _ in
            do { try await events.send(event) } catch let error as ServerSentEventError { thrown.add(error) }
            try await events.send("after")
        }
        #expect(try await app.test.get("/").text == "data: after\n\n")
        #expect(thrown.values.count == 1)
        #expect(thrown.values.first?.description.contains("can't have line breaks") == true)
    }

    @Test("go out one by one, the head before the first")
    func atOnce() async throws {
        let (asked, ask) = AsyncStream<String>.makeStream()
        let app = app { events, _ in for await text in asked { try await events.send(text) } }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await connection.receive(until: "\r\n\r\n")
            for text in ["one", "two"] {
                ask.yield(text)
                #expect(try await connection.receive(until: "\n\n").hasSuffix("data: \(text)\n\n"))
            }
            ask.finish()
            #expect(try await connection.receive(until: "0\r\n\r\n").hasSuffix("0\r\n\r\n"))
        }
    }

    @Test("send heartbeats while the closure waits")
    func heartbeats() async throws {
        let (asked, ask) = AsyncStream<Void>.makeStream()
        let app = app(heartbeat: .milliseconds(1)) { events, _ in
            for await _ in asked { break }
            try await events.send("done")
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            for _ in 0..<3 { _ = try await connection.receive(until: ":\n\n") }
            ask.finish()
            _ = try await connection.receive(until: "data: done\n\n")
        }
    }

    @Test("never mix a heartbeat into an event")
    func turns() async throws {
        let app = app(heartbeat: .microseconds(1)) { events, _ in
            for count in 0..<300 { try await events.send("\(count)") }
        }
        try await app.test.live { client in
            let response = try await client.get("/")
            let parts = response.text.split(separator: "\n\n").map(String.init)
            #expect(parts.filter { $0 != ":" } == (0..<300).map { "data: \($0)" })
        }
    }

    @Test(
        "run on the connection's event loop with the closure, and aren't sent in memory, where they would run beside it"
    )
    func beats() async throws {
        let app = app(heartbeat: .microseconds(1)) { events, _ in
            for count in 0..<300 {
                try await events.send("\(count)")
                for _ in 0..<20 { await Task.yield() }
            }
        }
        let response = try await app.test.get("/")
        #expect(response.text == (0..<300).map { "data: \($0)\n\n" }.joined())
    }

    @Test("are sent by hand as heartbeats too")
    func byHand() async throws {
        #expect(try await app { events, _ in try await events.sendHeartbeat() }.test.get("/").text == ":\n\n")
    }

    @Test("know where the browser was when it connects again")
    func lastEventID() async throws {
        let app = app { events, ctx in try await events.send(ctx.lastEventID ?? "none") }
        #expect(try await app.test.get("/", headers: ["Last-Event-ID": "41"]).text == "data: 41\n\n")
        #expect(try await app.test.get("/").text == "data: none\n\n")
    }

    @Test(
        "read its id as the UTF-8 that browsers send, else as the bytes that came",
        arguments: [
            ("Z\u{C3}\u{BC}rich", "Zürich"), ("\u{F0}\u{9F}\u{90}\u{BC}", "🐼"), ("Z\u{FC}rich", "Zürich"),
            ("\u{C3}", "Ã"),
        ])
    func lastEventIDText(field: String, id: String) async throws {
        let app = app { events, ctx in try await events.send(ctx.lastEventID ?? "none") }
        #expect(try await app.test.get("/", headers: ["Last-Event-ID": field]).text == "data: \(id)\n\n")
    }

    @Test("break the connection when the closure fails, and end when the client goes away")
    func ends() async throws {
        let failing = app { events, _ in
            try await events.send("a")
            throw Boom()
        }
        let response = try await failing.test.get("/")
        #expect(response.isBroken)
        #expect(response.text == "data: a\n\n")

        let (gone, left) = AsyncStream<Void>.makeStream()
        let waiting = app(heartbeat: .seconds(3600)) { events, ctx in
            ctx.onFinish { left.finish() }
            try await events.send("a")
            try await Task.sleep(for: .seconds(3600))
        }
        try await waiting.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await connection.receive(until: "data: a")
            await connection.reset()
            for await _ in gone {}
        }
    }

    @Test("aren't made for HEAD")
    func headMethod() async throws {
        let made = Recording<Bool>()
        let response = try await app { _, _ in made.add(true) }.test.head("/")
        #expect(response.type == "text/event-stream")
        #expect(made.values.isEmpty)
    }
}
