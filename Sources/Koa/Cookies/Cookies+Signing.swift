extension Cookies {
    /// The request's first cookie of that name, verified.
    ///
    /// - Returns: nil as ``get(_:signed:)``; else the cookie with its signature by the newest key, whichever came with it.
    package func signedCookie(_ name: String) throws(CookieError) -> SignedCookie? {
        switch host.signedCookie(name, among: knownCookies) {
        case .verified(let cookie): return cookie
        case .unverified(let pair, let value, let signature):
            return try verified(name, value, pair: pair, by: signature)
        case nil:
            guard let header = host.cookieHeader, let value = CookieHeader.value(of: name, in: header),
                let signature = CookieHeader.value(of: name, suffix: ".sig", in: header), !signature.isEmpty
            else { return nil }
            return try verified(name, value, pair: String(joining: name, "=", value), by: signature)
        }
    }

    private func verified(
        _ name: String, _ value: String, pair: String, by signature: String
    ) throws(CookieError) -> SignedCookie? {
        guard let signer = effectiveSigner else { throw .keysRequired }
        guard let index = signer.index(of: signature, for: pair) else {
            try setCookie(name + ".sig", nil, CookieOptions(signed: false))
            return nil
        }
        var newest = signature
        if index > 0 {
            newest = signer.sign(pair)
            try setCookie(name + ".sig", newest, CookieOptions(signed: false))
        }
        let cookie = SignedCookie(name: name, value: value, pair: pair, signature: newest)
        knownCookies?.keep(cookie)
        return cookie
    }

    /// Adds a line to the response, and that of its signature.
    ///
    /// - Parameter signed: nil for whether there is a signer.
    func add(_ cookie: SetCookie, overwrite: Bool, signed: Bool?) throws(CookieError) {
        let signer = effectiveSigner
        guard signed ?? (signer != nil) else { return push(cookie.header, of: cookie.name, overwrite) }
        guard let signer else {
            // As recorded of the reference: it has added the cookie to the lines of the response, when there are any,
            // before it asks for keys.
            if !host.setCookieLines.isEmpty { push(cookie.header, of: cookie.name, overwrite) }
            throw .keysRequired
        }
        add(try signedCookie(cookie, by: signer), cookie.attributes, cookie.name, cookie.name + ".sig", overwrite)
    }

    /// Adds the lines of a cookie and of its signature.
    func add(
        _ cookie: SignedCookie, _ attributes: String, _ name: String, _ signatureName: String, _ overwrite: Bool
    ) {
        if overwrite { remove(name, signatureName) }
        host.addCookieLine(String(joining: cookie.pair, attributes))
        host.addCookieLine(String(joining: cookie.signaturePair, attributes))
    }

    private func signedCookie(_ cookie: SetCookie, by signer: any CookieSigner) throws(CookieError) -> SignedCookie {
        let pair = cookie.pair
        let known = knownCookies
        if let found = known?.cookie(pair), found.name.isIdentical(to: cookie.name) { return found }
        let signature = signer.sign(pair)
        guard CookieSyntax.isValue(signature) else { throw .invalidValue(of: cookie.name + ".sig") }
        let made = SignedCookie(name: cookie.name, value: cookie.value, pair: pair, signature: signature)
        known?.keep(made)
        return made
    }

    private var effectiveSigner: (any CookieSigner)? { signer ?? host.cookieSigner }

    /// Those of the application's signer.
    private var knownCookies: KnownCookies? { overrides?.signer == nil ? host.knownCookies : nil }

    private func push(_ line: String, of name: String, _ overwrite: Bool) {
        if overwrite { remove(name) }
        host.addCookieLine(line)
    }

    /// Removes the lines of cookies that are set anew.
    private func remove(_ names: String...) {
        guard host.hasCookieLines else { return }
        host.setCookieLines.removeAll { line in names.contains { CookieSyntax.isLine(line, of: $0) } }
    }
}
