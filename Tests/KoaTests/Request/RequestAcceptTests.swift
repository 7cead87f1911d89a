import Testing

@testable import Koa

@Suite("ctx.accept")
struct RequestAcceptTests {
    @Test("is what the request's Accept fields say")
    func isOfTheRequest() {
        let ctx = madeContext(headers: [
            "Accept": "text/*;q=.5, application/json", "Accept-Encoding": "gzip", "Accept-Language": "en",
        ])
        #expect(ctx.accept.types() == ["application/json", "text/*"])
        #expect(ctx.accept.encodings(["gzip"]) == "gzip")
        #expect(ctx.accept.languages(["en", "es"]) == "en")
    }

    @Test("can be replaced, for everything that negotiates")
    func canBeReplaced() {
        let ctx = madeContext(headers: ["Accept": "text/plain"])
        #expect(ctx.accepts() == ["text/plain"])
        let other = madeContext(headers: ["Accept": "application/json"])
        ctx.accept = other.accept
        #expect(ctx.accepts() == ["application/json"])
        #expect(ctx.request.accepts("text", "json") == "json")
    }

    @Test("is read anew when the headers are replaced")
    func followsTheHeaders() {
        let ctx = madeContext(headers: ["Accept": "text/plain"])
        #expect(ctx.accepts("text", "json") == "text")
        ctx.request.headers = ["Accept": "application/json"]
        #expect(ctx.accepts("text", "json") == "json")
    }
}
