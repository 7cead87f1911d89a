public import Koa
import Logging
// Who runs the service names ServiceGroup and signals.
@_exported public import ServiceLifecycle

/// An application's server as a service of swift-service-lifecycle.
///
/// ```swift
/// let group = ServiceGroup(
///     services: [database, app.service(3000)],
///     gracefulShutdownSignals: [.sigterm, .sigint],
///     logger: app.logger
/// )
/// try await group.run()
/// ```
///
/// It serves until the group shuts down gracefully or its task is cancelled; then it accepts nothing new, finishes
/// the requests that run, and returns. `ServerOptions.shutdownTimeout` says how long it waits for those.
public struct ApplicationService: Service {
    /// Where a service listens.
    ///
    /// ```swift
    /// let place: ApplicationService.Place = .tcp(port: 8080, host: "0.0.0.0")
    /// ```
    public enum Place: Sendable, Hashable {
        /// A port of an address; 0 lets the system choose one.
        case tcp(port: Int, host: String = "127.0.0.1")
        /// A Unix socket; a socket file that is there is replaced.
        case unixSocket(String)
    }

    /// The application that is served.
    public let app: Application
    /// Where it listens.
    public let place: Place
    /// Limits and timeouts of the server.
    public let options: ServerOptions

    private let onStart: @Sendable (Server) -> Void

    /// Creates a service; see ``Koa/Application/service(_:host:options:onStart:)`` for a shorter form.
    ///
    /// - Parameters:
    ///   - app: the application; middleware that are added after the start don't count.
    ///   - place: where it listens.
    ///   - options: limits and timeouts of the server.
    ///   - onStart: called once it listens, such as to learn the port that the system chose.
    public init(
        _ app: Application,
        at place: Place,
        options: ServerOptions = ServerOptions(),
        onStart: @escaping @Sendable (Server) -> Void = { _ in }
    ) {
        self.app = app
        self.place = place
        self.options = options
        self.onStart = onStart
    }

    /// Serves until graceful shutdown, cancellation, or until someone else stops the server.
    ///
    /// - Throws: `KoaError` `.startFailed` when the place can't be bound.
    public func run() async throws {
        let server =
            switch place {
            case .tcp(let port, let host): try await app.start(port, host: host, options: options)
            case .unixSocket(let path): try await app.start(unixSocket: path, options: options)
            }
        app.logger.info("listening on \(server.address)")
        onStart(server)
        await withTaskGroup(of: Void.self) { group in
            // It throws when the task is cancelled, which ends the service all the same.
            group.addTask { try? await gracefulShutdown() }
            group.addTask { await server.waitUntilClosed() }
            await group.next()
            await server.stop()
            group.cancelAll()
        }
    }
}

extension Application {
    /// This application as a service of swift-service-lifecycle, on a port.
    ///
    /// ```swift
    /// let service = app.service(8080, host: "0.0.0.0")
    /// ```
    ///
    /// - Parameters:
    ///   - port: 0 lets the system choose one.
    ///   - host: the address to listen on: only this machine by default.
    ///   - options: limits and timeouts of the server.
    ///   - onStart: called once it listens.
    public func service(
        _ port: Int = 3000,
        host: String = "127.0.0.1",
        options: ServerOptions = .init(),
        onStart: @escaping @Sendable (Server) -> Void = { _ in }
    ) -> ApplicationService {
        ApplicationService(self, at: .tcp(port: port, host: host), options: options, onStart: onStart)
    }

    /// This application as a service of swift-service-lifecycle, on a Unix socket.
    ///
    /// - Parameters:
    ///   - path: of the socket; a socket file that is there is replaced.
    ///   - options: limits and timeouts of the server.
    ///   - onStart: called once it listens.
    public func service(
        unixSocket path: String,
        options: ServerOptions = .init(),
        onStart: @escaping @Sendable (Server) -> Void = { _ in }
    ) -> ApplicationService {
        ApplicationService(self, at: .unixSocket(path), options: options, onStart: onStart)
    }
}
