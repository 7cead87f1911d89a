import Koa

/// A path below a root, as a URL has it: decoded, without dots, and never above.
struct FilePath: Equatable, Sendable {
    /// The names from the root downwards; none is empty, `.` or `..`, and none holds a slash or a NUL.
    var names: [String]
    /// Whether the path ended in a slash, so that it can only mean a folder.
    var isFolder: Bool

    init(names: [String], isFolder: Bool = false) {
        self.names = names
        self.isFolder = isFolder
    }

    /// Reads a path.
    ///
    /// A slash at its beginning is left out. Empty names and `.` are skipped, and `..` takes one back, as in the
    /// reference. An encoded slash belongs to a name, so that nothing has it, but it never hides dots: whatever would
    /// leave the root after decoding, with either slash, is forbidden.
    ///
    /// - Throws: ``HTTPError``: 400 for what can't be decoded, NUL and an absolute path, 403 for what lies above the
    ///   root, 404 for an encoded slash.
    init(_ path: String) throws(HTTPError) {
        let slash = UInt8(ascii: "/")
        let raw = path.utf8.first == slash ? Substring(path.utf8.dropFirst()) : path[...]
        guard let text = URLEncoding.decodeComponent(raw) else { throw HTTPError(.badRequest, "failed to decode") }
        guard !text.utf8.contains(0), !Self.isAbsolute(text.utf8) else {
            throw HTTPError(.badRequest, "Malicious Path")
        }
        var names: [String] = []
        var isFolder = true
        for name in Self.names(of: text) {
            isFolder = name.isEmpty || name == "." || name == ".."
            switch name {
            case "", ".": break
            case "..":
                // Above the root is forbidden, also where the path comes back.
                guard names.popLast() != nil else { throw HTTPError(.forbidden) }
            default: names.append(name)
            }
        }
        let backslash = UInt8(ascii: "\\")
        for name in names where name.utf8.split(separator: backslash).contains(where: { $0.elementsEqual("..".utf8) }) {
            throw HTTPError(.forbidden)
        }
        // It would be another path to whoever guards this one by what was sent.
        guard Self.count(slash, in: text.utf8) == Self.count(slash, in: raw.utf8) else { throw HTTPError(.notFound) }
        self.names = names
        self.isFolder = isFolder && path.utf8.last == slash
    }

    /// What stands between a text's slashes.
    ///
    /// Bytes count, as for the system: a slash with a combining mark behind it is one character, and a slash.
    static func names(of text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(Substring($0)) }
    }

    /// Whether a part of it begins with a dot.
    var isHidden: Bool { names.contains { $0.utf8.first == UInt8(ascii: ".") } }

    /// The path with something behind its last name.
    func appending(_ suffix: String) -> FilePath {
        guard let last = names.last else { return self }
        return FilePath(names: names.dropLast() + [last + suffix])
    }

    /// The path of a file in this folder.
    func child(_ path: FilePath) -> FilePath { FilePath(names: names + path.names, isFolder: path.isFolder) }

    /// The names with slashes between them.
    var text: String { names.joined(separator: "/") }

    /// Absolute in POSIX or in Windows: `/x`, `\x`, `c:\x`.
    private static func isAbsolute(_ text: String.UTF8View) -> Bool {
        var rest = text[...]
        guard let first = rest.popFirst() else { return false }
        if isSlash(first) { return true }
        guard (first | 0x20) &- UInt8(ascii: "a") < 26, rest.popFirst() == UInt8(ascii: ":") else { return false }
        return rest.first.map(isSlash) ?? false
    }

    private static func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }

    private static func count(_ byte: UInt8, in text: some Sequence<UInt8>) -> Int {
        text.reduce(0) { $1 == byte ? $0 + 1 : $0 }
    }
}
