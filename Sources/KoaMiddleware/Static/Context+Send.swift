public import Koa

extension Context {
    /// Answers with a file below a folder, as @koa/send does: type, length, validators, ranges, precompressed siblings.
    ///
    /// ```swift
    /// app.use { ctx in
    ///     try await ctx.send(ctx.path, root: "downloads", index: "index.html")
    /// }
    /// ```
    ///
    /// The path is one of a URL: percent-encoded, with slashes; one at its beginning is left out. Nothing outside of the
    /// root is ever sent, whatever the path, nor anything but regular files. Files are opened on a thread pool.
    ///
    /// - Parameters:
    ///   - path: below the root, such as ``Request/path``. Encode names that hold a `%`.
    ///   - root: a folder; a relative one is the process's. That of the process by default.
    ///   - index: the file that stands for a folder. None by default.
    ///   - options: headers, codings, links.
    /// - Returns: the path of the file that is sent; nil, with the response untouched, for a hidden file and for a folder
    ///   without an index.
    /// - Throws: ``HTTPError`` 404 when there is no such file, 403 for a path that leads out of the root, 400 for one that
    ///   can't be decoded, holds a NUL or is absolute; 412 and 416 for conditions and ranges that don't hold. What
    ///   is wrong with the disk is another error, and a 500. None of them says where the file would be.
    @discardableResult
    public nonisolated(nonsending) func send(
        _ path: String,
        root: String = ".",
        index: String? = nil,
        _ options: FileOptions = FileOptions()
    ) async throws -> String? {
        let sender = FileSender(root: FileRoot(path: root, links: options.symbolicLinks), index: index, options)
        switch try await sender.find(path, self) {
        case .found(let found):
            let response = FileResponse(found: found, root: sender.root, options: options)
            try response.send(self)
            return response.sentPath
        case .nothing(.missing): throw HTTPError(.notFound)
        case .nothing(.folder): return nil
        }
    }
}

/// Where files come from, and how they are sent.
struct FileSender: Sendable {
    let root: FileRoot
    let index: FilePath?
    let options: FileOptions

    init(root: FileRoot, index: String?, _ options: FileOptions) {
        self.root = root
        self.index = index.map { FilePath(names: FilePath.names(of: $0).filter { !$0.isEmpty }) }
        self.options = options
    }

    /// Looks for the file of a request's path.
    ///
    /// - Throws: ``HTTPError`` for a path that is refused; ``FileProblem``.
    nonisolated(nonsending) func find(_ path: String, _ ctx: Context) async throws -> FileLookup.Outcome {
        let path = try FilePath(path)
        guard options.hidden || !path.isHidden && !(index?.isHidden ?? false && path.isFolder) else {
            return .nothing(.folder)
        }
        let lookup = FileLookup(
            root: root, path: path, index: index, options: options, codings: Self.codings(ctx),
            reads: ctx.method == .get && !Self.isConditional(ctx))
        return try await ctx.app.offload { try lookup() }
    }

    /// The codings that are as good to the client as none, or better.
    private static func codings(_ ctx: Context) -> [FileLookup.Coding] {
        guard !ctx.get("Accept-Encoding").isEmpty else { return [] }
        return [FileLookup.Coding.br, .gzip].filter { coding in
            ctx.acceptsEncodings(coding.rawValue, "identity") == coding.rawValue
        }
    }

    /// Whether the request may not want the whole file.
    private static func isConditional(_ ctx: Context) -> Bool {
        ["range", "if-none-match", "if-modified-since", "if-match"].contains { !ctx.get($0).isEmpty }
    }
}
