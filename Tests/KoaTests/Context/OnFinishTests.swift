import KoaTesting
import Testing

@testable import Koa

@Suite("ctx.onFinish")
struct OnFinishTests {
    @Test("work runs after the response was sent, in the order of the calls")
    func order() async throws {
        let app = Application()
        let calls = Recording<String>()
        app.use { ctx, next in
            ctx.onFinish { calls.add("first") }
            ctx.onFinish {
                await Task.yield()
                calls.add("second")
            }
            try await next()
            calls.add("on the way out")
        }
        app.use { ctx in
            ctx.onFinish { calls.add("third") }
            ctx.body = .stream { writer in
                try await writer.write("x")
                calls.add("streamed")
            }
        }
        _ = try await app.test.get("/")
        #expect(calls.values == ["on the way out", "streamed", "first", "second", "third"])
    }

    @Test("when it runs, the response is out")
    func sent() async throws {
        let app = Application()
        let states = Recording<[Bool]>()
        app.use { ctx in
            ctx.onFinish {
                guard let ctx = Context.current else { return states.add([]) }
                states.add([ctx.headerSent, ctx.res.writableEnded, ctx.writable])
            }
            ctx.body = "x"
        }
        _ = try await app.test.get("/")
        #expect(states.values == [[true, true, false]])
    }

    static let endings: [Handler] = [
        { _ in },
        { _ in throw Boom() },
        { ctx in ctx.body = .stream { _ in throw Boom() } },
        { ctx in
            ctx.body = .stream { writer in
                try await writer.write("half")
                throw Boom()
            }
        },
        { ctx in
            ctx.respond = false
            try await ctx.res.end("by hand")
        },
        { ctx in ctx.respond = false },
        { ctx in ctx.status = 1000 },
    ]

    @Test("it runs once, however the request ends", arguments: endings.indices)
    func always(_ index: Int) async throws {
        let app = Application(silent: true)
        let calls = Recording<Int>()
        app.use { ctx, next in
            ctx.onFinish { calls.add(1) }
            try await next()
        }
        app.use(Self.endings[index])
        _ = await app.callback()(.init(method: .get, target: "/"))
        #expect(calls.values == [1])
    }

    @Test("it runs when the client is gone")
    func disconnected() async throws {
        let app = Application()
        let calls = Recording<Int>()
        app.use { ctx in
            ctx.onFinish { calls.add(1) }
            ctx.body = .stream { writer in while true { try await writer.write("x") } }
        }
        let transport = StubTransport()
        transport.patience = 1
        await app.callback().serve(.sample(app, .sample(), transport))
        #expect(calls.values == [1])
    }

    @Test("error listeners hear of an error before it runs")
    func afterListeners() async throws {
        let app = Application()
        let calls = Recording<String>()
        app.onError { _, _ in calls.add("listener") }
        app.use { ctx in
            ctx.onFinish { calls.add("finished") }
            throw Boom()
        }
        _ = try await app.test.get("/")
        #expect(calls.values == ["listener", "finished"])
    }
}
