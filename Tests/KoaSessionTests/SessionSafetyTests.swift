import KoaSession
import KoaTesting
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("cookies that nobody should trust")
struct SessionSafetyTests {
    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static let foreign = [
        "", "=", "x", "%", "....", "AAAA", base64("null"), base64("5"), base64("\"text\""), base64("[1]"),
        base64("{"), base64("{\"_expire\":\"tomorrow\"}"), base64("{\"_expire\":1e400}"),
        base64("{\"_maxAge\":-1,\"_expire\":-9e99}"), base64(String(repeating: "[", count: 3000)),
        base64("{\"_maxAge\":1e300}"), base64("{\"_created\":1e300}"), base64("{\"_session\":7}"), "eyJhIjoxfQ",
        String(repeating: "A", count: 8000), "\u{FF}\u{FE}",
    ]

    @Test("of any content make a session or none, and no error", arguments: foreign)
    func any(_ value: String) async throws {
        var options = SessionOptions(rolling: true, renew: true, signed: false)
        options.absoluteLifetime = .days(1)
        let site = Site(options) { ctx, _ in
            ctx.session["a"] = 1
            ctx.body = .text("\(ctx.session.length)")
        }
        let response = try await site.app.test.get("/", headers: ["Cookie": "koa.sess=\(value)"])
        #expect(response.status == 200)
        #expect(response.text == "1")
        #expect(site.errors.all == [])
    }

    @Test("of a wrong signature are none, at each place that is changed")
    func forged() async throws {
        let site = Site { ctx, _ in
            if ctx.path == "/set" { ctx.session["admin"] = true }
            ctx.body = .text("\(ctx.session["admin", default: false])")
        }
        let set = try await site.app.test.get("/set")
        let value = try #require(set.value())
        let signature = try #require(set.value(of: "koa.sess.sig"))
        func answer(_ value: String, _ signature: String) async throws -> String {
            try await site.app.test.get("/", headers: ["Cookie": "koa.sess=\(value); koa.sess.sig=\(signature)"]).text
        }
        #expect(try await answer(value, signature) == "true")
        for place in value.indices {
            let other = value.changed(at: place)
            #expect(try await answer(other, signature) == "false")
        }
        #expect(try await answer(String(value.dropLast()), signature) == "false")
        #expect(try await answer(value, "") == "false")
        #expect(try await answer(value, String(signature.dropLast())) == "false")
    }

    @Test("of another name aren't taken, signature and all")
    func otherName() async throws {
        let site = Site { ctx, _ in ctx.body = .text("\(ctx.session["admin", default: false])") }
        let other = Site(SessionOptions(key: "other")) { ctx, _ in ctx.session["admin"] = true }
        let set = try await other.app.test.get("/")
        let cookie = "koa.sess=\(set.value(of: "other") ?? ""); koa.sess.sig=\(set.value(of: "other.sig") ?? "")"
        #expect(try await site.app.test.get("/", headers: ["Cookie": cookie]).text == "false")
    }

    @Test("that browsers would drop for their size fail the request instead")
    func size() async throws {
        let site = Site { ctx, _ in ctx.session["text"] = String(repeating: "x", count: Int(ctx.query["n"] ?? "") ?? 0)
        }
        #expect(try await site.app.test.get("/?n=2900").status == 404)
        let response = try await site.app.test.get("/?n=3100")
        #expect(response.status == 500)
        #expect(site.errors.all.first?.contains("of which browsers keep 4096") == true)
        var options = SessionOptions()
        options.cookieLimit = nil
        let free = Site(options) { ctx, _ in ctx.session["text"] = String(repeating: "x", count: 5000) }
        #expect(try await free.app.test.get("/").status == 404)
    }

    @Test("signed by an older key are accepted, and signed anew")
    func rotation() async throws {
        let old = Site(keys: ["older"]) { ctx, _ in ctx.session["a"] = 1 }
        let set = try await old.app.test.get("/")
        let site = Site(keys: ["new", "older"]) { ctx, _ in ctx.body = .text("\(ctx.session["a", default: 0])") }
        let cookie = "koa.sess=\(set.value() ?? ""); koa.sess.sig=\(set.value(of: "koa.sess.sig") ?? "")"
        let response = try await site.app.test.get("/", headers: ["Cookie": cookie])
        #expect(response.text == "1")
        #expect(response.line(of: "koa.sess.sig") != nil)
    }

    @Test("under names that lie in wait for JavaScript are values like any other")
    func prototype() async throws {
        let value = Self.base64(#"{"__proto__":{"admin":true},"constructor":1,"toJSON":2}"#)
        let site = Site(SessionOptions(signed: false)) { ctx, _ in ctx.body = .json(ctx.session) }
        let response = try await site.app.test.get("/", headers: ["Cookie": "koa.sess=\(value)"])
        #expect(response.text == #"{"constructor":1,"toJSON":2}"#)
    }
}

@Suite("encrypted sessions")
struct SessionEncryptionTests {
    private static let keys = [String(repeating: "k", count: 32), String(repeating: "o", count: 40)]

    private func site(_ keys: [String] = keys, key: String = "koa.sess") throws -> Site {
        let encryption = try SessionEncryption(keys: keys)
        return Site(SessionOptions(key: key, encryption: encryption), keys: []) { ctx, _ in
            if ctx.path == "/set" { ctx.session["secret"] = "tell nobody" }
            ctx.body = .text(ctx.session["secret"] ?? "none")
        }
    }

    @Test("go there and back, and show nothing on the way")
    func roundTrip() async throws {
        let site = try site()
        try site.app.prepare()
        let browser = site.browser
        let set = try await browser.get("/set")
        let value = try #require(set.value())
        #expect(set.cookieLines.count == 1)
        #expect(value.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "=") })
        #expect(content(value) == nil)
        #expect(try await browser.get("/").text == "tell nobody")
        #expect(try await site.app.test.get("/set").value() != value)
    }

    @Test("are opened by older keys, and sealed anew by the first")
    func rotation() async throws {
        let old = try await site([Self.keys[1]]).app.test.get("/set").value() ?? ""
        let rotated = try site()
        let response = try await rotated.app.test.get("/", headers: ["Cookie": "koa.sess=\(old)"])
        #expect(response.text == "tell nobody")
        let new = try #require(response.value())
        #expect(
            try await site([Self.keys[0]]).app.test.get("/", headers: ["Cookie": "koa.sess=\(new)"]).text
                == "tell nobody")
        #expect(try await site([Self.keys[0]]).app.test.get("/", headers: ["Cookie": "koa.sess=\(old)"]).text == "none")
    }

    @Test("aren't opened when a byte is changed, missing or from another cookie")
    func tampering() async throws {
        let site = try site()
        let value = try #require(await site.app.test.get("/set").value())
        for place in value.indices {
            let other = value.changed(at: place)
            // The last character has bits that nobody reads.
            guard place != value.indices.last else { continue }
            #expect(try await site.app.test.get("/", headers: ["Cookie": "koa.sess=\(other)"]).text == "none")
        }
        for count in 0..<value.count {
            #expect(
                try await site.app.test.get("/", headers: ["Cookie": "koa.sess=\(value.prefix(count))"]).text == "none")
        }
        let named = try self.site(key: "other")
        #expect(try await named.app.test.get("/", headers: ["Cookie": "other=\(value)"]).text == "none")
    }

    @Test("need keys of 32 bytes, and show none of them")
    func keys() throws {
        #expect(throws: SessionError.self) { try SessionEncryption(keys: []) }
        #expect(throws: SessionError.self) { try SessionEncryption(keys: [Self.keys[0], "short"]) }
        #expect("\(try SessionEncryption(keys: Self.keys))" == "SessionEncryption of 2 keys")
    }
}
