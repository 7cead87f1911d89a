import Koa
import NIOCore
import Testing

@testable import KoaTesting

/// A handler that misbehaves, and all that its client may receive of it.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The responses, as `status body`; `broken` behind one that isn't whole, `next` for that of the next request.
    let received: [String]
    let handler: Handler

    init(_ name: String, _ received: [String], _ handler: @escaping Handler) {
        testDescription = name
        self.received = received
        self.handler = handler
    }

    private struct Failure: Error {}

    static let all: [Misbehaviour] = [
        .init("sets the body twice", ["200 two", "next"]) { ctx in
            ctx.body = "one"
            ctx.body = "two"
        },
        .init("ends twice", ["200 one", "next"]) { ctx in
            try await ctx.res.end("one")
            try await ctx.res.end("two")
        },
        .init("ends, and sets a body", ["200 one", "next"]) { ctx in
            try await ctx.res.end("one")
            ctx.status = .created
            ctx.body = "two"
        },
        .init("ends, and writes", ["200 one", "next"]) { ctx in
            try await ctx.res.end("one")
            try await ctx.res.write("two")
        },
        .init("ends, and throws", ["200 one", "next"]) { ctx in
            try await ctx.res.end("one")
            throw Failure()
        },
        .init("sets a body, and throws", ["500 Internal Server Error", "next"]) { ctx in
            ctx.body = "one"
            throw Failure()
        },
        .init("begins, and throws", ["200 one broken"]) { ctx in
            try await ctx.res.write("one")
            throw Failure()
        },
        .init("flushes its head, and throws", ["200  broken"]) { ctx in
            ctx.status = .ok
            ctx.flushHeaders()
            throw Failure()
        },
        .init("begins, and sets a body", ["200 onetwo", "next"]) { ctx in
            try await ctx.res.write("one")
            ctx.body = "two"
        },
        .init("has a stream that fails before its first piece", ["500 Internal Server Error", "next"]) { ctx in
            ctx.body = .stream { _ in throw Failure() }
        },
        .init("has a stream that fails later", ["200 one broken"]) { ctx in
            ctx.body = .stream { writer in
                try await writer.write("one")
                throw Failure()
            }
        },
        .init("has a stream that ends the response itself", ["200 one", "next"]) { ctx in
            ctx.body = .stream { writer in
                try await writer.write("one")
                try await ctx.res.end()
                try await writer.write("two")
            }
        },
        .init("answers by hand, and sets a body", ["200 one", "next"]) { ctx in
            ctx.respond = false
            ctx.body = "two"
            try await ctx.res.end("one")
        },
        .init("is to answer by hand, and doesn't", []) { ctx in ctx.respond = false },
        .init("is to answer by hand, and throws", ["500 Internal Server Error", "next"]) { ctx in
            ctx.respond = false
            throw Failure()
        },
        .init("is to answer by hand, and doesn't end", ["200 one", "next"]) { ctx in
            ctx.respond = false
            try await ctx.res.write("one")
        },
        .init("writes more than it announced", ["200 one broken"]) { ctx in
            ctx.length = 5
            try await ctx.res.write("one")
            try await ctx.res.write("two")
        },
        .init("writes less than it announced", ["200 one broken"]) { ctx in
            ctx.length = 5
            try await ctx.res.write("one")
        },
        .init("announces what it doesn't have", ["200 one", "next"]) { ctx in
            ctx.set("Content-Length", "500")
            ctx.set("Transfer-Encoding", "gzip, chunked")
            ctx.body = "one"
        },
        .init("sets a body on 204", ["204 ", "next"]) { ctx in
            ctx.body = "one"
            ctx.status = .noContent
        },
        .init("writes on 204", ["204 ", "next"]) { ctx in
            ctx.status = .noContent
            try await ctx.res.write("one")
            try await ctx.res.end("two")
        },
        .init("answers 101", ["500 Internal Server Error", "next"]) { ctx in
            ctx.status = 101
            ctx.body = "one"
        },
        .init("sets a header that has lines", ["500 Internal Server Error", "next"]) { ctx in
            ctx.set("X-A", "b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo")
            ctx.body = "one"
        },
        .init("sets a reason phrase that has lines", ["500 Internal Server Error", "next"]) { ctx in
            ctx.message = "OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK"
            ctx.body = "one"
        },
        .init("throws a status that isn't one", ["500 Internal Server Error", "next"]) { ctx in
            ctx.status = 1000
            ctx.body = "one"
        },
        .init("is cancelled", ["503 Service Unavailable", "next"]) { _ in throw CancellationError() },
        .init("reads half of the body", ["200 one", "next"]) { ctx in
            for try await _ in ctx.request.stream { break }
            ctx.body = "one"
        },
        .init("reads the body twice", ["500 Internal Server Error", "next"]) { ctx in
            for try await _ in ctx.request.stream {}
            for try await _ in ctx.request.stream {}
        },
        .init("reads the body behind its response", ["200 one", "next"]) { ctx in
            try await ctx.res.end("one")
            for try await _ in ctx.request.stream {}
        },
    ]
}

@Suite("One response a request")
struct OneResponseTests {
    private static let requests =
        "POST /first HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
        + "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    @Test("whatever the handler does", arguments: Misbehaviour.all)
    func one(misbehaviour: Misbehaviour) async throws {
        let app = Application(silent: true)
        app.use { ctx in
            if ctx.path == "/next" { ctx.body = "next" } else { try await misbehaviour.handler(ctx) }
        }
        #expect(try await received(of: app) == misbehaviour.received)
    }

    @Test("when a middleware calls the next one twice")
    func nextTwice() async throws {
        let app = Application(silent: true)
        app.use { ctx, next in
            try await next()
            if ctx.path == "/first" { try await next() }
        }
        app.use { ctx in ctx.body = ctx.path == "/next" ? "next" : "one" }
        #expect(try await received(of: app) == ["500 Internal Server Error", "next"])
    }

    @Test("when a context is kept and used in another request of its connection")
    func keptContext() async throws {
        let app = Application(silent: true)
        let kept = KeptContext()
        app.use { ctx in
            if ctx.path == "/first" {
                kept.ctx = ctx
                ctx.body = "one"
            } else {
                try? await kept.ctx?.res.write("two")
                try? await kept.ctx?.res.end("three")
                kept.ctx?.body = "four"
                kept.ctx?.flushHeaders()
                kept.ctx = nil
                ctx.body = "next"
            }
        }
        #expect(try await received(of: app) == ["200 one", "next"])
    }

    /// All that a client receives for two pipelined requests.
    private func received(of app: Application) async throws -> [String] {
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(Self.requests)
            var received: [String] = []
            while true {
                let response: ResponseParser
                do {
                    response = try await connection.receiveParsed(isHead: false, by: Deadline(connection.deadline))
                } catch let error as TestError where error.code == .noResponse || error.code == .disconnected {
                    return received
                }
                let body = String(buffer: response.body)
                let text = "\(response.head.status.code) \(body)" + (response.isBroken ? " broken" : "")
                received.append(text == "200 next" ? "next" : text)
            }
        }
    }
}

/// A context outlives its request here, which no program should do.
private final class KeptContext: @unchecked Sendable {
    var ctx: Context?
}
