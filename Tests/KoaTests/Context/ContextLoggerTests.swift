import Logging
import Testing

@testable import Koa

@Suite("ctx.logger")
struct ContextLoggerTests {
    @Test("is the application's, and can be this request's own")
    func own() async {
        let app = Application()
        app.logger[metadataKey: "site"] = "a"
        app.use { ctx in
            let before = ctx.logger[metadataKey: "user"]
            ctx.logger[metadataKey: "user"] = "tobi"
            ctx.body = .text(
                "\(before ?? "-") \(ctx.logger[metadataKey: "user"] ?? "-") \(ctx.logger[metadataKey: "site"] ?? "-")")
        }
        for _ in 1...2 {
            let reply = await app.callback()(.init(method: .get, target: "/"))
            #expect(String(buffer: reply.body) == "- tobi a")
        }
        #expect(app.logger[metadataKey: "user"] == nil)
    }

    @Test("logs the errors that nobody listens for")
    func errors() async {
        let log = LogCapture()
        let app = Application(logger: log.logger)
        app.use { ctx in
            ctx.logger[metadataKey: "user"] = "tobi"
            throw CancellationError()
        }
        _ = await app.callback()(.init(method: .get, target: "/"))
        #expect(log.lines.contains { $0.level == .error && $0.metadata["user"] == "tobi" })
    }
}
