import Testing

@testable import Koa

@Suite("ctx.protocol")
struct RequestProtocolTests {
    @Test("is https on an encrypted connection, whatever a header says")
    func encrypted() {
        #expect(madeContext(isSecure: true).protocol == "https")
        let headers: Headers = ["X-Forwarded-Proto": "http"]
        #expect(madeContext(headers: headers, isSecure: true, app: Application(proxy: true)).protocol == "https")
    }

    @Test("is http on one that isn't")
    func unencrypted() {
        #expect(madeContext().protocol == "http")
        #expect(madeContext(app: Application(proxy: true)).request.protocol == "http")
    }

    @Test(
        "is what a trusted proxy says, the first of a list",
        arguments: [
            ("https, http", "https"), ("http, https", "http"), ("", "http"), ("HTTPS", "https"), (" https ", "https"),
            ("javascript", "http"), ("https://x", "http"), (",https", "http"),
        ]
    )
    func trusted(value: String, expected: String) {
        let ctx = madeContext(headers: ["X-Forwarded-Proto": value], app: Application(proxy: true))
        #expect(ctx.protocol == expected)
        #expect(ctx.secure == (expected == "https"))
    }

    @Test("isn't what any other client says")
    func untrusted() {
        let ctx = madeContext(headers: ["X-Forwarded-Proto": "https, http"])
        #expect(ctx.protocol == "http")
        #expect(!ctx.secure)
    }
}

@Suite("ctx.secure")
struct RequestSecureTests {
    @Test("is true when the connection is encrypted", arguments: [true, false])
    func encrypted(isSecure: Bool) {
        let ctx = madeContext(isSecure: isSecure)
        #expect(ctx.secure == isSecure)
        #expect(ctx.request.secure == isSecure)
        #expect(ctx.socket.encrypted == isSecure)
    }
}
