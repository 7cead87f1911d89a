public import Koa
import NIOCore
import Synchronization

/// Answers `/favicon.ico`, as ``favicon(_:maxAge:fileID:line:)`` makes it.
///
/// ```swift
/// let icon: Favicon = favicon("public/favicon.ico")
/// app.use(icon)
/// ```
public final class Favicon: MiddlewareProtocol {
    private struct Icon {
        let bytes: ByteBuffer
        let type: String
        let etag: String
    }

    private let path: String
    private let cacheControl: String
    private let origin: String
    private let icon = Mutex<Icon?>(nil)

    init(_ path: String, maxAge: Duration, origin: String) {
        self.path = path
        self.origin = origin
        let longest: Int64 = 31_556_926
        cacheControl = "public, max-age=\(min(max(0, maxAge.components.seconds), longest))"
    }

    /// The largest icon that is kept in memory, in bytes.
    private static let largest = 1024 * 1024

    /// Reads the icon.
    ///
    /// - Throws: ``KoaError`` `.invalidSetup` when it can't be read or is larger than a megabyte.
    public func prepare(for app: Application) throws {
        let entry = try? FileRoot(path: path, links: .followed).open(FilePath(names: []))
        guard case .file(let file)? = entry, file.size <= Self.largest, let bytes = try? file.readNow(0..<file.size)
        else {
            throw KoaError(.invalidSetup, "favicon(\"\(path)\") (\(origin)) needs a file of at most 1 MiB")
        }
        let known = path.utf8.suffix(4).elementsEqual(".ico".utf8) ? nil : MIMETypes.lookup(path)
        let tag = bytes.withUnsafeReadableBytes { EntityTag.of($0) }
        icon.withLock { $0 = Icon(bytes: bytes, type: known ?? "image/x-icon", etag: tag) }
    }

    /// The function that runs.
    public var middleware: Middleware {
        { ctx, next in
            guard ctx.path == "/favicon.ico" else { return try await next() }
            guard ctx.method == .get || ctx.method == .head else {
                ctx.set("Allow", "GET, HEAD, OPTIONS")
                ctx.status = ctx.method == .options ? 200 : 405
                return
            }
            guard let icon = self.icon.withLock({ $0 }) else { return }
            ctx.set("Cache-Control", self.cacheControl)
            ctx.set("ETag", icon.etag)
            ctx.set("Content-Type", icon.type)
            ctx.body = .bytes(icon.bytes)
            if ctx.fresh { ctx.status = .notModified }
        }
    }
}

/// Answers `/favicon.ico` from memory, as koa-favicon does, before it reaches loggers and sessions.
///
/// ```swift
/// app.use(favicon("public/favicon.ico"))
/// ```
///
/// - Parameters:
///   - path: a file, read when the application starts; one that can't be read is an error then. Its type is that of its
///     extension.
///   - maxAge: how long caches may keep it, at most a year. A day by default.
public func favicon(
    _ path: String,
    maxAge: Duration = .seconds(86_400),
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> Favicon {
    Favicon(path, maxAge: maxAge, origin: "\(fileID):\(line)")
}
