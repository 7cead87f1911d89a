public import Koa
import NIOCore

/// Gives responses an ETag, as @koa/etag does, with the same values.
///
/// ```swift
/// app.use(conditionalGet(), etag())
/// ```
///
/// Responses of a 2xx status with a body get one unless they have one: text, bytes and JSON a tag of their content, files
/// a weak one of their size and time of change. Streams and empty texts get none. JSON is encoded for it, once: behind
/// this middleware the body is bytes.
///
/// - Parameter weak: whether tags of content are weak, which lets a proxy change the bytes. False by default.
public func etag(weak: Bool = false) -> NamedMiddleware {
    NamedMiddleware(.etag) { ctx, next in
        try await next()
        guard !ctx.headerSent, !ctx.response.has("ETag"), ctx.status.code / 100 == 2, let body = ctx.body,
            body.isTruthy
        else { return }
        if let path = body.filePath {
            // Sent from the same descriptor, so that tag and content are of one file.
            let file = try await OpenFile.open(path)
            ctx.set("ETag", EntityTag.of(file))
            if !ctx.response.has("Content-Length") { ctx.length = file.size }
            let length = ctx.length
            ctx.body = .stream(contentLength: nil) { writer in try await writer.write(file, 0..<file.size) }
            ctx.length = length
        } else if let text = body.text {
            var text = text
            ctx.set("ETag", text.withUTF8 { EntityTag.of(UnsafeRawBufferPointer($0), weak: weak) })
        } else if !body.isStream {
            let bytes = try body.bytes ?? ctx.encodedJSON(body)
            ctx.set("ETag", bytes.withUnsafeReadableBytes { EntityTag.of($0, weak: weak) })
            if body.bytes == nil { ctx.body = .bytes(bytes) }
        }
    }
}

/// Tags as the package `etag` 1.8.1 makes them.
enum EntityTag {
    /// Of content: its length in hexadecimal and 27 characters of its SHA-1.
    static func of(_ bytes: UnsafeRawBufferPointer, weak: Bool = false) -> String {
        let digest = Base64.encode(SHA1.digest(bytes)).prefix(27)
        return "\(weak ? "W/" : "")\"\(String(bytes.count, radix: 16))-\(digest)\""
    }

    /// Of a file: its size and the milliseconds of its last change in hexadecimal; always weak.
    ///
    /// - Parameter suffix: tells files of one size and time apart.
    static func of(_ file: OpenFile, suffix: String = "") -> String {
        let milliseconds = file.seconds &* 1000 &+ file.nanoseconds / 1_000_000
        return "W/\"\(String(file.size, radix: 16))-\(String(milliseconds, radix: 16))\(suffix)\""
    }
}
