import Testing

@testable import Koa

@Suite("request.length")
struct RequestLengthTests {
    @Test(
        "is Content-Length as a number, nil without one, 0 for what is no number",
        arguments: [
            (nil, nil), ("10", 10), ("0", 0), ("", nil), ("x", 0), ("10x", 0), ("99999999999999999999", 0),
            ("4294967296", 4_294_967_296),
        ] as [(String?, Int?)]
    )
    func reads(field: String?, length: Int?) {
        let ctx = madeContext(.post, headers: field.map { ["Content-Length": $0] } ?? [:])
        #expect(ctx.request.length == length)
    }

    @Test("isn't the context's length, which is the response's")
    func isNotTheContexts() {
        let ctx = madeContext(.post, headers: ["Content-Length": "10"])
        #expect(ctx.length == nil)
        ctx.body = "abc"
        #expect(ctx.length == 3)
        #expect(ctx.request.length == 10)
    }
}
