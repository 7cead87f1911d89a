import Testing

@testable import Koa

@Suite("ctx.acceptsCharsets()")
struct RequestAcceptsCharsetsTests {
    private let some: Headers = ["Accept-Charset": "utf-8, iso-8859-1;q=0.2, utf-7;q=0.5"]

    @Test("without arguments lists what the client accepts, best first")
    func lists() {
        #expect(madeContext(headers: some).acceptsCharsets() == ["utf-8", "utf-7", "iso-8859-1"])
        #expect(madeContext().acceptsCharsets() == ["*"])
    }

    @Test("is the best fit of those offered")
    func isTheBestFit() {
        let ctx = madeContext(headers: some)
        #expect(ctx.acceptsCharsets("utf-7", "utf-8") == "utf-8")
        #expect(ctx.acceptsCharsets(["utf-7", "utf-8"]) == "utf-8")
        #expect(ctx.request.acceptsCharsets("iso-8859-1", "utf-7") == "utf-7")
        #expect(ctx.request.acceptsCharsets(["utf-7"]) == "utf-7")
        #expect(ctx.request.acceptsCharsets() == ctx.acceptsCharsets())
    }

    @Test("is nil when none fits, the first when the client doesn't say")
    func withoutAMatchOrAField() {
        #expect(madeContext(headers: some).acceptsCharsets("utf-16") == nil)
        #expect(madeContext().acceptsCharsets("utf-7", "utf-8") == "utf-7")
    }
}
