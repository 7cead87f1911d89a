import Foundation
import KoaTesting
import Testing

@testable import KoaMiddleware

@Suite("ctx.send")
struct SendTests {
    private let tree: FileTree

    init() throws { tree = try FileTree() }

    /// What sending a path answers; `X-Path` is what it returned, below the root.
    private func send(
        _ path: String, root: String? = nil, index: String? = nil, _ options: FileOptions = .init(),
        headers: Headers = [:], method: HTTPRequest.Method = .get, before: (@Sendable (Context) -> Void)? = nil
    ) async throws -> TestResponse {
        let app = Application(silent: true)
        let root = root ?? tree.root
        app.use { ctx in
            before?(ctx)
            let sent = try await ctx.send(path, root: root, index: index, options)
            ctx.set("X-Path", sent.map { URLText.encoded(String($0.dropFirst(root.utf8.count + 1))) } ?? "nil")
        }
        return try await app.test.request(method, "/", headers: headers)
    }

    @Test("returns the path of what it sends")
    func returns() async throws {
        let response = try await send("/user.json")
        #expect(response.get("X-Path") == "user.json")
        #expect(response.text == #"{"name":"tobi"}"#)
        #expect(response.get("Content-Type") == "application/json; charset=utf-8")
        #expect(response.get("Content-Length") == "15")
        #expect(try await send("/world/", index: "index.html").get("X-Path") == "world/index.html")
        #expect(try await send("user.json", root: tree.root + "/").status == 200)
    }

    @Test("without a root is below the process's folder")
    func noRoot() async throws {
        let app = Application(silent: true)
        app.use { ctx in try await ctx.send(String(ctx.path.dropFirst())) }
        #expect(try await app.test.get("/\(tree.path("hello.txt"))").status == 404, "one slash is left out")
        #expect(try await app.test.get("//\(tree.path("hello.txt"))").status == 400, "but not two")
        let inside = tree.path("hello.txt").dropFirst()
        #expect(try await app.test.get("/\(inside)").status == 404)
        #expect(try await app.test.get("/../\(inside)").status == 403)
    }

    @Test(
        "throws 404 where there is no file, and has no path in its message",
        arguments: ["/none.txt", "/hello.txt/a", "/world/none/x"])
    func missing(path: String) async throws {
        let errors = Recording<String>()
        let app = Application()
        let root = tree.root
        app.onError { error, _ in errors.add("\((error as? any ErrorStatus)?.status.code ?? 0) \(error)") }
        app.use { ctx in try await ctx.send(path, root: root) }
        let response = try await app.test.get("/")
        #expect(response.status == 404)
        #expect(response.text == "Not Found")
        #expect(errors.values.count == 1)
        #expect(errors.values.first?.hasPrefix("404") == true)
        #expect(errors.values.first?.contains("koa-files") == false)
    }

    @Test("returns nil for a folder without an index, and leaves the response alone")
    func folder() async throws {
        for path in ["/world", "/world/", "/"] {
            let response = try await send(path)
            #expect(response.status == 404)
            #expect(response.get("X-Path") == "nil")
            #expect(response.get("Cache-Control") == nil)
        }
        #expect(try await send("/world", index: "index.html", .init(format: false)).get("X-Path") == "nil")
        #expect(try await send("/world", index: "index.html").get("X-Path") == "world/index.html")
        let missing = try await send("/some.path", index: "index.html")
        #expect(missing.status == 404)
        #expect(missing.get("X-Path") == nil, "thrown, since the index was asked for")
    }

    @Test("returns nil for a hidden file", arguments: ["/.hidden", "/.private/id.txt"])
    func hidden(path: String) async throws {
        #expect(try await send(path).get("X-Path") == "nil")
        #expect(try await send(path, .init(hidden: true)).status == 200)
    }

    @Test(
        "sends a precompressed sibling to who accepts it",
        arguments: [
            ("br, gzip, identity", true, true, "app.js.br"), ("gzip, identity", true, true, "app.js.gz"),
            ("deflate, identity", true, true, "app.js"), ("br, gzip", false, true, "app.js.gz"),
            ("br, gzip", true, false, "app.js.br"), ("br, gzip", false, false, "app.js"), ("", true, true, "app.js"),
            ("gzip, br", true, true, "app.js.br"), ("br;q=0, gzip", true, true, "app.js.gz"),
            ("gzip;q=0.5, identity", true, true, "app.js"), ("*", true, true, "app.js.br"),
        ]
    )
    func precompressed(accept: String, br: Bool, gzip: Bool, path: String) async throws {
        let response = try await send(
            "/app.js", .init(brotli: br, gzip: gzip), headers: accept.isEmpty ? [:] : ["Accept-Encoding": accept])
        #expect(response.get("X-Path") == path)
        let coding = ["app.js.br": "br", "app.js.gz": "gzip"][path]
        #expect(response.get("Content-Encoding") == coding)
        #expect(response.text == ["br": "br bytes", "gzip": "gz bytes"][coding] ?? "the script")
        #expect(response.get("Content-Type") == "text/javascript; charset=utf-8")
        #expect(response.get("Vary") == (br || gzip ? "Accept-Encoding" : nil))
    }

    @Test("says that it varies only where there are siblings, and has a tag for each coding")
    func varies() async throws {
        #expect(try await send("/hello.txt", headers: ["Accept-Encoding": "br"]).get("Vary") == nil)
        #expect(try await send("/data.json", headers: ["Accept-Encoding": "br"]).get("Vary") == "Accept-Encoding")
        let kept = try await send("/app.js", before: { $0.vary("Origin") })
        #expect(kept.get("Vary") == "Origin, Accept-Encoding")
        var tags: Set<String?> = []
        for accept in ["br", "gzip", "identity"] {
            let response = try await send("/app.js", headers: ["Accept-Encoding": accept])
            tags.insert(response.get("ETag"))
        }
        #expect(tags.count == 3)
    }

    @Test("sends siblings of an index and of an extension, too")
    func siblingsOfFound() async throws {
        try tree.write("br index", "world/index.html.br")
        try tree.write("br page", "page.html.br")
        let options = FileOptions(extensions: ["html"])
        #expect(try await send("/world", index: "index.html", headers: ["Accept-Encoding": "br"]).text == "br index")
        #expect(try await send("/page", options, headers: ["Accept-Encoding": "br"]).text == "br page")
    }

    @Test("keeps headers that are set before")
    func keeps() async throws {
        let response = try await send(
            "/hello.txt", .init(maxAge: .seconds(9)),
            before: { ctx in
                ctx.set("Cache-Control", "private")
                ctx.set("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT")
                ctx.set("ETag", "\"mine\"")
                ctx.type = "html"
            })
        #expect(response.get("Cache-Control") == "private")
        #expect(response.get("Last-Modified") == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(response.get("ETag") == "\"mine\"")
        #expect(response.get("Content-Type") == "text/html; charset=utf-8")
    }

    @Test("lets setHeaders say more, or otherwise")
    func setHeaders() async throws {
        let seen = Recording<ServedFile>()
        let options = FileOptions(setHeaders: { ctx, file in
            seen.add(file)
            ctx.set("Cache-Control", "no-store")
            ctx.set("X-More", "1")
        })
        let response = try await send("/app.js", options, headers: ["Accept-Encoding": "gzip"])
        #expect(response.get("Cache-Control") == "no-store")
        #expect(response.get("X-More") == "1")
        #expect(response.get("Last-Modified") != nil)
        let file = ServedFile(
            path: tree.path("app.js.gz"), size: 8, modified: 1_379_030_400, contentEncoding: "gzip")
        #expect(seen.values == [file])
        let refusing = FileOptions(setHeaders: { _, _ in throw HTTPError(.unauthorized) })
        #expect(try await send("/app.js", refusing).status == 401)
    }

    @Test("leaves no coding behind where setHeaders refuses the file as one that isn't there")
    func refusedCoding() async throws {
        let options = FileOptions(setHeaders: { _, file in
            #expect(file.contentEncoding == "gzip")
            throw HTTPError(.notFound)
        })
        let app = Application()
        app.use(staticFiles(tree.root, options))
        app.use { ctx in ctx.body = "behind" }
        let response = try await app.test.get("/app.js", headers: ["Accept-Encoding": "gzip"])
        #expect(response.text == "behind")
        #expect(response.get("Content-Encoding") == nil)
    }

    @Test("goes with a status that was chosen, whole")
    func status() async throws {
        let response = try await send(
            "/hello.txt", headers: ["Range": "bytes=0-1", "If-None-Match": "*"], before: { $0.status = 404 })
        #expect(response.status == 404)
        #expect(response.text == "world")
        #expect(response.get("Content-Range") == nil)
    }

    @Test("is a 500 where a file may not be read, which tells its path to the listeners alone")
    func unreadable() async throws {
        try #require(chmod(tree.path("hello.txt"), 0) == 0)
        // Whoever may read everything can't see this.
        guard getuid() != 0 else { return }
        let response = try await send("/hello.txt")
        #expect(response.status == 500)
        #expect(response.text == "Internal Server Error")
    }

    @Test(
        "sends regular files only, and never waits for another thing", .timeLimit(.minutes(10)),
        arguments: ["fifo", "socket", "null", "zero"], [FileOptions.SymbolicLinks.withinRoot, .followed])
    func irregular(name: String, links: FileOptions.SymbolicLinks) async throws {
        switch name {
        case "fifo": try #require(mkfifo(tree.path(name), 0o644) == 0)
        case "socket":
            let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(socket) }
            // Bound by a relative name, since a socket's path is short.
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let path = "/tmp/koa-\(UUID().uuidString.prefix(8))"
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            let bound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(bound == 0)
            try FileManager.default.moveItem(atPath: path, toPath: tree.path(name))
        default: try tree.link(name, to: "/dev/\(name)")
        }
        #expect(try await send("/\(name)", .init(symbolicLinks: links)).status == 404)
    }
}

private enum URLText {
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
    }
}
