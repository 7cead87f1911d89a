import Koa

/// The application of the suite: it writes down what it sees of each request, and answers with that.
struct Echo: Sendable {
    /// What it saw, in order. `Cases/README.md` tells how it is written.
    let seen = Shared<[String]>([])

    /// The limits of the server that it runs on.
    static var options: ServerOptions {
        var options = ServerOptions()
        options.maxTargetLength = 64
        options.maxHeaderCount = 16
        options.maxFieldLength = 256
        options.maxHeaderSize = 512
        options.maxChunkExtensions = 64
        options.maxTrailerSize = 128
        options.maxDrainedBody = 64
        options.maxBodySize = .max
        return options
    }

    /// The header by which a response tells its request: the index in ``seen``.
    static let mark = "Seen"

    /// Serves ``seen``.
    func application() -> Application {
        let app = Application(silent: true)
        app.use { ctx in
            var text = Self.describe(ctx)
            let index = seen.update { seen in
                seen.append(text)
                return seen.count - 1
            }
            ctx.set(Self.mark, "\(index)")
            ctx.keepOnError(Self.mark)
            if ctx.path != "/unread" {
                do {
                    seen.update { $0[index] = text + " ..." }
                    text += try await body(of: ctx)
                } catch let error as KoaError where error.code == .malformedBody {
                    seen.update { $0[index] = text + " !" }
                    throw error
                }
            }
            seen.update { [text] in $0[index] = text }
            if ctx.path.hasPrefix("/status/"), let code = Int(ctx.path.dropFirst(8)) {
                ctx.status = Status(code)
            } else if ctx.path != "/nobody" {
                ctx.body = .bytes(Latin1.encode(text) ?? [])
            }
        }
        return app
    }

    private func body(of ctx: Context) async throws -> String {
        var bytes: [UInt8] = []
        for try await chunk in ctx.request.stream { bytes += chunk.readableBytesView }
        return bytes.isEmpty ? "" : " \"\(Latin1.decode(bytes))\""
    }

    private static func describe(_ ctx: Context) -> String {
        var text = "\(ctx.req.method) \(ctx.req.url)"
        if ctx.host != "a" { text += " @\(ctx.host)" }
        for field in ctx.req.headers.fields where field.name.lowercased().hasPrefix("x-") {
            text += " {\(field.name): \(field.value)}"
        }
        return text
    }
}
