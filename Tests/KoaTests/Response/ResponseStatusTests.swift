import Testing

@testable import Koa

@Suite("ctx.status")
struct ResponseStatusTests {
    @Test("is 404 until a status or a body is set")
    func initial() {
        let ctx = madeContext()
        #expect(ctx.status == 404)
        ctx.body = "x"
        #expect(ctx.status == 200)
    }

    @Test("can be set, by number and by name", arguments: [100, 200, 403, 599, 700, 999] as [Status])
    func valid(status: Status) {
        let ctx = madeContext()
        ctx.status = status
        #expect(ctx.status == status)
        #expect(koaErrorCode { try ctx.response.setStatus(status) } == nil)
        ctx.status = .created
        #expect(ctx.status == 201)
    }

    @Test("refuses what is no status code", arguments: [0, 99, 1000, -200, Int.max, Int.min])
    func invalid(code: Int) async {
        let ctx = madeContext()
        #expect(koaErrorCode { try ctx.response.setStatus(Status(code)) } == .invalidStatus)
        #expect(ctx.status == 404)
        let answer = await answer { ctx in
            ctx.status = Status(code)
            ctx.body = "x"
        }
        #expect(answer.status == 500)
        #expect(answer.errors == ["invalid status code: \(code); it has to be 100…999"])
    }

    @Test("stays when a body is set later")
    func isExplicit() {
        let ctx = madeContext()
        ctx.status = 404
        ctx.body = "x"
        #expect(ctx.status == 404)
    }

    @Test(
        "that has no body takes away the body and its headers, whichever comes first",
        arguments: [204, 205, 304] as [Status])
    func strips(status: Status) async {
        let bodyFirst = await answer { ctx in
            ctx.body = ["foo": "bar"]
            ctx.set("Content-Type", "application/json; charset=utf-8")
            ctx.set("Content-Length", "15")
            ctx.set("Transfer-Encoding", "chunked")
            ctx.status = status
            #expect(!ctx.has("Content-Type"))
            #expect(!ctx.has("Content-Length"))
            #expect(!ctx.has("Transfer-Encoding"))
        }
        let statusFirst = await answer { ctx in
            ctx.status = status
            ctx.body = ["foo": "bar"]
            ctx.set("Content-Length", "15")
            ctx.set("Transfer-Encoding", "chunked")
        }
        for answer in [bodyFirst, statusFirst] {
            #expect(answer.status == status)
            #expect(answer.text == "")
            #expect(answer.type == nil)
            #expect(answer.headers["Transfer-Encoding"] == nil)
        }
    }
}
