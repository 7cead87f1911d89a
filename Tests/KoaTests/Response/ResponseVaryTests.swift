import Testing

@testable import Koa

@Suite("ctx.vary(field)")
struct ResponseVaryTests {
    @Test("sets the field, and adds to it")
    func adds() {
        let ctx = madeContext()
        ctx.vary("Accept")
        #expect(ctx.response.get("Vary") == "Accept")
        ctx.vary("Accept-Encoding")
        #expect(ctx.response.get("vary") == "Accept, Accept-Encoding")
    }

    @Test("adds a name once, whatever its case")
    func once() {
        let ctx = madeContext()
        ctx.vary("Accept")
        ctx.vary("accept")
        ctx.vary("ACCEPT", "Accept-Encoding")
        ctx.response.vary(["accept-encoding", "Accept-Encoding"])
        #expect(ctx.response.get("Vary") == "Accept, Accept-Encoding")
    }

    @Test("takes lists")
    func lists() {
        let ctx = madeContext()
        ctx.vary("Origin, Accept")
        ctx.response.vary(["Accept", "User-Agent"])
        #expect(ctx.response.get("Vary") == "Origin, Accept, User-Agent")
        ctx.vary([])
        #expect(ctx.response.get("Vary") == "Origin, Accept, User-Agent")
    }

    @Test("is * when any of them is")
    func star() {
        let ctx = madeContext()
        ctx.vary("Accept")
        ctx.vary("*")
        ctx.vary("Origin")
        #expect(ctx.response.get("Vary") == "*")
    }

    @Test("joins several lines into one")
    func lines() {
        let ctx = madeContext()
        ctx.append("Vary", ["A", "B"])
        ctx.vary("C")
        #expect(ctx.response.headers.all("Vary") == ["A, B, C"])
    }

    @Test("refuses what is no field name", arguments: ["", "a b", "a\r\nb", "a:", "é", "a,,b", "Accept, (x)"])
    func refuses(field: String) async {
        #expect(throws: VaryError.self) { try madeContext().response.setVary(field) }
        #expect(throws: VaryError.self) { try madeContext().response.setVary([field]) }
        let answer = await answer { ctx in
            ctx.vary(field)
            ctx.body = "x"
        }
        #expect(answer.status == 500)
        #expect(answer.headers["Vary"] == nil)
    }
}
