import Foundation
import KoaTesting
import Testing

@testable import Koa

/// An application whose clock stands still, on one event loop.
private struct Timed {
    let clock = ManualClock(Date(timeIntervalSince1970: 0))
    let app: Application
    var options = ServerOptions()

    init() {
        app = Application(silent: true, clock: clock)
        options.eventLoops = 1
    }

    /// Moves the time on; the server has looked after its timeouts when this returns.
    func advance(_ client: TestClient, by duration: Duration) async throws {
        clock.advance(by: duration)
        for loop in try #require(client.server).loops { try await loop.eventLoop.submit {}.get() }
    }

    /// Sends text over a new connection and returns when the server has read it.
    func connection(_ client: TestClient, sending text: String) async throws -> TestConnection {
        let server = try #require(client.server)
        let before = server.counters
        let connection = try await client.connect()
        #expect(await eventually { server.counters.acceptedConnections == before.acceptedConnections + 1 })
        if !text.isEmpty {
            try await connection.send(text)
            #expect(await eventually { server.counters.bytesReceived == before.bytesReceived + text.utf8.count })
        }
        return connection
    }
}

@Suite("Timeouts of a request's head")
struct HeaderTimeoutTests {
    @Test("a head that isn't whole in time gets 408 and a closed connection")
    func slowHead() async throws {
        let timed = Timed()
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: "GET / HTTP/1.1\r\nHost: x\r\n")
            try await timed.advance(client, by: .seconds(10))
            let answer = try await connection.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n") && answer.contains("Connection: close\r\n"))
            #expect(client.server?.counters.timeouts == 1)
        }
    }

    @Test("just before its time a head is still served")
    func inTime() async throws {
        let timed = Timed()
        timed.app.use { ctx in ctx.body = "ok" }
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: "GET / HTTP/1.1\r\nHost: x\r\n")
            try await timed.advance(client, by: .milliseconds(9999))
            try await connection.send("\r\n")
            let response = try await connection.receiveResponse()
            #expect(response.text == "ok")
        }
    }

    @Test("empty lines are no head: who sends nothing else is as idle as who sends nothing")
    func emptyLines() async throws {
        let timed = Timed()
        try await timed.app.test.live(options: timed.options) { client in
            let server = try #require(client.server)
            let connection = try await timed.connection(client, sending: "\r\n")
            for _ in 1...3 {
                let before = server.counters.bytesReceived
                try await timed.advance(client, by: .seconds(3))
                try await connection.send("\r\n")
                #expect(await eventually { server.counters.bytesReceived == before + 2 })
            }
            try await timed.advance(client, by: .seconds(1))
            #expect(try await connection.receiveAll() == "")
            #expect(server.counters.timeouts == 1)
        }
    }

    @Test("dripping bytes doesn't help")
    func dripping() async throws {
        let timed = Timed()
        try await timed.app.test.live(options: timed.options) { client in
            let server = try #require(client.server)
            let connection = try await timed.connection(client, sending: "G")
            for (index, piece) in ["E", "T", " ", "/", " "].enumerated() {
                try await timed.advance(client, by: .milliseconds(1999))
                try await connection.send(piece)
                #expect(await eventually { server.counters.bytesReceived == index + 2 })
            }
            try await timed.advance(client, by: .milliseconds(5))
            let answer = try await connection.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test("a connection that never says anything is closed without a word")
    func silent() async throws {
        let timed = Timed()
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: "")
            try await timed.advance(client, by: .seconds(10))
            let answer = try await connection.receiveAll()
            #expect(answer == "")
        }
    }

    @Test("a timeout of nil never happens")
    func none() async throws {
        var timed = Timed()
        timed.options.headerTimeout = nil
        timed.app.use { ctx in ctx.body = "ok" }
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: "GET / HTTP/1.1\r\nHost: x\r\n")
            try await timed.advance(client, by: .seconds(86400))
            try await connection.send("\r\n")
            let response = try await connection.receiveResponse()
            #expect(response.text == "ok")
        }
    }
}

@Suite("The keep-alive timeout")
struct KeepAliveTimeoutTests {
    @Test("closes a connection that has had no request for that long")
    func idle() async throws {
        let timed = Timed()
        timed.app.use { ctx in ctx.body = "ok" }
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await connection.receiveResponse()
            try await timed.advance(client, by: .seconds(74))
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await connection.receiveResponse()
            try await timed.advance(client, by: .seconds(74))
            #expect(client.server?.connectionCount == 1)
            try await timed.advance(client, by: .seconds(1))
            let rest = try await connection.receiveAll()
            #expect(rest == "")
            #expect(client.server?.counters.timeouts == 1)
        }
    }

    @Test("the head of a next request has its own time")
    func nextHead() async throws {
        let timed = Timed()
        timed.app.use { ctx in ctx.body = "ok" }
        try await timed.app.test.live(options: timed.options) { client in
            let server = try #require(client.server)
            let connection = try await timed.connection(client, sending: "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await connection.receiveResponse()
            try await timed.advance(client, by: .seconds(70))
            let before = server.counters.bytesReceived
            try await connection.send("GET ")
            #expect(await eventually { server.counters.bytesReceived == before + 4 })
            try await timed.advance(client, by: .seconds(9))
            #expect(server.connectionCount == 1)
            try await timed.advance(client, by: .seconds(1))
            let answer = try await connection.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
        }
    }
}

@Suite("The minimum rate of a request's body")
struct RequestRateTests {
    private let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"

    @Test("a body that comes too slowly throws 408 in its reader, and closes the connection")
    func slowBody() async throws {
        let timed = Timed()
        let reading = Gate()
        let code = Shared<KoaError.Code?>(nil)
        timed.app.use { ctx in
            do {
                for try await _ in ctx.request.stream { reading.open() }
            } catch let error as KoaError {
                code.value = error.code
                throw error
            }
        }
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: head + "x")
            await reading.wait()
            try await timed.advance(client, by: .seconds(10))
            let answer = try await connection.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n") && answer.contains("Connection: close\r\n"))
            #expect(code.value == .bodyTooSlow)
        }
    }

    @Test("a body at the rate may take any time")
    func steadyBody() async throws {
        let timed = Timed()
        timed.app.use { ctx in
            var count = 0
            for try await chunk in ctx.request.stream { count += chunk.readableBytes }
            ctx.body = .text("\(count)")
        }
        try await timed.app.test.live(options: timed.options) { client in
            let server = try #require(client.server)
            let piece = String(repeating: "x", count: 2400)
            let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 24000\r\n\r\n"
            let connection = try await timed.connection(client, sending: head)
            for index in 1...10 {
                try await connection.send(piece)
                #expect(await eventually { server.counters.bytesReceived == head.utf8.count + index * 2400 })
                if index < 10 { try await timed.advance(client, by: .seconds(10)) }
            }
            let response = try await connection.receiveResponse()
            #expect(response.text == "24000")
        }
    }

    @Test("a handler that takes its time isn't the client's fault")
    func slowHandler() async throws {
        var timed = Timed()
        timed.options.handlerTimeout = nil
        let gate = Gate()
        let started = Gate()
        timed.app.use { ctx in
            started.open()
            await gate.wait()
            let body = try await ctx.request.stream.collect(upTo: 100)
            ctx.body = .bytes(body)
        }
        try await timed.app.test.live(options: timed.options) { client in
            let request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
            let connection = try await timed.connection(client, sending: request)
            await started.wait()
            try await timed.advance(client, by: .seconds(3600))
            gate.open()
            let response = try await connection.receiveResponse()
            #expect(response.text == "hello")
        }
    }

    @Test("a body that nobody reads is drained at the rate, or the connection closed")
    func draining() async throws {
        let timed = Timed()
        timed.app.use { ctx in ctx.body = "early" }
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: head + "x")
            let response = try await connection.receiveResponse()
            #expect(response.text == "early")
            try await timed.advance(client, by: .seconds(10))
            await #expect(throws: Never.self) { _ = try await connection.receiveAll() }
            #expect(await eventually { client.server?.connectionCount == 0 })
        }
    }
}

@Suite("The minimum rate of a response")
struct ResponseRateTests {
    @Test("a client that doesn't read is disconnected, and the handler's task cancelled")
    func stalled() async throws {
        let timed = Timed()
        let ended = Gate()
        let stalled = Gate()
        timed.app.use { ctx in
            ctx.body = .stream { writer in
                defer { ended.open() }
                let piece = String(repeating: "x", count: 64 * 1024)
                for index in 0..<10_000 {
                    if index == 1 { stalled.open() }
                    try await writer.write(piece)
                }
            }
        }
        try await timed.app.test.live(options: timed.options) { client in
            let server = try #require(client.server)
            let connection = try await timed.connection(client, sending: "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await stalled.wait()
            // The sockets' buffers fill, then the count stands still.
            var sent = -1
            while sent != server.counters.bytesSent {
                sent = server.counters.bytesSent
                for _ in 0..<2000 { await Task.yield() }
            }
            // In the first window bytes have moved still.
            while !ended.isOpen {
                try await timed.advance(client, by: .seconds(10))
                await Task.yield()
            }
            #expect(await eventually { server.connectionCount == 0 })
            #expect(server.counters.timeouts == 1 && server.counters.abortedResponses == 1)
            await connection.close()
        }
    }
}

@Suite("The handler timeout")
struct HandlerTimeoutTests {
    @Test("answers 503, cancels the task, closes the connection and tells the error's listeners")
    func answers() async throws {
        let timed = Timed()
        let started = Gate()
        let cancelled = Gate()
        let told = Shared("")
        timed.app.onError { error, _ in told.value = "\(error)" }
        timed.app.use { _ in
            started.open()
            await waitForCancellation()
            cancelled.open()
        }
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            try await timed.advance(client, by: .seconds(60))
            let answer = try await connection.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
            #expect(answer.contains("Connection: close\r\n") && answer.hasSuffix("Service Unavailable"))
            await cancelled.wait()
            #expect(told.value.contains("GET /slow had no response after 60"))
            #expect(await eventually { client.server?.connectionCount == 0 })
        }
    }

    @Test("answers a client whose body nobody reads, and lets it read the answer")
    func unreadBody() async throws {
        let timed = Timed()
        let started = Gate()
        timed.app.use { _ in
            started.open()
            await waitForCancellation()
        }
        try await timed.app.test.live(options: timed.options) { client in
            let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
            let connection = try await timed.connection(client, sending: head)
            await started.wait()
            try await connection.send(String(repeating: "a", count: 500_000))
            try await timed.advance(client, by: .seconds(60))
            // Had the connection been closed with bytes unread, the answer would have been lost with a reset.
            try await connection.send(String(repeating: "a", count: 400_000))
            let answer = try await connection.receive(until: "Service Unavailable\r\n")
            #expect(answer == "HTTP/1.1 503 Service Unavailable\r\n")
            try await connection.closeOutput()
            #expect(try await connection.receiveAll().hasSuffix("Service Unavailable"))
        }
    }

    @Test("counts from the last piece of a body that doesn't go on, where no rate is asked for")
    func stoppedBody() async throws {
        var timed = Timed()
        timed.options.minRequestRate = 0
        let read = Gate()
        timed.app.use { ctx in
            for try await _ in ctx.request.stream { read.open() }
        }
        try await timed.app.test.live(options: timed.options) { client in
            let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345"
            let connection = try await timed.connection(client, sending: head)
            await read.wait()
            try await timed.advance(client, by: .seconds(59))
            #expect(client.server?.counters.timeouts == 0)
            try await timed.advance(client, by: .seconds(1))
            let answer = try await connection.receive(until: "\r\n")
            #expect(answer == "HTTP/1.1 503 Service Unavailable\r\n")
        }
    }

    @Test("a handler that ignores it gets nothing sent any more, and counts until it ends")
    func ignored() async throws {
        let timed = Timed()
        let started = Gate()
        let gate = Gate()
        timed.app.use { ctx in
            started.open()
            await gate.wait()
            ctx.body = "late"
        }
        try await timed.app.test.live(options: timed.options) { client in
            let server = try #require(client.server)
            let connection = try await timed.connection(client, sending: "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            try await timed.advance(client, by: .seconds(60))
            let answer = try await connection.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 503 ") && !answer.contains("late"))
            #expect(server.connectionCount == 1 && server.counters.activeRequests == 1)
            gate.open()
            #expect(await eventually { server.connectionCount == 0 && server.counters.activeRequests == 0 })
            #expect(server.counters.responses.total == 1)
        }
    }

    @Test("a response that has begun may take any time")
    func streaming() async throws {
        let timed = Timed()
        let begun = Gate()
        let gate = Gate()
        timed.app.use { ctx in
            ctx.body = .stream { writer in
                try await writer.write("one ")
                begun.open()
                await gate.wait()
                try await writer.write("two")
            }
        }
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await begun.wait()
            try await timed.advance(client, by: .seconds(3600))
            gate.open()
            let response = try await connection.receiveResponse()
            #expect(response.text == "one two")
        }
    }

    @Test("HEAD gets no body, and a request's own timeout counts instead", arguments: ["/short", "/long", "/any"])
    func ownTimeout(path: String) async throws {
        let timed = Timed()
        let started = Gate()
        let gate = Gate()
        timed.app.use { ctx in
            switch ctx.path {
            case "/short": ctx.req.setTimeout(.seconds(1))
            case "/long": ctx.req.setTimeout(.seconds(600))
            default: ctx.req.setTimeout(nil)
            }
            started.open()
            if ctx.path == "/short" { await waitForCancellation() } else { await gate.wait() }
        }
        try await timed.app.test.live(options: timed.options) { client in
            let connection = try await timed.connection(client, sending: "HEAD \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            try await timed.advance(client, by: path == "/short" ? .seconds(1) : .seconds(599))
            gate.open()
            let answer = try await connection.receive(until: "\r\n\r\n")
            #expect(answer.hasPrefix(path == "/short" ? "HTTP/1.1 503 " : "HTTP/1.1 404 "))
        }
    }
}
