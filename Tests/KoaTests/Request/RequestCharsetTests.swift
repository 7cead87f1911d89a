import Testing

@testable import Koa

@Suite("request.charset")
struct RequestCharsetTests {
    @Test(
        "is the charset parameter of Content-Type, else empty",
        arguments: [
            (nil, ""), ("text/plain", ""), ("text/plain; charset=utf-8", "utf-8"),
            ("text/plain; Charset=\"UTF-8\"", "UTF-8"), ("text/plain; format=flowed; charset=latin1", "latin1"),
            ("application/json; application/text; charset=utf-8", ""), ("", ""), (";charset=utf-8", ""),
            ("text/plain; charset=\"utf-8", ""), ("text/plain; charset", ""),
        ] as [(String?, String)]
    )
    func reads(type: String?, charset: String) {
        let ctx = madeContext(.post, headers: type.map { ["Content-Type": $0] } ?? [:])
        #expect(ctx.request.charset == charset)
    }
}
