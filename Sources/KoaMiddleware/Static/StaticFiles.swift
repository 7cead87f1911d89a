public import Koa

/// Middleware that serve the files of a folder, as
/// ``staticFiles(_:index:defer:_:fileID:line:)`` makes it.
///
/// ```swift
/// let files: StaticFiles = staticFiles("public")
/// app.use(files)
/// ```
public struct StaticFiles: MiddlewareProtocol {
    /// The folder, as it was given.
    public let root: String

    private let sender: FileSender
    private let isDeferred: Bool
    private let origin: String

    init(_ root: String, index: String?, isDeferred: Bool, _ options: FileOptions, origin: String) {
        self.root = root
        self.isDeferred = isDeferred
        self.origin = origin
        sender = FileSender(root: FileRoot(path: root, links: options.symbolicLinks), index: index, options)
    }

    /// The function that runs.
    public var middleware: Middleware {
        guard isDeferred else {
            return { ctx, next in
                if try await !serve(ctx) { try await next() }
            }
        }
        return { ctx, next in
            try await next()
            guard ctx.body == nil, ctx.status == .notFound, !ctx.headerSent else { return }
            _ = try await serve(ctx)
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` when the root is no folder that can be opened.
    public func prepare(for app: Application) throws {
        guard case .folder? = try? FileRoot(path: root, links: .followed).open(FilePath(names: [])) else {
            throw KoaError(
                .invalidSetup,
                "staticFiles(\"\(root)\") (\(origin)) needs a folder that can be read; a relative path is looked for "
                    + "where the process was started"
            )
        }
    }

    /// Answers with the file of a GET or HEAD request.
    ///
    /// - Returns: false when there is none.
    private nonisolated(nonsending) func serve(_ ctx: Context) async throws -> Bool {
        guard ctx.method == .get || ctx.method == .head else { return false }
        do {
            guard case .found(let found) = try await sender.find(ctx.path, ctx) else { return false }
            try FileResponse(found: found, root: sender.root, options: sender.options).send(ctx)
            return true
        } catch let error as HTTPError where error.status == .notFound {
            return false
        }
    }
}

/// Serves the files of a folder to GET and HEAD, as koa-static does; what isn't there goes on behind.
///
/// ```swift
/// app.use(staticFiles("public"))                                        // GET /app.js is public/app.js
/// app.use(mount("/assets", staticFiles("dist", .init(maxAge: .seconds(31_536_000), immutable: true))))
/// ```
///
/// What it answers, and with which headers, is said at `ctx.send`. The path is ``Request/path``, so below a mount it is
/// what is left of it.
///
/// - Parameters:
///   - root: the folder; a relative path is the process's. One that isn't there is an error when the application starts.
///   - index: the file that stands for a folder; nil for none. `index.html` by default.
///   - defer: whether the middleware behind run first, and files only answer what they leave open. False by default.
///   - options: headers, codings, links.
public func staticFiles(
    _ root: String,
    index: String? = "index.html",
    defer isDeferred: Bool = false,
    _ options: FileOptions = FileOptions(),
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> StaticFiles {
    StaticFiles(root, index: index, isDeferred: isDeferred, options, origin: "\(fileID):\(line)")
}
