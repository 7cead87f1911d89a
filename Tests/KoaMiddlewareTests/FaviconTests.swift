import KoaMiddleware
import KoaTesting
import Testing

@Suite("favicon")
struct FaviconTests {
    private let tree: FileTree

    init() throws { tree = try FileTree(["favicon.ico": "icon", "icon.svg": "<svg/>", "icon.png": "png"]) }

    private func app(_ name: String = "favicon.ico", maxAge: Duration = .seconds(86_400)) -> Application {
        let app = Application()
        app.use(favicon(tree.path(name), maxAge: maxAge))
        app.use { ctx in ctx.body = "behind" }
        return app
    }

    @Test("answers its path, and no other")
    func serves() async throws {
        let response = try await app().test.get("/favicon.ico")
        #expect(response.status == 200)
        #expect(response.text == "icon")
        #expect(response.get("Content-Type") == "image/x-icon")
        #expect(response.get("Cache-Control") == "public, max-age=86400")
        #expect(try await app().test.get("/favicon.icon").text == "behind")
        #expect(try await app().test.get("/").text == "behind")
        let head = try await app().test.head("/favicon.ico")
        #expect(head.get("Content-Length") == "4")
        #expect(head.bytes.isEmpty)
    }

    @Test("answers 304 to who has it")
    func fresh() async throws {
        let tag = try #require(try await app().test.get("/favicon.ico").get("ETag"))
        let response = try await app().test.get("/favicon.ico", headers: ["If-None-Match": tag])
        #expect(response.status == 304)
        #expect(response.bytes.isEmpty)
    }

    @Test("has the type of its extension", arguments: [("icon.svg", "image/svg+xml"), ("icon.png", "image/png")])
    func types(name: String, type: String) async throws {
        #expect(try await app(name).test.get("/favicon.ico").get("Content-Type") == type)
    }

    @Test("bounds its age", arguments: [(Duration.seconds(5), 5), (.seconds(-5), 0), (.seconds(1 << 40), 31_556_926)])
    func age(maxAge: Duration, seconds: Int) async throws {
        let response = try await app(maxAge: maxAge).test.get("/favicon.ico")
        #expect(response.get("Cache-Control") == "public, max-age=\(seconds)")
    }

    @Test("refuses other methods, and says which it has")
    func methods() async throws {
        let post = try await app().test.post("/favicon.ico")
        #expect(post.status == 405)
        #expect(post.get("Allow") == "GET, HEAD, OPTIONS")
        let options = try await app().test.request(.options, "/favicon.ico")
        #expect(options.status == 200)
        #expect(options.get("Allow") == "GET, HEAD, OPTIONS")
    }

    @Test("needs its file when the application starts")
    func setup() throws {
        for name in ["missing.ico", ""] {
            let error = #expect(throws: KoaError.self) { try app(name).prepare() }
            #expect(error?.code == .invalidSetup)
            #expect(error?.message.contains("FaviconTests.swift:") == true)
        }
        try tree.write(String(repeating: "x", count: 1024 * 1024 + 1), "large.ico")
        #expect(throws: KoaError.self) { try app("large.ico").prepare() }
        try tree.write(String(repeating: "x", count: 1024 * 1024), "large.ico")
        #expect(throws: Never.self) { try app("large.ico").prepare() }
    }
}
