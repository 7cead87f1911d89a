import KoaMiddleware
import KoaTesting
import Testing

/// Paths that mean to leave the root, or to name nothing well.
@Suite("paths of files", .timeLimit(.minutes(10)))
struct TraversalTests {
    private let tree: FileTree

    init() throws { tree = try FileTree() }

    private static let forbiddenPaths = [
        "/..", "/../", "/../secret.txt", "/../public-not/secret.txt", "/../public/hello.txt", "/world/../../secret.txt",
        "/%2e%2e/secret.txt", "/%2E%2E/secret.txt", "/.%2e/secret.txt", "/%2e./secret.txt", "/..%2fsecret.txt",
        "/..%2Fsecret.txt", "/%2e%2e%2fsecret.txt", "/world/..%2f..%2fsecret.txt", "/..%5csecret.txt",
        "/world/..%5c..%5csecret.txt", "/..\\secret.txt", "/world\\..\\..\\secret.txt", "/./../secret.txt",
        "/world//../../secret.txt", "/a/b/c/../../../../secret.txt", "/../../../../../../../../etc/passwd",
        "/..%2f..%2f..%2f..%2f..%2fetc/passwd", "/../secret.txt/.", "/%2e%2e", "/hello.txt/../../secret.txt",
        "/..%2f", "/a%5c..%5cb", "/..%5c..%2fsecret.txt", "/../%CC%81secret.txt", "/..%2f%CC%81secret.txt",
        "/world/../../%CC%81secret.txt", "/..%5c%CC%81secret.txt",
    ]
    private static let malformedPaths = [
        "/%", "/%2", "/%zz", "/a%", "/%ff", "/%c0%ae%c0%ae/secret.txt", "/%c0%af", "/%e0%80%af", "/%ed%a0%80",
        "/%f4%90%80%80", "/hello.txt%00", "/hello.txt%00.png", "/%00", "/world/%00/../hello.txt", "//hello.txt",
        "//etc/passwd", "/%2fetc/passwd", "/%2f%2fetc/passwd", "/%5cetc", "/\\\\server\\share", "/C:/secret.txt",
        "/c:%5csecret.txt", "/c:\\", "///", "//%CC%81etc", "/%2f%CC%81etc", "/%u002e%u002e/secret.txt",
    ]
    private static let absentPaths = [
        "/world%2findex.html", "/world%2Findex.html", "/...", "/.../secret.txt", "/....//secret.txt",
        "/..%20/secret.txt",
        "/..;/secret.txt", "/%252e%252e/secret.txt", "/..%252fsecret.txt", "/%EF%BC%8E%EF%BC%8E/secret.txt",
        "/..%01/secret.txt", "/hello.txt.", "/hello.txt%20", "/hello.txt::$DATA", "/~root", "/world/..hidden",
        "/\(String(repeating: "x", count: 300))", "/\(String(repeating: "a/", count: 3000))b", "/con", "/%2e%2e.txt",
        "/world%2f..%2fhello.txt", "/c:secret.txt", "/world%2f%CC%81index.html", "/world/%CC%81index.html",
        "/..%CC%81/secret.txt", "/%CC%81../secret.txt",
    ]
    private static let servedPaths = [
        "/./hello.txt", "/world/../hello.txt", "/world//../hello.txt", "/%2e/hello.txt", "/none/../hello.txt",
        "/%68ello.txt", "/world/.//./../hello.txt",
    ]

    private func apps() -> [(name: String, app: Application, prefix: String)] {
        let root = tree.root
        let plain = Application(silent: true), mounted = Application(silent: true), sending = Application(silent: true)
        plain.use(staticFiles(root))
        mounted.use(mount("/files", staticFiles(root)))
        sending.use { ctx in try await ctx.send(ctx.path, root: root, index: "index.html") }
        let following = Application(silent: true)
        following.use(staticFiles(root, .init(hidden: true, symbolicLinks: .followed)))
        return [
            ("staticFiles", plain, ""), ("mounted", mounted, "/files"), ("send", sending, ""),
            ("following links", following, ""),
        ]
    }

    private func expect(_ status: Status, _ path: String) async throws {
        for (name, app, prefix) in apps() {
            for method in [HTTPRequest.Method.get, .head] {
                let response = try await app.test.request(method, prefix + path)
                #expect(response.status == status, "\(name) \(method) \(path)")
                #expect(!response.text.contains("secret") && !response.text.contains("koa-files"), "\(name)")
            }
        }
    }

    @Test("above the root are forbidden", arguments: forbiddenPaths)
    func forbidden(path: String) async throws { try await expect(.forbidden, path) }

    @Test("that can't be decoded, hold a NUL or are absolute are bad requests", arguments: malformedPaths)
    func malformed(path: String) async throws { try await expect(.badRequest, path) }

    @Test("that name nothing are not found", arguments: absentPaths)
    func absent(path: String) async throws { try await expect(.notFound, path) }

    @Test("with dots that stay within the root name what they say", arguments: servedPaths)
    func served(path: String) async throws {
        try await expect(.ok, path)
        #expect(try await apps()[0].app.test.get(path).text == "world")
    }

    @Test(
        "are the same over a socket, where the target is raw",
        arguments: ["/../secret.txt", "/%2e%2e/secret.txt", "/..\\secret.txt"])
    func live(path: String) async throws {
        try await apps()[0].app.test.live { client in
            let text = try await client.raw("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 40"))
            #expect(!text.contains("top secret"))
        }
    }

    @Test("above the root are forbidden where hidden files are served, also with a mark behind a slash")
    func hidden() async throws {
        try tree.write("top secret", "../\u{301}secret.txt")
        for links in [FileOptions.SymbolicLinks.refused, .withinRoot, .followed] {
            let app = Application(silent: true)
            app.use(staticFiles(tree.root, .init(hidden: true, symbolicLinks: links)))
            #expect(try await app.test.get("/../%CC%81secret.txt").status == 403)
            #expect(try await app.test.get("/..%2f%CC%81secret.txt").status == 403)
        }
    }

    @Test("name what begins with a mark, too")
    func marks() async throws {
        try tree.write("marked", "world/\u{301}x.txt")
        #expect(try await apps()[0].app.test.get("/world/%CC%81x.txt").text == "marked")
    }

    @Test("never leave the root, whatever they are made of")
    func random() async throws {
        let pieces = [
            "..", ".", "/", "%2f", "%2e", "\\", "%5c", "world", "hello.txt", "secret.txt", "%00", "public",
            "public-not",
            "//", "%", "a", "link", "%E2%80%A6", "%c0%ae", ";", "?", "%CC%81", "%D8%80",
        ]
        try tree.link("link", to: "../public-not")
        var random = SplitMix64(seed: 42)
        let app = apps()[0].app
        for _ in 0..<500 {
            let count = Int.random(in: 1...8, using: &random)
            let path = "/" + (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let response = try await app.test.get(path)
            #expect(!response.text.contains("top secret"), "\(path)")
            #expect([200, 400, 403, 404].contains(response.status.code), "\(path) \(response.status)")
        }
    }
}
