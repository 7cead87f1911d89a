public import NIOCore
import NIOPosix

/// A running server of an application.
///
/// ```swift
/// let server = try await app.start(0)
/// print("http://127.0.0.1:\(server.port ?? 0)")
/// await server.stop()
/// ```
///
/// An application may have several: each call of ``Application/start(_:host:options:)`` makes one.
public final class Server: Sendable {
    /// The address that it is bound to.
    public let address: SocketAddress

    /// The port that it is bound to; nil for a Unix socket.
    public var port: Int? { address.port }

    private let app: Application
    private let listener: any Channel
    private let registry: ConnectionRegistry
    private let options: ServerOptions

    init(app: Application, listener: any Channel, registry: ConnectionRegistry, options: ServerOptions) throws {
        guard let address = listener.localAddress else {
            throw KoaError(.startFailed, "The server has no address")
        }
        self.address = address
        self.app = app
        self.listener = listener
        self.registry = registry
        self.options = options
    }

    /// The number of open connections.
    public var connectionCount: Int { registry.count }

    /// Stops: no new connections, and no new requests on those that are open; what runs is finished.
    ///
    /// - Parameter timeout: how long it waits for that; then the tasks of the remaining requests are cancelled and their
    ///   connections closed. ``ServerOptions/shutdownTimeout`` by default.
    public func stop(within timeout: Duration? = nil) async {
        listener.close(promise: nil)
        try? await listener.closeFuture.get()
        registry.stop()
        let registry = registry
        let deadline = listener.eventLoop.scheduleTask(in: TimeAmount(timeout ?? options.shutdownTimeout)) {
            registry.stopNow()
        }
        await registry.waitUntilEmpty()
        deadline.cancel()
    }

    /// Closes the listener and every connection at once; the tasks of running requests are cancelled.
    public func stopNow() {
        listener.close(promise: nil)
        registry.stop()
        registry.stopNow()
    }

    /// Returns when the listener has closed.
    public func waitUntilClosed() async {
        try? await listener.closeFuture.get()
    }

    static func start(
        _ app: Application,
        at place: Place,
        options: ServerOptions
    ) async throws -> Server {
        let group: any EventLoopGroup =
            options.eventLoops.map { MultiThreadedEventLoopGroup(numberOfThreads: max(1, $0)) }
            ?? MultiThreadedEventLoopGroup.singleton
        let handler = app.callback()
        let registry = ConnectionRegistry()
        let loops = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { (ObjectIdentifier($0), LoopResources(eventLoop: $0)) }
        )
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: options.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let loop = loops[ObjectIdentifier(channel.eventLoop)] ?? LoopResources(eventLoop: channel.eventLoop)
                    try channel.pipeline.syncOperations.addHandler(
                        HTTP1Connection(handler: handler, options: options, loop: loop, registry: registry)
                    )
                }
            }
        do {
            let listener: any Channel
            switch place {
            case .tcp(let host, let port):
                listener = try await bootstrap.childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                    .bind(host: host, port: port).get()
            case .unixSocket(let path):
                listener = try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
            }
            if options.eventLoops != nil {
                listener.closeFuture.whenComplete { _ in Self.shutDown(group, after: registry) }
            }
            return try Server(app: app, listener: listener, registry: registry, options: options)
        } catch {
            if options.eventLoops != nil { try? await group.shutdownGracefully() }
            throw KoaError(.startFailed, "Can't listen on \(place)", cause: error)
        }
    }

    private static func shutDown(_ group: any EventLoopGroup, after registry: ConnectionRegistry) {
        Task {
            registry.stop()
            await registry.waitUntilEmpty()
            try? await group.shutdownGracefully()
        }
    }

    enum Place: CustomStringConvertible {
        case tcp(host: String, port: Int)
        case unixSocket(String)

        var description: String {
            switch self {
            case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            case .unixSocket(let path): path
            }
        }
    }
}
