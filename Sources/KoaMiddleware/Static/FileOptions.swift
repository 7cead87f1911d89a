public import Koa

/// How files are served, by ``staticFiles(_:index:defer:_:fileID:line:)`` and by `ctx.send`.
///
/// ```swift
/// app.use(staticFiles("public", .init(maxAge: .seconds(86_400), immutable: true, extensions: ["html"])))
/// ```
public struct FileOptions: Sendable {
    /// How long caches may keep a file without asking, in whole seconds of Cache-Control's `max-age`. 0 by default.
    public var maxAge: Duration
    /// Whether Cache-Control says that a file never changes while it is fresh. False by default.
    public var immutable: Bool
    /// Whether files and folders whose name begins with a dot are served. False by default.
    public var hidden: Bool
    /// Whether a folder's path without a slash at its end answers as with one. True by default.
    public var format: Bool
    /// What to try behind a name without a dot, in order, with or without a dot. None by default.
    public var extensions: [String]
    /// Whether a sibling that ends in `.br` is sent to clients that accept it. True by default.
    public var brotli: Bool
    /// Whether a sibling that ends in `.gz` is sent to clients that accept it. True by default.
    public var gzip: Bool
    /// Whether files have an ETag: a weak one, of size and time of change. True by default.
    public var etag: Bool
    /// How many ranges one request may ask for; with more, it gets the whole file. 0 offers no ranges. 10 by default.
    public var maxRanges: Int
    /// What happens with symbolic links. Followed only within the root by default.
    public var symbolicLinks: SymbolicLinks
    /// Sets headers of one's own; Content-Type, Cache-Control, Last-Modified and ETag that it sets, or that were set
    /// before, are kept.
    public var setHeaders: (@Sendable (_ ctx: Context, _ file: ServedFile) throws -> Void)?

    /// The options, each with its default.
    public init(
        maxAge: Duration = .zero,
        immutable: Bool = false,
        hidden: Bool = false,
        format: Bool = true,
        extensions: [String] = [],
        brotli: Bool = true,
        gzip: Bool = true,
        etag: Bool = true,
        maxRanges: Int = 10,
        symbolicLinks: SymbolicLinks = .withinRoot,
        setHeaders: (@Sendable (_ ctx: Context, _ file: ServedFile) throws -> Void)? = nil
    ) {
        self.maxAge = maxAge
        self.immutable = immutable
        self.hidden = hidden
        self.format = format
        self.extensions = extensions
        self.brotli = brotli
        self.gzip = gzip
        self.etag = etag
        self.maxRanges = maxRanges
        self.symbolicLinks = symbolicLinks
        self.setHeaders = setHeaders
    }

    /// What happens with symbolic links below a root. The root itself may always be one.
    ///
    /// ```swift
    /// app.use(staticFiles("public", .init(symbolicLinks: .refused)))
    /// ```
    public enum SymbolicLinks: Sendable, Hashable {
        /// None is followed: what lies behind one isn't there.
        case refused
        /// One is followed when what it names lies below the root.
        case withinRoot
        /// All are followed, wherever they lead.
        case followed
    }

    var cacheControl: String {
        let seconds = "max-age=\(max(0, maxAge.components.seconds))"
        return immutable ? "\(seconds),immutable" : seconds
    }
}

/// A file that is about to be sent.
///
/// ```swift
/// app.use(staticFiles("public", .init(setHeaders: { ctx, file in
///     if file.path.hasSuffix(".pdf") { ctx.attachment(file.path) }
/// })))
/// ```
public struct ServedFile: Sendable, Hashable {
    /// Its path, which begins with the root's.
    public let path: String
    /// Its bytes.
    public let size: Int
    /// When it was last changed, in seconds since 1970.
    public let modified: Double
    /// The coding of a precompressed sibling, `br` or `gzip`; nil of the file itself.
    public let contentEncoding: String?
}
