extension Cookies {
    /// The request's first cookie of that name, verified.
    ///
    /// - Returns: nil as ``get(_:signed:)``; else the cookie with its signature by the newest key, whichever came with it.
    package func verifiedCookie(_ name: String) throws(CookieError) -> VerifiedCookie? {
        let signing = signing
        switch host.signedCookie(name, among: signing?.known) {
        case .verified(let cookie): return signing.map { VerifiedCookie(cookie: cookie, signing: $0) }
        case .unverified(let pair, let value, let signature):
            return try verified(name, value, pair: pair, by: signature, signing)
        case nil:
            guard let header = host.cookieHeader, let value = CookieHeader.value(of: name, in: header),
                let signature = CookieHeader.value(of: name, suffix: ".sig", in: header), !signature.isEmpty
            else { return nil }
            return try verified(name, value, pair: String(joining: name, "=", value), by: signature, signing)
        }
    }

    private func verified(
        _ name: String, _ value: String, pair: String, by signature: String, _ signing: CookieSigning?
    ) throws(CookieError) -> VerifiedCookie? {
        guard let signing else { throw .keysRequired }
        guard let index = signing.signer.index(of: signature, for: pair) else {
            try setCookie(name + ".sig", nil, CookieOptions(signed: false))
            return nil
        }
        var newest = signature
        if index > 0 {
            newest = signing.signer.sign(pair)
            try setCookie(name + ".sig", newest, CookieOptions(signed: false))
        }
        let cookie = SignedCookie(name: name, value: value, pair: pair, signature: newest)
        signing.known?.keep(cookie)
        return VerifiedCookie(cookie: cookie, signing: signing)
    }

    /// Adds a line to the response, and that of its signature.
    ///
    /// - Parameter signed: nil for whether there is a signer.
    func add(_ cookie: SetCookie, overwrite: Bool, signed: Bool?) throws(CookieError) {
        let signing = signing
        guard signed ?? (signing != nil) else { return push(cookie.header, of: cookie.name, overwrite) }
        guard let signing else {
            // As recorded of the reference: it has added the cookie to the lines of the response, when there are any,
            // before it asks for keys.
            if !host.setCookieLines.isEmpty { push(cookie.header, of: cookie.name, overwrite) }
            throw .keysRequired
        }
        add(try signedCookie(cookie, by: signing), cookie.attributes, cookie.name, cookie.name + ".sig", overwrite)
    }

    /// Adds the lines of a cookie and of its signature.
    func add(
        _ cookie: SignedCookie, _ attributes: String, _ name: String, _ signatureName: String, _ overwrite: Bool
    ) {
        if overwrite, host.hasCookieLines { remove([name, signatureName]) }
        host.addCookieLine(String(joining: cookie.pair, attributes))
        host.addCookieLine(String(joining: cookie.signaturePair, attributes))
    }

    private func signedCookie(_ cookie: SetCookie, by signing: CookieSigning) throws(CookieError) -> SignedCookie {
        let pair = cookie.pair
        if let found = signing.known?.cookie(pair), found.name.isIdentical(to: cookie.name) { return found }
        let signature = signing.signer.sign(pair)
        guard CookieSyntax.isValue(signature) else { throw .invalidValue(of: cookie.name + ".sig") }
        let made = SignedCookie(name: cookie.name, value: cookie.value, pair: pair, signature: signature)
        signing.known?.keep(made)
        return made
    }

    /// Who signs: asked once for each cookie, as another request may replace the application's.
    var signing: CookieSigning? { overrides?.signing ?? host.cookieSigning }

    private func push(_ line: String, of name: String, _ overwrite: Bool) {
        if overwrite, host.hasCookieLines { remove([name]) }
        host.addCookieLine(line)
    }

    /// Removes the lines of cookies that are set anew.
    private func remove(_ names: [String]) {
        let lines = host.setCookieLines
        let kept = lines.filter { line in !names.contains { CookieSyntax.isLine(line, of: $0) } }
        if kept.count < lines.count { host.setCookieLines = kept }
    }
}
