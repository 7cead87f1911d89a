import Foundation
import KoaMiddleware
import KoaTesting
import Testing

@Suite("symbolic links below a root", .timeLimit(.minutes(10)))
struct SymbolicLinkTests {
    private let tree: FileTree

    init() throws { tree = try FileTree() }

    private func status(_ path: String, _ links: FileOptions.SymbolicLinks = .withinRoot) async throws -> Status {
        let app = Application(silent: true)
        app.use(staticFiles(tree.root, .init(symbolicLinks: links)))
        return try await app.test.get(path).status
    }

    /// A link's name, what it names, and whether that lies within the root.
    private static let links: [(String, String, Bool)] = [
        ("near", "hello.txt", true), ("dot", "./hello.txt", true), ("world/up", "../hello.txt", true),
        ("folder", "world", true), ("slash", "world/", true), ("around", "../public/hello.txt", true),
        ("far", "../secret.txt", false), ("sibling", "../public-not", false), ("world/far", "../../secret.txt", false),
        ("system", "/etc/passwd", false), ("itself", "itself", false), ("broken", "none", false),
        ("top", "..", false), ("self", ".", true), ("rootfolder", "/", false),
        ("back", "world/../hello.txt", true), ("out", "world/../../secret.txt", false),
    ]

    @Test("are followed within the root by default, all if asked, and none if refused", arguments: links)
    func policy(name: String, target: String, isWithin: Bool) async throws {
        try tree.link(name, to: target)
        let path =
            ["folder", "slash", "self"].contains(name)
            ? "/\(name)/index.html"
            : ["sibling", "top"].contains(name)
                ? "/\(name)/secret.txt"
                : name == "rootfolder" ? "/\(name)/etc/passwd" : "/\(name)"
        #expect(try await status(path) == (isWithin ? 200 : 404))
        #expect(try await status(path, .refused) == 404)
        let isThere = !["itself", "broken"].contains(name)
        #expect(try await status(path, .followed) == (isThere ? 200 : 404))
    }

    @Test("lead where the system reads them to, also with a mark behind a slash")
    func marks() async throws {
        try tree.write("top secret", "../\u{301}secret.txt")
        try tree.write("inside", "world/\u{301}x.txt")
        try tree.link("up", to: "../\u{301}secret.txt")
        try tree.link("down", to: "world/\u{301}x.txt")
        try tree.link("through", to: "world/..//../\u{301}secret.txt")
        for name in ["up", "through"] {
            #expect(try await status("/\(name)") == 404)
            #expect(try await status("/\(name)", .followed) == 200)
        }
        #expect(try await status("/down") == 200)
    }

    @Test("are compared with the root byte by byte")
    func normalization() async throws {
        let (one, other) = (tree.outside.path + "/\u{E9}", tree.outside.path + "/e\u{301}")
        try FileManager.default.createDirectory(atPath: one, withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: one + "/x.txt", contents: Data("inside".utf8)))
        // Some systems take both names for one folder.
        guard !FileManager.default.fileExists(atPath: other) else { return }
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: one + "/link", withDestinationPath: "../e\u{301}/x.txt")
        let app = Application(silent: true)
        app.use(staticFiles(one))
        #expect(try await app.test.get("/link").status == 404)
    }

    @Test("may be absolute, where they name the root as it is")
    func absolute() async throws {
        let real = try #require(realpath(tree.root, nil))
        defer { free(real) }
        try tree.link("absolute", to: String(cString: real) + "/world")
        #expect(try await status("/absolute/index.html") == 200)
        try tree.link("beside", to: String(cString: real) + "-not/secret.txt")
        #expect(try await status("/beside") == 404)
    }

    @Test("may lead to each other, but not forever")
    func chains() async throws {
        for index in 0..<30 { try tree.link("l\(index)", to: index == 0 ? "hello.txt" : "l\(index - 1)") }
        #expect(try await status("/l29") == 200)
        try tree.link("a", to: "b/x")
        try tree.link("b", to: "a/x")
        #expect(try await status("/a") == 404)
        try tree.link("world/loop", to: ".")
        #expect(try await status("/world/" + String(repeating: "loop/", count: 40) + "index.html") == 200)
        #expect(try await status("/world/" + String(repeating: "loop/", count: 41) + "index.html") == 404)
    }

    @Test("count for precompressed siblings and indexes, too")
    func siblings() async throws {
        try tree.link("hello.txt.gz", to: "../secret.txt")
        let app = Application(silent: true)
        app.use(staticFiles(tree.root))
        let response = try await app.test.get("/hello.txt", headers: ["Accept-Encoding": "gzip"])
        #expect(response.text == "world")
        #expect(response.get("Vary") == nil)
        try FileManager.default.createDirectory(atPath: tree.path("new"), withIntermediateDirectories: true)
        try tree.link("new/index.html", to: "../../secret.txt")
        #expect(try await status("/new/") == 404)
    }

    @Test("the root itself may be one")
    func root() async throws {
        let link = tree.outside.appendingPathComponent("current").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "public")
        try tree.link("near", to: "hello.txt")
        for links in [FileOptions.SymbolicLinks.refused, .withinRoot, .followed] {
            let app = Application(silent: true)
            app.use(staticFiles(link, .init(symbolicLinks: links)))
            #expect(try await app.test.get("/hello.txt").text == "world")
            #expect(try await app.test.get("/near").status == (links == .refused ? 404 : 200))
        }
    }

    @Test("that change while they are walked never show what is outside")
    func race() async throws {
        try tree.write("inside", "swap.txt")
        let path = tree.path("swap.txt")
        let isOver = Recording<Bool>()
        let app = Application(silent: true)
        app.use(staticFiles(tree.root))
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        // A thread of its own: it never waits, and would keep other tests from theirs.
        Thread.detachNewThread {
            while isOver.values.isEmpty {
                unlink(path)
                symlink("../secret.txt", path)
                unlink(path)
                _ = FileManager.default.createFile(atPath: path, contents: Data("inside".utf8))
            }
            end.finish()
        }
        for _ in 0..<300 {
            let text = try await app.test.get("/swap.txt").text
            #expect(["inside", "", "Not Found"].contains(text))
        }
        isOver.add(true)
        for await _ in ended {}
    }
}
