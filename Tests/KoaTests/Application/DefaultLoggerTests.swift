import KoaTesting
import Logging
import Testing

@testable import Koa

@Suite("The default error logger")
struct DefaultLoggerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var error: any Error
        var isLogged: Bool
        var testDescription: String { "\(error)" }
    }

    static let cases: [Case] = [
        Case(error: Boom(), isLogged: true),
        Case(error: CancellationError(), isLogged: true),
        Case(error: HTTPError(), isLogged: true),
        Case(error: HTTPError(.badGateway, "upstream is down"), isLogged: true),
        Case(error: HTTPError(.badRequest, expose: false), isLogged: true),
        Case(error: HTTPError(.badRequest), isLogged: false),
        Case(error: HTTPError(.notFound), isLogged: false),
        Case(error: HTTPError(.notFound, expose: false), isLogged: false),
        Case(error: HTTPError(.internalServerError, "shown", expose: true), isLogged: false),
    ]

    @Test("logs errors, but not 404 nor what the client may see", arguments: cases)
    func logs(_ example: Case) {
        let log = LogCapture()
        Application(logger: log.logger).emit(example.error)
        #expect(log.errors == (example.isLogged ? ["\(example.error)"] : []))
    }

    @Test("says nothing when the application is silent")
    func silent() {
        let log = LogCapture()
        let app = Application(silent: true, logger: log.logger)
        app.emit(Boom())
        #expect(log.lines.isEmpty)
        app.silent = false
        app.emit(Boom())
        #expect(log.messages == ["boom"])
    }

    @Test("names the method and the URL that the client sent")
    func metadata() async throws {
        let log = LogCapture()
        let app = Application(logger: log.logger)
        app.use { ctx in
            ctx.url = "/rewritten"
            throw Boom()
        }
        _ = try await app.test.post("/a?b=c")
        let line = try #require(log.lines.first { $0.level == .error })
        #expect(line.message == "boom")
        #expect(line.metadata == ["method": "POST", "url": "/a?b=c"])
    }

    @Test("an error of no request has no metadata")
    func noContext() {
        let log = LogCapture()
        Application(logger: log.logger).emit(Boom())
        #expect(log.lines.map(\.metadata) == [[:]])
    }

    @Test("an HTTP error's line has its name, status, message and cause")
    func text() {
        let log = LogCapture()
        Application(logger: log.logger).emit(HTTPError(.badGateway, "upstream is down", cause: Boom()))
        #expect(log.messages == ["BadGatewayError (502): upstream is down (boom)"])
    }

    @Test("the logger can be changed while the application serves")
    func changed() {
        let (first, second) = (LogCapture(), LogCapture())
        let app = Application(logger: first.logger)
        app.emit(Boom(description: "one"))
        app.logger = second.logger
        app.emit(Boom(description: "two"))
        #expect(first.messages == ["one"])
        #expect(second.messages == ["two"])
    }

    @Test("a context's logger is the application's")
    func ofContext() async throws {
        let log = LogCapture()
        let app = Application(logger: log.logger)
        app.use { ctx in
            ctx.logger.info("hello")
            ctx.body = "x"
        }
        _ = try await app.test.get("/")
        #expect(log.messages == ["hello"])
    }
}
