import KoaTesting
import Testing

@testable import Koa

@Suite("Cookies that are known to be signed rightly")
struct KnownCookiesTests {
    /// A signer that counts how often it is asked.
    private final class CountingSigner: ConstantSigner {
        private let signer = TestSigner(keys: ["new", "old"])
        private nonisolated(unsafe) var count = 0

        /// How often it was asked since the last time.
        func takeCount() -> Int {
            defer { count = 0 }
            return count
        }

        func sign(_ text: String) -> String {
            count += 1
            return signer.sign(text)
        }

        func index(of signature: String, for text: String) -> Int? {
            count += 1
            return signer.index(of: signature, for: text)
        }
    }

    private let signer: CountingSigner
    private let signing: CookieSigning

    init() {
        signer = CountingSigner()
        signing = CookieSigning(signer)
    }

    private func jar(_ header: String?) -> (Cookies, TestJarHost) {
        let host = TestJarHost(header)
        host.cookieSigning = signing
        return (host.jar, host)
    }

    private func signed(_ pair: String, by key: String = "new") -> String {
        let name = pair.prefix { $0 != "=" }
        return "\(pair); \(name).sig=\(TestSigner(keys: []).signature(of: pair, by: key))"
    }

    @Test("the signer is asked once for a cookie that comes again, and not to set it again")
    func once() throws {
        for _ in 0..<3 { #expect(try jar(signed("a=1")).0.get("a", signed: true) == "1") }
        #expect(signer.takeCount() == 1)
        let (cookies, host) = jar(nil)
        cookies.set("a", "1", .init())
        #expect(signer.takeCount() == 0)
        #expect(host.setCookieLines.count == 2)
        #expect(host.setCookieLines[1] == "a.sig=\(TestSigner(keys: ["new"]).sign("a=1")); path=/; httponly")
    }

    @Test("a cookie that was set is known when it comes back")
    func set() throws {
        jar(nil).0.set("a", "1", .init())
        #expect(signer.takeCount() == 1)
        #expect(try jar(signed("a=1")).0.get("a", signed: true) == "1")
        #expect(signer.takeCount() == 0)
    }

    @Test("another value, name or signature is none that is known")
    func others() throws {
        #expect(try jar(signed("ab=1")).0.get("ab", signed: true) == "1")
        let right = TestSigner(keys: ["new"]).sign("ab=1")
        for wrong in [
            "ab=2; ab.sig=\(right)", "ac=1; ac.sig=\(right)", "ab=1; ab.sig=\(right)x",
            "ab=1; ab.sig=\(right.dropLast())", "ab=1; ab.sig=\(right.dropLast())?", "ab=1 ; ab.sig=\(right)",
            "ab= 1; ab.sig=\(right)",
        ] {
            let name = String(wrong.prefix(2))
            #expect(try jar(wrong).0.get(name, signed: true) == nil, "\(wrong)")
        }
        // `a=b=1` is the text of a cookie `a` and of a cookie `a=b`: each has the same signature, and keeps its name.
        #expect(try jar(signed("a=b=1")).0.get("a", signed: true) == "b=1")
        let signature = TestSigner(keys: ["new"]).sign("a=b=1")
        #expect(try jar("a=b=1; a=b.sig=\(signature)").0.get("a=b", signed: true) == "1")
    }

    @Test("one that an older key has signed is signed anew, and known by the new signature alone")
    func rotated() throws {
        for _ in 0..<2 {
            let (cookies, host) = jar(signed("a=1", by: "old"))
            #expect(try cookies.get("a", signed: true) == "1")
            #expect(host.setCookieLines == ["a.sig=\(TestSigner(keys: ["new"]).sign("a=1")); path=/; httponly"])
        }
        #expect(signer.takeCount() > 1)
        #expect(try jar(signed("a=1")).0.get("a", signed: true) == "1")
        #expect(signer.takeCount() == 0)
    }

    @Test("a jar of another signer asks that one")
    func otherSigner() throws {
        #expect(try jar(signed("a=1")).0.get("a", signed: true) == "1")
        var (cookies, _) = jar(signed("a=1"))
        cookies.signer = TestSigner(keys: ["third"])
        #expect(try cookies.get("a", signed: true) == nil)
    }

    @Test("more of them than there is room for push each other out, and stay right")
    func many() throws {
        for round in 0..<2 {
            for number in 0..<10_000 {
                let value = try jar(signed("koa.sess=visitor \(number)")).0.get("koa.sess", signed: true)
                #expect(value == "visitor \(number)", "round \(round)")
            }
        }
        for number in 0..<10_000 {
            let wrong = signed("koa.sess=visitor \(number)") + "x"
            #expect(try jar(wrong).0.get("koa.sess", signed: true) == nil)
        }
    }

    @Test("long ones aren't kept")
    func long() throws {
        let pair = "a=" + String(repeating: "x", count: 300)
        for _ in 0..<2 { #expect(try jar(signed(pair)).0.get("a", signed: true)?.utf8.count == 300) }
        #expect(signer.takeCount() == 2)
    }

    @Test("setting other keys forgets those of the old ones; a signer that may change its mind is always asked")
    func application() throws {
        let app = Application()
        app.signer = signer
        let first = try #require(app.signing?.known)
        app.signer = signer
        #expect(app.signing?.known !== first)
        app.signer = TestSigner(keys: ["a"])
        #expect(app.signing != nil && app.signing?.known == nil)
        app.signer = nil
        #expect(app.signing == nil)
    }

    /// Is replaced by another one while it is asked, as by a request that sets the application's keys.
    private struct ReplacedSigner: ConstantSigner {
        let replace: @Sendable () -> Void

        func sign(_ text: String) -> String { "x" }
        func index(of signature: String, for text: String) -> Int? {
            replace()
            return signature == "x" ? 0 : nil
        }
    }

    @Test("what a signer says while it is replaced isn't known as the next one's")
    func replaced() async throws {
        let app = Application()
        let replace: @Sendable () -> Void = { app.signer = CountingSigner() }
        app.signer = ReplacedSigner(replace: replace)
        app.use { ctx in ctx.body = .text(try ctx.cookies.get("a", signed: true) ?? "none") }
        #expect(try await app.test.get("/", headers: ["Cookie": "a=1; a.sig=x"]).text == "1")
        #expect(try await app.test.get("/", headers: ["Cookie": "a=1; a.sig=x"]).text == "none")
    }

    @Test("one that was verified is set again as it is by the same signer alone")
    func setAgain() throws {
        let prepared = try PreparedCookie(name: "a", options: .init())
        let (cookies, host) = jar(signed("a=1"))
        let verified = try #require(try cookies.verifiedCookie("a"))
        _ = try cookies.set(prepared, "1", known: verified, limit: nil, now: 0)
        #expect(host.setCookieLines.last == "a.sig=\(TestSigner(keys: ["new"]).sign("a=1")); path=/; httponly")

        var other = cookies
        other.signer = TestSigner(keys: ["other"])
        _ = try other.set(prepared, "1", known: verified, limit: nil, now: 0)
        #expect(host.setCookieLines.last == "a.sig=\(TestSigner(keys: ["other"]).sign("a=1")); path=/; httponly")

        host.cookieSigning = CookieSigning(TestSigner(keys: ["next"]))
        _ = try cookies.set(prepared, "1", known: verified, limit: nil, now: 0)
        #expect(host.setCookieLines.last == "a.sig=\(TestSigner(keys: ["next"]).sign("a=1")); path=/; httponly")

        host.cookieSigning = nil
        _ = try cookies.set(prepared, "1", known: verified, limit: nil, now: 0)
        #expect(host.setCookieLines.last == "a=1; path=/; httponly")
        #expect(host.setCookieLines.count == 7)
    }

    @Test("a cookie without a name, or whose name begins with spaces, is read as any other")
    func names() throws {
        for name in ["", " a", "  "] {
            let signature = TestSigner(keys: ["new"]).sign("\(name)=1")
            let (cookies, _) = jar("\(name)=1; \(name).sig=\(signature)")
            #expect(try cookies.get(name, signed: true) == (name.isEmpty ? "1" : cookies.get(name)), "\(name)")
        }
    }
}
