import Testing

@testable import Koa

@Suite("request.type")
struct RequestTypeTests {
    @Test(
        "is the Content-Type without its parameters, empty without one",
        arguments: [
            (nil, ""), ("text/html", "text/html"), ("text/html; charset=utf-8", "text/html"), ("", ""),
            (";charset=utf-8", ""), ("nonsense", "nonsense"), ("text/html;", "text/html"),
        ] as [(String?, String)]
    )
    func reads(field: String?, type: String) {
        let ctx = madeContext(.post, headers: field.map { ["Content-Type": $0] } ?? [:])
        #expect(ctx.request.type == type)
        #expect(ctx.type == "")
    }
}
