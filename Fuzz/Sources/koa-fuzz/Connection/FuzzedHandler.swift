import HTTPTypes
import Logging
import NIOCore

@testable import Koa

/// An application that does with each request what a choice says, most of it with what the client sent.
///
/// It runs on the thread of the fuzzer alone.
final class FuzzedHandler: @unchecked Sendable {
    private(set) var methods: [HTTPRequest.Method] = []
    private var choices: Choices

    init(_ choices: Choices) {
        self.choices = choices
    }

    func app(_ clock: ManualClock) -> Application {
        let app = Application(
            proxy: .all,
            silent: true,
            logger: Logger(label: "koa-fuzz") { _ in SwiftLogNoOpLogHandler() },
            clock: clock
        )
        app.use { [self] ctx, _ in
            methods.append(ctx.method)
            try await answer(ctx)
        }
        return app
    }

    private nonisolated(nonsending) func answer(_ ctx: Context) async throws {
        switch choices.next() & 0xF {
        case 0: ctx.body = "Hello"
        case 1: ctx.body = .bytes(try await ctx.request.stream.collect(upTo: 256))
        case 2:
            ctx.body = .stream { [stream = ctx.request.stream] writer in
                for try await piece in stream { try await writer.write(piece) }
            }
        case 3:
            ctx.body = .stream { writer in
                try await writer.write("a piece")
                throw HTTPError(.badRequest, "broken off")
            }
        case 4: ctx.redirect(ctx.query["to"] ?? "/")
        case 5: ctx.attachment(ctx.query["name"] ?? ctx.path)
        case 6: ctx.body = .json(describe(ctx))
        case 7:
            var pieces = ctx.request.stream.makeAsyncIterator()
            _ = try await pieces.next()
            ctx.body = "one piece was enough"
        case 8: throw HTTPError(Status(Int(choices.next()) + 350), ctx.query["why"])
        case 9: ctx.status = [.noContent, .notModified, .resetContent][Int(choices.next() % 3)]
        case 10: try reflect(ctx)
        case 11:
            ctx.body = .stream(contentLength: 24) { writer in
                try await writer.write("a length that may be ")
                try await writer.write(ctx.querystring)
            }
        case 12: try takeOver(ctx)
        case 13: ctx.back(ctx.query["or"] ?? "/")
        case 14:
            ctx.flushHeaders()
            ctx.body = .bytes(try await ctx.request.stream.collect(upTo: 16))
        default: break
        }
    }

    /// Everything that is read out of a request.
    private func describe(_ ctx: Context) -> [String] {
        [
            ctx.href, ctx.host, ctx.hostname, ctx.protocol, ctx.ip, ctx.path, ctx.querystring, ctx.search,
            ctx.origin ?? "", ctx.URL?.href ?? "", ctx.request.charset, ctx.request.type, "\(ctx.request.length ?? 0)",
            "\(ctx.fresh)",
            "\(ctx.query)", ctx.is("json", "urlencoded", "text/*") ?? "", ctx.accepts("html", "json") ?? "",
            ctx.acceptsEncodings("gzip", "identity") ?? "", ctx.acceptsCharsets("utf-8") ?? "",
            ctx.acceptsLanguages("en", "de") ?? "", ctx.cookies.get("a") ?? "",
        ] + ctx.subdomains + ctx.ips
    }

    /// Sends back what the client wrote wherever a response has room for it.
    private func reflect(_ ctx: Context) throws {
        let text = ctx.query["x"] ?? ctx.get("X-Echo")
        ctx.set("X-Echo", text)
        ctx.vary(text)
        ctx.etag = text
        ctx.type = text
        ctx.cookies.set("name", text)
        ctx.message = text
        ctx.append("X-Echo", [text, text])
        ctx.body = .text(text)
    }

    private func takeOver(_ ctx: Context) throws {
        ctx.status = 101
        try ctx.takeOver { channel, _ in channel.close(promise: nil) }
    }
}
