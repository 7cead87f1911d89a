import Testing

@testable import Koa

@Suite("ctx.message")
struct ResponseMessageTests {
    @Test("is the status's phrase unless it is set")
    func phrase() {
        let ctx = madeContext()
        ctx.status = 200
        #expect(ctx.message == "OK")
        ctx.status = 413
        #expect(ctx.response.message == "Payload Too Large")
        ctx.status = 799
        #expect(ctx.message == "")
    }

    @Test("can be set, and a status set later takes it back")
    func canBeSet() {
        let ctx = madeContext()
        ctx.message = "ok"
        #expect(ctx.message == "ok")
        ctx.status = 200
        #expect(ctx.message == "OK")
    }

    @Test("is sent as the reason phrase, and as the body when there is none")
    func isSent() async {
        let answer = await answer { ctx in
            ctx.status = 200
            ctx.message = "ça va"
        }
        #expect(answer.status == 200)
        #expect(answer.reason == "ça va")
        #expect(answer.text == "ça va")
    }

    @Test("stays out of the body in HTTP/2, which has none")
    func http2() async {
        let ctx = madeContext(version: .http2)
        await ctx.handle(Chain())
        #expect((ctx.transport as? MemoryTransport)?.reply.body == ByteBuffer(string: "404"))
    }
}
