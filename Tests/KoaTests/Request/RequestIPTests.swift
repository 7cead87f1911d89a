import Testing

@testable import Koa

@Suite("ctx.ip")
struct RequestIPTests {
    private let two: Headers = ["X-Forwarded-For": "127.0.0.1, 127.0.0.2"]

    @Test("is the first of ctx.ips")
    func first() {
        let ctx = madeContext(headers: two, peer: "10.0.0.9", app: Application(proxy: true))
        #expect(ctx.ip == "127.0.0.1")
    }

    @Test("is the peer's address when there are no ips, empty when that isn't known")
    func peer() {
        #expect(madeContext(headers: two, peer: "127.0.0.3").ip == "127.0.0.3")
        #expect(madeContext(peer: nil).ip == "")
        #expect(madeContext(peer: "::1").request.ip == "::1")
    }

    @Test("is the peer's address when the first of the ips is empty")
    func emptyFirst() {
        let ctx = madeContext(
            headers: ["X-Forwarded-For": " , 1.2.3.4"], peer: "127.0.0.3", app: Application(proxy: true))
        #expect(ctx.ips == ["", "1.2.3.4"])
        #expect(ctx.ip == "127.0.0.3")
    }

    @Test("is worked out once")
    func isCached() {
        let app = Application(proxy: true)
        let ctx = madeContext(headers: two, app: app)
        #expect(ctx.ip == "127.0.0.1")
        app.proxy = .none
        #expect(ctx.ip == "127.0.0.1")
    }

    @Test("can be set")
    func canBeSet() {
        let ctx = madeContext(peer: "127.0.0.1")
        #expect(ctx.ip == "127.0.0.1")
        ctx.ip = "127.0.0.2"
        #expect(ctx.ip == "127.0.0.2")
        #expect(ctx.request.ip == "127.0.0.2")
        #expect(ctx.socket.remoteAddress == "127.0.0.1")
    }
}
