import Testing

@testable import Koa

@Suite("ctx.cookies.get")
struct CookiesGetTests {
    @Test("returns the value of the cookie")
    func value() {
        let jar = TestJarHost("foo=bar; baz=qux").jar
        #expect(jar.get("foo") == "bar")
        #expect(jar.get("baz") == "qux")
        #expect(jar["baz"] == "qux")
    }

    @Test("returns an unquoted value")
    func unquoted() {
        #expect(TestJarHost("foo=\"bar\"").jar.get("foo") == "bar")
    }

    @Test("works for a name with special characters")
    func special() {
        #expect(TestJarHost("foo*(#bar=buzz").jar.get("foo*(#bar") == "buzz")
    }

    @Test("returns nil without the cookie and without a header")
    func absent() {
        #expect(TestJarHost("foo=bar").jar.get("fizz") == nil)
        #expect(TestJarHost("").jar.get("fizz") == nil)
        #expect(TestJarHost(nil).jar.get("fizz") == nil)
        #expect(TestJarHost(nil).jar["fizz"] == nil)
    }

    @Test("never verifies without being told to, even with keys")
    func unverified() throws {
        let host = TestJarHost("foo=bar; foo.sig=bad", keys: ["a"])
        #expect(host.jar.get("foo") == "bar")
        #expect(host.jar["foo"] == "bar")
        #expect(try host.jar.get("foo", signed: false) == "bar")
        #expect(host.setCookieLines.isEmpty)
    }

    @Test("does not see what was set on the response")
    func response() {
        let host = TestJarHost("foo=bar")
        host.jar.set("foo", "new")
        #expect(host.jar.get("foo") == "bar")
    }
}

@Suite("ctx.cookies.get, signed")
struct CookiesSignedGetTests {
    private func signed(_ pair: String, by key: String) -> String {
        let name = pair.prefix { $0 != "=" }
        return "\(pair); \(name).sig=\(TestSigner(keys: []).signature(of: pair, by: key))"
    }

    @Test("returns the value of a good signature")
    func good() throws {
        let host = TestJarHost(signed("foo=bar", by: "a"), keys: ["a", "b"])
        #expect(try host.jar.get("foo", signed: true) == "bar")
        #expect(host.setCookieLines.isEmpty)
    }

    @Test("verifies the value without its quotes, and an empty one")
    func unquoted() throws {
        let signature = TestSigner(keys: ["a"]).sign("foo=bar")
        #expect(try TestJarHost("foo=\"bar\"; foo.sig=\(signature)", keys: ["a"]).jar.get("foo", signed: true) == "bar")
        #expect(try TestJarHost(signed("foo=", by: "a"), keys: ["a"]).jar.get("foo", signed: true) == "")
    }

    @Test("throws without keys when there is a signature to verify")
    func noKeys() {
        let host = TestJarHost("foo=bar; foo.sig=x")
        let error = #expect(throws: CookieError.self) { try host.jar.get("foo", signed: true) }
        #expect(error?.code == .keysRequired)
        #expect(error?.message == ".keys required for signed cookies")
        #expect(host.refusals.isEmpty)
    }

    @Test("returns nil without a cookie or a signature, with keys and without", arguments: [[], ["a"]])
    func nothing(_ keys: [String]) throws {
        for header in ["", "foo=bar", "foo=bar; foo.sig=", "foo=bar; foo.sig=\"\"", "foo.sig=x", "x=y"] {
            let host = TestJarHost(header, keys: keys)
            #expect(try host.jar.get("foo", signed: true) == nil)
            #expect(host.setCookieLines.isEmpty)
        }
    }

    @Test("returns nil and deletes the signature when it is wrong")
    func bad() throws {
        let host = TestJarHost("foo=bar; foo.sig=bad", keys: ["a"])
        #expect(try host.jar.get("foo", signed: true) == nil)
        #expect(host.setCookieLines == ["foo.sig=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly"])
    }

    @Test("deletes it as a secure cookie on an encrypted connection")
    func badSecure() throws {
        let host = TestJarHost("foo=bar; foo.sig=bad", secure: true, keys: ["a"])
        #expect(try host.jar.get("foo", signed: true) == nil)
        #expect(host.setCookieLines == ["foo.sig=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; secure; httponly"])
    }

    @Test("a signature is good for its own name and value alone")
    func transplanted() throws {
        let signature = TestSigner(keys: ["a"]).sign("foo=bar")
        for header in ["foo=baz; foo.sig=\(signature)", "fox=bar; fox.sig=\(signature)"] {
            let host = TestJarHost(header, keys: ["a"])
            #expect(try host.jar.get(String(header.prefix(3)), signed: true) == nil)
            #expect(host.setCookieLines.count == 1)
        }
    }

    @Test("returns the value signed by an old key, and signs it anew by the newest")
    func oldKey() throws {
        let host = TestJarHost(signed("foo=bar", by: "b"), keys: ["a", "b"])
        #expect(try host.jar.get("foo", signed: true) == "bar")
        let signature = TestSigner(keys: ["a"]).sign("foo=bar")
        #expect(host.setCookieLines == ["foo.sig=\(signature); path=/; httponly"])
    }

    @Test("asks the jar's own signer in place of the application's")
    func ownSigner() throws {
        var jar = TestJarHost(signed("foo=bar", by: "mine"), keys: ["a"]).jar
        #expect(try jar.get("foo", signed: true) == nil)
        jar.signer = TestSigner(keys: ["mine"])
        #expect(try jar.get("foo", signed: true) == "bar")
    }

    @Test("CookieSigner.verify is whether any key made the signature")
    func verify() {
        let signer = TestSigner(keys: ["a", "b"])
        #expect(signer.verify(signer.sign("x"), for: "x"))
        #expect(signer.verify(signer.signature(of: "x", by: "b"), for: "x"))
        #expect(!signer.verify(signer.signature(of: "x", by: "c"), for: "x"))
        #expect(!signer.verify("", for: "x"))
    }
}
