import Foundation
import KoaTesting
import Testing

@testable import KoaMiddleware

@Suite("etag")
struct EntityTagTests {
    private func tag(weak: Bool = false, _ handler: @escaping Handler) async throws -> String? {
        let app = Application()
        app.use(etag(weak: weak))
        app.use(handler)
        return try await app.test.get("/").get("ETag")
    }

    @Test("of a text, bytes and JSON is the reference's")
    func content() async throws {
        #expect(try await tag { $0.body = "Hello World" } == "\"b-Ck1VqNd45QIvq3AZd8XYQLvEhtA\"")
        #expect(try await tag { $0.body = .bytes(Array("Hello World".utf8)) } == "\"b-Ck1VqNd45QIvq3AZd8XYQLvEhtA\"")
        #expect(try await tag { $0.body = ["hi": "etag"] } == EntityTag.of("{\"hi\":\"etag\"}"))
        #expect(try await tag { $0.body = .json([1]) } == EntityTag.of("[1]"))
        #expect(try await tag { $0.body = "论" } == EntityTag.of("论"))
    }

    @Test("is weak if asked")
    func weak() async throws {
        #expect(try await tag(weak: true) { $0.body = "Hello World" } == "W/\"b-Ck1VqNd45QIvq3AZd8XYQLvEhtA\"")
    }

    @Test("is none without a body, of a stream, of an empty text and of a failure")
    func none() async throws {
        #expect(try await tag { _ in } == nil)
        #expect(try await tag { $0.body = "" } == nil)
        #expect(try await tag { $0.body = .stream { try await $0.write("x") } } == nil)
        #expect(
            try await tag { ctx in
                ctx.body = "x"
                ctx.status = 404
            } == nil)
        #expect(
            try await tag { ctx in
                ctx.body = "x"
                ctx.status = 301
            } == nil)
    }

    @Test("of empty bytes is one")
    func emptyBytes() async throws {
        #expect(try await tag { $0.body = .bytes([]) } == "\"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk\"")
    }

    @Test("that is set stays")
    func kept() async throws {
        #expect(
            try await tag { ctx in
                ctx.etag = "mine"
                ctx.body = "x"
            } == "\"mine\"")
    }

    @Test("of a file is weak, and the file is sent whole with its type", arguments: [HTTPRequest.Method.get, .head])
    func file(method: HTTPRequest.Method) async throws {
        let tree = try FileTree(["a.html": "<p>ten byt"])
        let app = Application()
        app.use(etag())
        let path = tree.path("a.html")
        app.use { $0.body = .file(path) }
        let response = try await app.test.request(method, "/")
        #expect(response.get("ETag") == #"W/"a-141149dfc00""#)
        #expect(response.get("Content-Length") == "10")
        #expect(response.get("Content-Type") == "text/html; charset=utf-8")
        #expect(response.text == (method == .get ? "<p>ten byt" : ""))
    }

    @Test("encodes JSON once, and its type stays")
    func once() async throws {
        let count = Recording<Int>()
        struct Counted: Encodable {
            let count: Recording<Int>
            func encode(to encoder: any Encoder) throws {
                count.add(1)
                var container = encoder.singleValueContainer()
                try container.encode("x")
            }
        }
        let app = Application()
        app.use(etag())
        app.use { $0.body = .json(Counted(count: count)) }
        let response = try await app.test.get("/")
        #expect(response.text == "\"x\"")
        #expect(response.get("Content-Type") == "application/json; charset=utf-8")
        #expect(count.values.count == 1)
    }

    @Test(
        "SHA-1 is that of FIPS 180-4",
        arguments: [
            ("", 1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", 1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ),
            ("a", 1_000_000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
            (
                "0123456789012345678901234567890123456789012345678901234567890123", 1,
                "cf0800f7644ace3cb4c3fa33388d3ba0ea3c8b6e"
            ),
        ]
    )
    func sha1(text: String, count: Int, digest: String) {
        let bytes = Array(String(repeating: text, count: count).utf8)
        let got = bytes.withUnsafeBytes { SHA1.digest($0) }
        #expect(got.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == digest)
    }

    @Test(
        "Base64 is that of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
            ("\u{FF}\u{FE}", "w7/Dvg=="),
        ])
    func base64(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
    }
}

extension EntityTag {
    fileprivate static func of(_ text: String) -> String {
        Array(text.utf8).withUnsafeBytes { EntityTag.of($0) }
    }
}
