import Testing

@testable import Koa

@Suite("ctx.acceptsLanguages(langs)")
struct RequestAcceptsLanguagesTests {
    private let some: Headers = ["Accept-Language": "en;q=0.8, es, pt"]

    @Test("without arguments lists what the client accepts, best first")
    func lists() {
        #expect(madeContext(headers: some).acceptsLanguages() == ["es", "pt", "en"])
        #expect(madeContext().acceptsLanguages() == ["*"])
    }

    @Test("is the best fit of those offered")
    func isTheBestFit() {
        let ctx = madeContext(headers: some)
        #expect(ctx.acceptsLanguages("es", "en") == "es")
        #expect(ctx.acceptsLanguages(["es", "en"]) == "es")
        #expect(ctx.acceptsLanguages("en-GB", "fr") == "en-GB")
        #expect(ctx.request.acceptsLanguages("en", "pt") == "pt")
        #expect(ctx.request.acceptsLanguages(["en"]) == "en")
    }

    @Test("is nil when none fits, the first when the client doesn't say")
    func withoutAMatchOrAField() {
        #expect(madeContext(headers: some).acceptsLanguages("fr", "au") == nil)
        #expect(madeContext().acceptsLanguages("es", "en") == "es")
    }
}
