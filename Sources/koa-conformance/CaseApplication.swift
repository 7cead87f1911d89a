import Koa
import KoaKeygrip
import Logging
import NIOConcurrencyHelpers

/// The application of a case, served on a port of its own.
struct CaseApplication {
    private let server: Server
    private let clock: CaseClock
    private let errors: ErrorLog

    /// Builds the application of a case and serves it.
    static func start(_ recorded: Case, _ middleware: [Middleware]) async throws -> CaseApplication {
        let clock = CaseClock()
        let errors = ErrorLog()
        var logger = Logger(label: "koa")
        logger.logLevel = .critical
        let app = Application(logger: logger, clock: clock)
        try configure(app, recorded.options)
        app.onError { error, _ in errors.append(RecordedError(error)) }
        for layer in middleware { app.use(layer) }
        return CaseApplication(server: try await app.start(0), clock: clock, errors: errors)
    }

    /// The port that it is served on.
    var port: UInt16 { UInt16(exactly: server.port ?? 0) ?? 0 }

    /// Sets the time and forgets the errors so far.
    func begin(_ exchange: Exchange) {
        clock.set(exchange.now)
        errors.clear()
    }

    /// The errors that were told since the exchange began.
    var occurred: [RecordedError] { errors.all }

    /// Stops serving.
    func stop() {
        server.stopNow()
    }

    /// The options that ``configure(_:_:)`` knows.
    private static let optionNames = ["keys", "proxy", "subdomainOffset", "proxyIpHeader", "maxIpsCount"]

    /// - Throws: ``Unsupported`` for an option of another name, ``MalformedCase`` for a wrong value.
    static func checkOptions(_ options: JSONObject) throws {
        if let unknown = options.keys.first(where: { !optionNames.contains($0) }) {
            throw Unsupported("application option \(unknown)")
        }
        try configure(Application(), options)
    }

    private static func configure(_ app: Application, _ options: JSONObject) throws {
        if let keys = options.optional("keys") { app.keys = try keys.requireTexts("keys") }
        if let proxy = options.optional("proxy") { app.proxy = try proxy.requireBool("proxy") ? .all : .none }
        if let offset = options.optional("subdomainOffset") {
            app.subdomainOffset = try offset.requireInteger("subdomainOffset")
        }
        if let header = options.optional("proxyIpHeader") {
            app.proxyIPHeader = try header.requireText("proxyIpHeader")
        }
        if let count = options.optional("maxIpsCount") { app.maxIPsCount = try count.requireInteger("maxIpsCount") }
    }
}

/// The errors that an application told.
private final class ErrorLog: Sendable {
    private let errors = NIOLockedValueBox<[RecordedError]>([])

    var all: [RecordedError] { errors.withLockedValue { $0 } }

    func append(_ error: RecordedError) {
        errors.withLockedValue { $0.append(error) }
    }

    func clear() {
        errors.withLockedValue { $0 = [] }
    }
}
