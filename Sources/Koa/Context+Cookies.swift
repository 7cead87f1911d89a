extension Context: CookieJarHost {
    package var cookieHeader: String? { request.field("cookie") }
    package func signedCookie(_ name: String, among known: KnownCookies?) -> FoundCookie? {
        guard incoming.headers == nil, let span = head.fields.only("cookie") else { return nil }
        return head.fields.withValue(span) { CookieHeader.signed(name, in: $0, among: known) }
    }

    package var isSecure: Bool { request.secure }
    package var cookieSigning: CookieSigning? { app.signing }
    package var nowMilliseconds: Int64 { app.milliseconds }

    package var hasCookieLines: Bool { outgoing.headers.has("Set-Cookie") }

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
