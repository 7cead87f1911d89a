import Testing

@testable import Koa

@Suite("an application within another's chain")
struct MountedApplicationTests {
    /// What the listeners of a mounted application were told when its client is there, or isn't.
    private func told(_ error: any Error, connected: Bool) async -> [String] {
        let inner = Application(), outer = Application(silent: true), told = Recording<String>()
        inner.onError { error, _ in told.add("\(error)") }
        inner.use { _ in throw error }
        outer.use(MountedApplication(inner))
        let transport = StubTransport()
        transport.isConnected = connected
        await outer.callback().serve(Context.sample(outer, .sample(), transport))
        return told.values
    }

    @Test("isn't told that its client went away, which is no error")
    func disconnected() async {
        #expect(await told(CancellationError(), connected: false).isEmpty)
        #expect(await told(KoaError(.disconnected, "away"), connected: false).isEmpty)
        #expect(await told(Boom(), connected: false) == ["boom"])
        #expect(await told(CancellationError(), connected: true) == ["CancellationError()"])
    }

    @Test("leaves nothing of itself in the context", arguments: [false, true])
    func leavesNothing(throwing: Bool) async {
        let inner = Application(silent: true), outer = Application(silent: true), seen = Recording<Int>()
        inner.use { ctx, next in
            seen.add(ctx.state.mounted.count)
            ctx.state = ContextState(app: ctx.app)
            try await next()
        }
        outer.use { ctx, next in
            defer { seen.add(ctx.state.mounted.count) }
            try await next()
        }
        outer.use(MountedApplication(inner))
        outer.use { ctx in
            seen.add(ctx.state.mounted.count)
            if throwing { throw Boom() }
        }
        _ = await outer.callback()(.init(method: .get, target: "/"))
        #expect(seen.values == [1, 0, 0])
    }
}

@Suite("A part of the onion that sees a request in its own way")
struct ScopeTests {
    private final class Counting: Scope {
        let entered: Recording<String>
        init(_ entered: Recording<String>) { self.entered = entered }
        func enter(_ ctx: Context) { entered.add("enter") }
        func leave(_ ctx: Context) { entered.add("leave") }
    }

    private func steps(_ part: [Middleware], behind: @escaping Handler) async -> [String] {
        let steps = Recording<String>(), app = Application(silent: true)
        let chain = Chain(part, fileID: #fileID, line: #line)
        app.use { ctx, next in try await chain.run(ctx, next, within: Counting(steps)) }
        app.use { ctx in
            steps.add("behind")
            try await behind(ctx)
        }
        _ = await app.callback()(.init(method: .get, target: "/"))
        return steps.values
    }

    @Test("is entered and left as often, also around what stands behind")
    func balanced() async {
        let pass: Middleware = { _, next in try await next() }
        let around = ["enter", "leave", "behind", "enter", "leave"]
        #expect(await steps([pass, pass]) { _ in } == around)
        #expect(await steps([]) { _ in } == around)
        #expect(await steps([pass]) { _ in throw Boom() } == around)
        #expect(await steps([{ _, _ in }]) { _ in } == ["enter", "leave"])
        #expect(await steps([pass, { _, _ in throw Boom() }]) { _ in } == ["enter", "leave"])
    }
}
