extension Context: CookieJarHost {
    package var cookieHeader: String? { request.field("cookie") }
    package var isSecure: Bool { request.secure }
    package var cookieSigner: (any CookieSigner)? { app.signer }
    package var nowMilliseconds: Int64 { app.clock.milliseconds }

    package var setCookieLines: [String] {
        get { outgoing.headers.all("Set-Cookie") }
        set {
            guard response.isOpen("a cookie"), refusal == nil else { return }
            outgoing.headers.set("Set-Cookie", newValue)
        }
    }
}
