import Testing

@testable import Koa

@Suite("ctx.accepts(types)")
struct RequestAcceptsTests {
    private func accepting(_ accept: String?) -> Context {
        madeContext(headers: accept.map { ["Accept": $0] } ?? [:])
    }

    @Test("without arguments lists what the client accepts, best first")
    func lists() {
        let ctx = accepting("application/*;q=0.2, image/jpeg;q=0.8, text/html, text/plain")
        #expect(ctx.accepts() == ["text/html", "text/plain", "image/jpeg", "application/*"])
        #expect(accepting(nil).accepts() == ["*/*"])
    }

    @Test("is nil when none of the types is acceptable or known")
    func isNilWithoutAMatch() {
        let ctx = accepting("application/*;q=0.2, image/jpeg;q=0.8, text/html, text/plain")
        #expect(ctx.accepts("image/png", "image/tiff") == nil)
        #expect(ctx.accepts("nonsense") == nil)
        #expect(ctx.accepts([]) == nil)
    }

    @Test("is the first type when the client doesn't say what it accepts")
    func isTheFirstWithoutAField() {
        let ctx = accepting(nil)
        #expect(ctx.accepts("text/html", "text/plain", "image/jpeg", "application/*") == "text/html")
        #expect(ctx.accepts("json", "html") == "json")
    }

    @Test("takes extensions, with and without a dot, and gives back what was offered")
    func takesExtensions() {
        let ctx = accepting("text/plain, text/html")
        #expect(ctx.accepts("html") == "html")
        #expect(ctx.accepts(".html") == ".html")
        #expect(ctx.accepts("txt") == "txt")
        #expect(ctx.accepts(".txt") == ".txt")
        #expect(ctx.accepts("png") == nil)
    }

    @Test("takes a list and several arguments alike")
    func takesAListOrArguments() {
        let ctx = accepting("text/plain, text/html")
        #expect(ctx.accepts(["png", "text", "html"]) == "text")
        #expect(ctx.accepts(["png", "html"]) == "html")
        #expect(ctx.accepts("png", "text", "html") == "text")
        #expect(ctx.accepts("png", "html") == "html")
        #expect(ctx.request.accepts("png", "html") == "html")
        #expect(ctx.request.accepts(["png", "html"]) == "html")
    }

    @Test("matches exactly, by the type with any subtype, and by any type")
    func matchesRanges() {
        let exact = accepting("text/plain, text/html")
        #expect(exact.accepts("text/html") == "text/html")
        #expect(exact.accepts("text/plain") == "text/plain")
        let any = accepting("application/json, */*")
        #expect(any.accepts("text/html") == "text/html")
        #expect(any.accepts("image/png") == "image/png")
        let subtype = accepting("application/json, text/*")
        #expect(subtype.accepts("text/html") == "text/html")
        #expect(subtype.accepts("text/plain") == "text/plain")
        #expect(subtype.accepts("image/png") == nil)
    }

    @Test("leads to 406 when a handler finds nothing to offer")
    func leadsTo406() async {
        let answer = await answer(headers: ["Accept": "image/png"]) { ctx in
            switch ctx.accepts("json", "html") {
            case "json": ctx.body = ["ok": true]
            case "html": ctx.body = "<p>ok</p>"
            default: try ctx.throw(406)
            }
        }
        #expect(answer.status == 406)
        #expect(answer.text == "Not Acceptable")
    }
}
