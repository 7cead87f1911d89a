extension Context: CookieJarHost {
    package var cookieHeader: String? { request.field("cookie") }
    package func withCookieOctets<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result?) -> Result? {
        guard incoming.headers == nil else { return nil }
        return head.fields.withOnlyValue("cookie") { body($0.assumingMemoryBound(to: UInt8.self)) }
    }

    package var isSecure: Bool { request.secure }
    package var cookieSigner: (any CookieSigner)? { app.signer }
    package var nowMilliseconds: Int64 { app.clock.milliseconds }

    package func hasCookieLine(of name: String) -> Bool {
        outgoing.headers.fields.contains {
            $0.name.equalsIgnoringCase("Set-Cookie") && CookieSyntax.isLine($0.value, of: name)
        }
    }

    package func addCookieLine(_ line: String) {
        guard response.isOpen("a cookie"), refusal == nil else { return }
        outgoing.headers.append("Set-Cookie", line)
    }

    package var setCookieLines: [String] {
        get { outgoing.headers.all("Set-Cookie") }
        set {
            guard response.isOpen("a cookie"), refusal == nil else { return }
            outgoing.headers.set("Set-Cookie", newValue)
        }
    }
}
