/// The templates of a folder, compiled.
struct ViewLibrary: Sendable {
    private let root: String
    private let `extension`: String
    private let paths: Set<String>
    /// By extension.
    private let compiled: [String: any CompiledViews]

    /// Sends files as they are.
    private struct Plain: CompiledViews {
        let texts: [String: String]

        func render(_ path: String, _ values: [String: Any]) throws -> String { texts[path] ?? "" }
    }

    /// Reads and compiles; blocks.
    ///
    /// - Throws: ``ViewError``.
    init(_ folder: ViewFolder, extension: String, engines: [String: any ViewEngine]) throws {
        root = folder.root
        self.extension = `extension`
        paths = Set(folder.paths)
        var compiled: [String: any CompiledViews] = [:]
        for (name, paths) in Dictionary(grouping: folder.paths, by: Self.extension) {
            guard engines[name] != nil || name == "html" else { continue }
            let templates = try paths.map(folder.read)
            compiled[name] =
                try engines[name]?.compile(templates)
                ?? Plain(texts: Dictionary(templates.map { ($0.path, $0.text) }, uniquingKeysWith: { $1 }))
        }
        self.compiled = compiled
    }

    /// - Throws: ``ViewError``, or what the engine throws.
    func render(_ name: String, _ values: [String: Any]) throws -> String {
        let path = try path(of: name)
        let name = Self.extension(path)
        guard let engine = compiled[name] else {
            throw ViewError(
                .noEngine,
                "Engine not found for the \".\(name)\" file extension of \(path); give one: "
                    + "views(…, engines: [\"\(name)\": …])")
        }
        return try engine.render(path, values)
    }

    /// The file that a name stands for: that of the name itself, with the usual extension, or of a folder's `index`.
    private func path(of name: String) throws -> String {
        let relative = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
        let folder = relative.hasSuffix("/") ? String(relative.dropLast()) : relative
        let index = relative.isEmpty || folder == "." ? "index" : "\(folder)/index"
        let candidates = [relative, "\(relative).\(`extension`)", "\(index).\(`extension`)"]
        if let path = candidates.first(where: paths.contains) { return path }
        let tried = candidates.map(\.debugDescription).joined(separator: " nor ")
        throw ViewError(.notFound, "There is no view \(name.debugDescription) in \(root): neither \(tried)")
    }

    /// What follows the last dot of a path's last part; else nothing.
    private static func `extension`(_ path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        return file.lastIndex(of: ".").map { String(file[file.index(after: $0)...]) } ?? ""
    }
}
