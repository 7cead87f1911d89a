public import Logging
import NIOConcurrencyHelpers
import NIOPosix

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A web application: a list of middleware around one context object.
///
/// ```swift
/// let app = Application()
/// app.use { ctx in ctx.body = "Hello World" }
/// try await app.listen(3000)
/// ```
///
/// Its properties may be read and set from any task, also while it serves; middleware count from the next
/// ``callback()`` or ``listen(_:host:options:)``.
public final class Application: Sendable {
    /// The wall clock that cookies and everything that expires reads.
    public let clock: any WallClock
    let hasSystemClock: Bool

    struct Settings {
        var env: String
        var proxy: TrustedProxies
        var subdomainOffset: Int
        var proxyIPHeader: String
        var maxIPsCount: Int
        var silent: Bool
        var logger: Logger
        var json = JSONCoding.default
        var signing: CookieSigning?
        var context = SharedValues()
        var chain = Chain()
        /// The middleware that nobody has looked at yet.
        var unprepared: [any MiddlewareProtocol] = []
        /// The middleware whose place matters, in order.
        var placed: [PlacedMiddleware] = []
        /// What was said of their places.
        var orderWarnings: Set<String> = []
        var compose: (@Sendable ([Middleware]) -> Middleware)?
        var listeners: [ErrorListener] = []
        var servers: [Server] = []
    }

    let settings: NIOLockedValueBox<Settings>

    /// Creates an application.
    ///
    /// - Parameters:
    ///   - env: the environment's name; `KOA_ENV` of the process by default, else `development`.
    ///   - proxy: which proxies are believed about the client; none by default.
    ///   - subdomainOffset: how many labels of the host name are not subdomains; 2 by default.
    ///   - proxyIPHeader: the header with the client's address, for believed proxies.
    ///   - maxIPsCount: how many addresses of that header count, from the last; 0 means all.
    ///   - silent: whether the default error logger is quiet.
    ///   - logger: label `koa` by default.
    ///   - clock: the wall clock.
    ///   - compose: makes one middleware of the list, in place of ``compose(_:fileID:line:)-([Middleware],_,_)``.
    public init(
        env: String? = nil,
        proxy: TrustedProxies = .none,
        subdomainOffset: Int = 2,
        proxyIPHeader: String = "X-Forwarded-For",
        maxIPsCount: Int = 0,
        silent: Bool = false,
        logger: Logger = Logger(label: "koa"),
        clock: any WallClock = SystemClock(),
        compose: (@Sendable ([Middleware]) -> Middleware)? = nil
    ) {
        self.clock = clock
        hasSystemClock = clock is SystemClock
        settings = NIOLockedValueBox(
            Settings(
                env: env ?? Environment.value("KOA_ENV") ?? "development",
                proxy: proxy,
                subdomainOffset: subdomainOffset,
                proxyIPHeader: proxyIPHeader,
                maxIPsCount: maxIPsCount,
                silent: silent,
                logger: logger,
                compose: compose
            )
        )
    }

    /// Adds middleware to the end of the list.
    ///
    /// - Returns: the application, so that calls can be chained.
    @discardableResult
    public func use(
        _ middleware: @escaping Middleware,
        _ more: Middleware...,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Application {
        let origin = Chain.Origin(fileID: fileID, line: line)
        // Not by way of the list: functions in arrays are wrapped, which costs each call.
        add(middleware, origin)
        for one in more { add(one, origin) }
        return self
    }

    /// Adds a middleware that needs no `next`; those behind it run only if it isn't reached.
    ///
    /// - Returns: the application, so that calls can be chained.
    @discardableResult
    public func use(
        _ handler: @escaping Handler,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Application {
        add({ ctx, _ in try await handler(ctx) }, Chain.Origin(fileID: fileID, line: line))
        return self
    }

    func add(_ middleware: @escaping Middleware, _ origin: Chain.Origin, chooser: (any Chooser)? = nil) {
        let link = Chain.Link(middleware: middleware, origin: origin, chooser: chooser)
        settings.withLockedValue { $0.chain.links.append(link) }
    }

    /// Runs blocking or heavy work on a thread pool, so that the event loop serves other requests meanwhile.
    ///
    /// ```swift
    /// let sum = try await app.offload { (1...1_000_000).reduce(0, +) }
    /// ```
    public func offload<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await NIOThreadPool.singleton.runIfActive(work)
    }
}

/// The process's environment; an empty variable counts as absent.
enum Environment {
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
