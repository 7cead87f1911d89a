import Testing

@testable import Koa

@Suite("ctx.acceptsEncodings()")
struct RequestAcceptsEncodingsTests {
    @Test("without arguments lists what the client accepts, and identity")
    func lists() {
        let ctx = madeContext(headers: ["Accept-Encoding": "gzip, compress;q=0.2"])
        #expect(ctx.acceptsEncodings() == ["gzip", "compress", "identity"])
        #expect(ctx.acceptsEncodings("gzip", "compress") == "gzip")
    }

    @Test("is identity when the client doesn't say")
    func isIdentityWithoutAField() {
        let ctx = madeContext()
        #expect(ctx.acceptsEncodings() == ["identity"])
        #expect(ctx.acceptsEncodings("gzip", "deflate", "identity") == "identity")
        #expect(ctx.acceptsEncodings("gzip") == nil)
    }

    @Test("is the best fit of those offered")
    func isTheBestFit() {
        let ctx = madeContext(headers: ["Accept-Encoding": "gzip, compress;q=0.2"])
        #expect(ctx.acceptsEncodings("compress", "gzip") == "gzip")
        #expect(ctx.acceptsEncodings("gzip", "compress") == "gzip")
        #expect(ctx.acceptsEncodings(["compress", "gzip"]) == "gzip")
        #expect(ctx.request.acceptsEncodings("compress", "br") == "compress")
        #expect(ctx.request.acceptsEncodings(["br"]) == nil)
    }

    @Test(
        "takes identity for acceptable unless the client excludes it",
        arguments: [("gzip", "identity"), ("gzip, *;q=0", nil), ("identity;q=0", nil), ("", "identity")]
            as [(String, String?)]
    )
    func identity(field: String, expected: String?) {
        #expect(madeContext(headers: ["Accept-Encoding": field]).acceptsEncodings("identity") == expected)
    }
}
