import KoaTesting
import Testing

@testable import Koa

private struct User: Equatable {
    var name: String
}

private enum UserKey: StateKey { typealias Value = User }
private enum NumberKey: StateKey { typealias Value = Int }
private enum OtherNumberKey: StateKey { typealias Value = Int }
private final class Session {}
private enum SessionKey: StateKey { typealias Value = Session }

extension ContextState {
    fileprivate var user: User? {
        get { self[UserKey.self] }
        set { self[UserKey.self] = newValue }
    }
}

@Suite("ctx.state")
struct ContextStateTests {
    @Test("is empty at first")
    func empty() {
        let state = Context.sample().state
        #expect(state.names.isEmpty)
        #expect(state["user"] == nil)
        #expect(state.user == nil)
    }

    @Test("hands typed and named values down the chain, and back up")
    func handsOn() async throws {
        let app = Application()
        app.use { ctx, next in
            ctx.state.user = User(name: "Tobi")
            ctx.state["locale"] = "de"
            try await next()
            ctx.set("X-From-Below", ctx.state["below"] as? String ?? "-")
        }
        app.use { ctx in
            ctx.state.user?.name += "!"
            ctx.state["below"] = "here"
            ctx.body = "\(ctx.state.user?.name ?? "-") \(ctx.state["locale"] as? String ?? "-")"
        }
        let response = try await app.test.get("/")
        #expect(response.text == "Tobi! de")
        #expect(response.get("X-From-Below") == "here")
    }

    @Test("keys of the same type are different keys")
    func separateKeys() {
        let ctx = Context.sample()
        ctx.state[NumberKey.self] = 1
        ctx.state[OtherNumberKey.self] = 2
        #expect(ctx.state[NumberKey.self] == 1)
        #expect(ctx.state[OtherNumberKey.self] == 2)
        ctx.state[NumberKey.self] = nil
        #expect(ctx.state[NumberKey.self] == nil)
        #expect(ctx.state[OtherNumberKey.self] == 2)
    }

    @Test("holds values that aren't Sendable, the very same ones")
    func references() {
        let ctx = Context.sample()
        let session = Session()
        ctx.state[SessionKey.self] = session
        ctx.state["session"] = session
        #expect(ctx.state[SessionKey.self] === session)
        #expect(ctx.state["session"] as? Session === session)
    }

    @Test("lists the names that were set, in order")
    func names() {
        let ctx = Context.sample()
        ctx.app.context["shared"] = 0
        ctx.state["b"] = 1
        ctx.state["a"] = 2
        ctx.state["c"] = 3
        ctx.state["c"] = nil
        ctx.state.user = User(name: "x")
        #expect(ctx.state.names == ["a", "b"])
    }

    @Test("a value of another type than asked for reads as nil")
    func otherType() {
        let ctx = Context.sample()
        ctx.state["n"] = "text"
        #expect(ctx.state["n"] as? Int == nil)
        #expect(ctx.state["n"] as? String == "text")
    }

    @Test("each request has its own")
    func perRequest() async throws {
        let app = Application()
        app.use { ctx in
            let count = (ctx.state["count"] as? Int ?? 0) + 1
            ctx.state["count"] = count
            ctx.body = "\(count)"
        }
        #expect(try await app.test.get("/").text == "1")
        #expect(try await app.test.get("/").text == "1")
    }
}
