import Foundation
import KoaTesting
import Testing

@testable import static_site

@Suite("the static site", .timeLimit(.minutes(10)))
struct StaticSiteTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Examples/static-site/public").path
    private let client = makeApp(root: root).test

    @Test(
        "has its pages, with and without an extension",
        arguments: [
            ("/", "Static site"), ("/index.html", "Static site"), ("/about", "About"), ("/about.html", "About"),
            ("/guide/", "Guide"), ("/guide", "Guide"),
        ]
    )
    func pages(path: String, title: String) async throws {
        let response = try await client.get(path)
        #expect(response.status == 200)
        #expect(response.get("Content-Type") == "text/html; charset=utf-8")
        #expect(response.text.contains("<title>\(title)</title>"))
        #expect(response.get("Cache-Control") == "max-age=60")
    }

    @Test("answers every file on the disk, whole", arguments: try FileManager.default.subpathsOfDirectory(atPath: root))
    func files(path: String) async throws {
        guard let content = FileManager.default.contents(atPath: "\(Self.root)/\(path)"), path.contains(".") else {
            return
        }
        let response = try await client.get("/\(path)")
        #expect(response.status == 200)
        #expect(response.bytes == Array(content))
        #expect(response.get("ETag")?.hasPrefix("W/\"") == true)
        #expect(response.get("X-Content-Type-Options") == "nosniff")
    }

    @Test(
        "sends precompressed siblings, which are of what they stand beside",
        arguments: ["/", "/guide/", "/assets/site.css", "/assets/site.js"])
    func precompressed(path: String) async throws {
        let plain = try await client.get(path)
        #expect(plain.get("Vary") == "Accept-Encoding")
        #expect(plain.get("Content-Encoding") == nil)
        let coded = try await client.get(path, headers: ["Accept-Encoding": "gzip"])
        #expect(coded.get("Content-Encoding") == "gzip")
        #expect(coded.get("Content-Type") == plain.get("Content-Type"))
        #expect(coded.bytes.count < plain.bytes.count)
        // The last four bytes of gzip are the length of what was compressed.
        let length = coded.bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(length == plain.bytes.count)
    }

    @Test("lets assets be kept for good")
    func assets() async throws {
        let response = try await client.get("/assets/site.css")
        #expect(response.get("Cache-Control") == "max-age=31536000,immutable")
        let tag = try #require(response.get("ETag"))
        #expect(try await client.get("/assets/site.css", headers: ["If-None-Match": tag]).status == 304)
        #expect(try await client.get("/assets/site.css", headers: ["Range": "bytes=0-4"]).text == ":root")
    }

    @Test("has a page for what isn't there, which no cache keeps", arguments: ["/none", "/assets/none.css", "/.git"])
    func missing(path: String) async throws {
        let response = try await client.get(path)
        #expect(response.status == 404)
        #expect(response.text.contains("<h1>Not found</h1>"))
        #expect(response.get("Cache-Control") == "no-cache")
        #expect(response.get("ETag") == nil)
        #expect(try await client.get("/../main.swift").status == 403)
    }

    @Test("has an icon, and says that it is well")
    func others() async throws {
        #expect(try await client.get("/favicon.ico").get("Content-Type") == "image/svg+xml")
        #expect(try await client.get("/readyz").json == ["status": "ok"])
    }
}
