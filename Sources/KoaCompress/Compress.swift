public import Koa
import KoaCodings
import NIOCore

/// Compresses responses; made by ``compress(_:threshold:defaultEncoding:flushesEachWrite:rules:filter:)``.
///
/// ```swift
/// let compression: Compress = compress(threshold: 2048)
/// app.use(compression)
/// ```
public struct Compress: MiddlewareProtocol {
    /// Bodies up to this many bytes are compressed on the event loop, which takes about a millisecond; larger ones on a
    /// thread of their own.
    static let inlineLimit = 65_536

    let codings: [Compression]
    let threshold: Int
    let defaultEncoding: String
    let flushesEachWrite: Bool
    let rules: CompressionRules
    let filter: @Sendable (String) -> Bool
    let pool = EncoderPool()

    /// Whether a Content-Type compresses well, as the filter unless another one is given asks: texts, JSON, XML, what
    /// ends in `+json` or `+xml`, and a table of others, such as uncompressed fonts and images.
    public static func isCompressible(_ type: String) -> Bool {
        CompressibleTypes.contains(type)
    }

    /// The function that runs.
    public var middleware: Middleware {
        { ctx, next in
            ctx.vary("Accept-Encoding")
            try await next()
            if rules == .rfc9110, !ctx.headerSent {
                // Again, in case that it was overwritten meanwhile.
                ctx.vary("Accept-Encoding")
                if ctx.status == .notModified { weakenTag(ctx) }
            }
            try await run(ctx)
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` for a level that a coding doesn't have, a coding that is there twice, or
    ///   a negative threshold.
    public func prepare(for app: Application) throws {
        if let problem = codings.lazy.compactMap(\.problem).first {
            throw KoaError(.invalidSetup, "compress(): \(problem)")
        }
        if Set(codings.map(\.name)).count < codings.count {
            throw KoaError(.invalidSetup, "compress(): a coding is there twice: \(codings.map(\.name))")
        }
        if threshold < 0 { throw KoaError(.invalidSetup, "compress(): the threshold can't be \(threshold) bytes") }
    }

    private nonisolated(nonsending) func run(_ ctx: Context) async throws {
        guard isCandidate(ctx), let body = ctx.body else { return }
        let buffer = try body.encoded(for: ctx)
        if let size = buffer?.readableBytes ?? ctx.length, size < threshold {
            // JSON isn't to be encoded a second time.
            if let buffer, body.text == nil { ctx.body = .bytes(buffer) }
            return
        }
        guard let compression = try choose(ctx) else {
            if let buffer, body.text == nil { ctx.body = .bytes(buffer) }
            return
        }
        let coded: Body
        if ctx.method == .head {
            // Without a length: that of the coded body is known only to who makes it. A file that isn't there is a 404.
            if let path = body.filePath { _ = try await OpenFile.open(path) }
            coded = .stream { _ in }
        } else if let buffer {
            coded = .bytes(try await encode(buffer, compression, ctx))
        } else {
            coded = stream(body, compression, ctx)
        }
        announce(compression, ctx)
        ctx.body = coded
    }

    /// A 304 has the tag that the 200 would have (RFC 9110, section 15.4.5): whoever names it as a weak one has the
    /// compressed body.
    private func weakenTag(_ ctx: Context) {
        guard let text = ctx.etag, let tag = ETag(text), !tag.isWeak,
            let field = ctx.request.field("if-none-match"), case .tags(let known) = ETag.Condition(field),
            !known.contains(tag), known.contains(where: tag.matchesWeakly)
        else { return }
        ctx.etag = "W/\(text)"
    }

    /// Whether the response is one to compress, its length apart.
    private func isCandidate(_ ctx: Context) -> Bool {
        guard ctx.compress != false, !ctx.headerSent, ctx.writable, ctx.respond, !ctx.status.isEmpty,
            ctx.method != .head || rules == .rfc9110
        else { return false }
        let response = ctx.response
        // A part of a representation is a part of its bytes as they are; several parts (multipart/byteranges) have no
        // Content-Range but their own.
        guard !response.has("Content-Encoding"), !response.has("Transfer-Encoding"), !response.has("Content-Range"),
            ctx.status != .partialContent
        else { return false }
        guard ctx.compress == true || filter(response.get("Content-Type") ?? "") else { return false }
        return !Self.forbidsTransforming(response.get("Cache-Control") ?? "")
    }

    private static func forbidsTransforming(_ cacheControl: String) -> Bool {
        cacheControl.split(separator: ",").contains { directive in
            directive.trimmingSpaces.lowercased() == "no-transform"
        }
    }

    private func choose(_ ctx: Context) throws -> Compression? {
        var field = ctx.request.field("accept-encoding")
        // An empty one wants no coding (RFC 9110, section 12.5.3); the reference takes it for none.
        if rules == .koaCompress, field == "" { field = nil }
        do {
            return try AcceptEncoding(field ?? defaultEncoding).choose(codings, rules)
        } catch is NothingAcceptable {
            let names = codings.map(\.name).joined(separator: ", ")
            throw HTTPError(.notAcceptable, "Please accept \(names), or identity.")
        }
    }

    /// Sets the headers of a compressed response.
    private func announce(_ compression: Compression, _ ctx: Context) {
        ctx.set("Content-Encoding", compression.name)
        // Again, in case that it was overwritten meanwhile.
        ctx.vary("Accept-Encoding")
        ctx.remove("Content-Length")
        // Offsets into these bytes are none into those that a range is cut from.
        ctx.remove("Accept-Ranges")
        if rules == .rfc9110, let tag = ctx.etag, tag.hasPrefix("\"") { ctx.etag = "W/\(tag)" }
    }

    private nonisolated(nonsending) func encode(
        _ buffer: ByteBuffer,
        _ compression: Compression,
        _ ctx: Context
    ) async throws -> ByteBuffer {
        if buffer.readableBytes <= Self.inlineLimit { return try pool.encode(buffer, compression) }
        return try await ctx.app.offload { [pool] in try pool.encode(buffer, compression) }
    }

    private func stream(_ body: Body, _ compression: Compression, _ ctx: Context) -> Body {
        let declared = ctx.response.has("Content-Length") ? ctx.length : nil
        let flushesEachWrite = flushesEachWrite || ctx.response.type.lowercased() == "text/event-stream"
        return .stream { [pool] writer in
            let encoder = try pool.take(compression)
            defer { pool.giveBack(encoder, compression) }
            let filter = CompressingFilter(encoder, flushesEachWrite: flushesEachWrite, declared: declared)
            try await body.write(to: writer, through: filter)
            // A source that just ended because its task was cancelled is no whole body.
            try Task.checkCancellation()
            try await filter.finish(to: writer)
        }
    }
}

extension Substring {
    /// Without spaces and tabs at both ends.
    fileprivate var trimmingSpaces: Substring {
        let start = drop { $0 == " " || $0 == "\t" }
        let end = start.lastIndex { $0 != " " && $0 != "\t" }
        return end.map { start[...$0] } ?? ""
    }
}

/// Compresses responses for the clients that accept it.
///
/// ```swift
/// app.use(compress())
/// app.use(compress([.gzip(level: 9)], threshold: 2048) { type in type.hasPrefix("text/") })
/// ```
///
/// Each response gets `Vary: Accept-Encoding`, but for errors, which are sent plain, with no headers but their own. Left
/// alone are: 204, 205, 206 and 304, responses that have a Content-Encoding, a Transfer-Encoding or a Content-Range, those
/// with `Cache-Control: no-transform`, those shorter than the threshold, those whose type the filter doesn't take, and
/// those with ``Koa/Context/compress`` `= false`. A compressed one loses its Accept-Ranges, and its ETag becomes a weak
/// one; a 304 has that weak one where the client names it. HEAD gets the headers of GET, without the compressed length.
///
/// Bodies that are known as a whole get a Content-Length. Streams and files are compressed while they are sent, so that a
/// source that fails, or whose length isn't the one that it declared, breaks the connection; what they wrote goes out when the library has gathered enough of it, at
/// ``Koa/BodyWriter/flush()``, and in Server-Sent Events with each write.
///
/// A page that shows a secret (such as a CSRF token) beside something of the request gives the secret away by its
/// compressed length, over TLS too (the BREACH attack): set `ctx.compress = false` there.
///
/// - Parameters:
///   - codings: which to use, the preferred first among those that the client likes as well. Default: br and zstd, if
///     the package's traits `Brotli` and `Zstd` are on, gzip, deflate.
///   - threshold: bodies of fewer bytes are left alone, where the length is known. Default 1024.
///   - defaultEncoding: the Accept-Encoding of requests that have none. Default `identity`, which is no coding at all.
///   - flushesEachWrite: whether each write to a stream is sent at once, which makes the body larger. Default false.
///   - rules: RFC 9110's by default, or the reference's.
///   - filter: whether to compress a Content-Type, `""` where there is none. Default ``Compress/isCompressible(_:)``.
public func compress(
    _ codings: [Compression] = Compression.standard,
    threshold: Int = 1024,
    defaultEncoding: String = "identity",
    flushesEachWrite: Bool = false,
    rules: CompressionRules = .rfc9110,
    filter: @escaping @Sendable (String) -> Bool = Compress.isCompressible
) -> Compress {
    Compress(
        codings: codings, threshold: threshold, defaultEncoding: defaultEncoding, flushesEachWrite: flushesEachWrite,
        rules: rules, filter: filter)
}
