import Foundation

/// A folder of files for one test, with a secret beside it.
final class FileTree {
    /// The folder that holds the root and what lies outside of it.
    let outside: URL
    /// The path of the root.
    let root: String
    /// When the files were last changed: Fri, 13 Sep 2013 00:00:00 GMT.
    static let modified = Date(timeIntervalSince1970: 1_379_030_400)

    static let usual: [String: String] = [
        "hello.txt": "world", "index.html": "<p>index", "user.json": #"{"name":"tobi"}"#, "index.txt": "text index",
        "world/index.html": "<p>html index", "world/index.txt": "text of world", "empty": "", "plain": "no dot",
        "some.path/index.json": "{}", ".hidden": "a secret", ".private/id.txt": "42", "page.html": "<p>page",
        "app.js": "the script", "app.js.br": "br bytes", "app.js.gz": "gz bytes", "data.json": "[]",
        "data.json.gz": "gz json", "sp ace.txt": "space", "你好.txt": "ni hao", "100%.txt": "per cent",
        "a\\b.txt": "back",
    ]

    init(_ files: [String: String] = FileTree.usual) throws {
        outside = FileManager.default.temporaryDirectory.appendingPathComponent("koa-files-\(UUID().uuidString)")
        root = outside.appendingPathComponent("public").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        try Data("top secret".utf8).write(to: outside.appendingPathComponent("secret.txt"))
        try FileManager.default.createDirectory(
            at: outside.appendingPathComponent("public-not"), withIntermediateDirectories: true)
        try Data("top secret".utf8).write(to: outside.appendingPathComponent("public-not/secret.txt"))
        for (path, content) in files { try write(content, path) }
    }

    deinit {
        try? FileManager.default.removeItem(at: outside)
    }

    /// The path of something below the root.
    func path(_ path: String) -> String { "\(root)/\(path)" }

    func write(_ content: String, _ path: String, modified: Date = FileTree.modified) throws {
        let url = URL(fileURLWithPath: self.path(path))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: url)
        try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: url.path)
    }

    /// Makes a link below the root.
    func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: self.path(path), withDestinationPath: target)
    }
}
