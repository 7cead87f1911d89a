extension Context: CookieJarHost {
    package var cookieHeader: String? { request.field("cookie") }
    package var isSecure: Bool { request.secure }
    package var cookieSigner: (any CookieSigner)? { app.signer }
    package var nowMilliseconds: Int64 { app.clock.milliseconds }

    package func hasCookieLine(startingWith prefix: String) -> Bool {
        outgoing.headers.fields.contains {
            $0.name.equalsIgnoringCase("Set-Cookie") && $0.value.utf8.starts(with: prefix.utf8)
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
