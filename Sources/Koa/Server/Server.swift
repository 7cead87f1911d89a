public import NIOCore
import NIOPosix
import Synchronization

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

    private let listener: any Channel
    private let registry: ConnectionRegistry
    private let options: ServerOptions
    /// Event loops that this server alone uses, and ends.
    private let ownGroup: MultiThreadedEventLoopGroup?
    private let isStopping = Atomic(false)

    init(
        listener: any Channel,
        registry: ConnectionRegistry,
        options: ServerOptions,
        ownGroup: MultiThreadedEventLoopGroup?
    ) throws {
        guard let address = listener.localAddress else {
            throw KoaError(.startFailed, "The server has no address")
        }
        self.address = address
        self.ownGroup = ownGroup
        self.listener = listener
        self.registry = registry
        self.options = options
    }

    /// The number of open connections.
    public var connectionCount: Int { registry.count }

    /// Stops: no new connections, and no new requests on those that are open; what runs is finished.
    ///
    /// - Parameter timeout: how long it waits for that; then the tasks of the remaining requests are cancelled and their
    ///   connections closed; those that ignore it are left alone 5 seconds later. ``ServerOptions/shutdownTimeout`` by default.
    public func stop(within timeout: Duration? = nil) async {
        guard !isStopping.exchange(true, ordering: .relaxed) else { return await waitForConnections(timeout) }
        // Responses that finish from here on say that their connection closes.
        registry.stopConnections()
        listener.close(promise: nil)
        try? await listener.closeFuture.get()
        registry.stop()
        await waitForConnections(timeout)
        // A task that ignores its cancellation keeps its event loop.
        if registry.count == 0 { try? await ownGroup?.shutdownGracefully() }
    }

    /// Waits for connections and their tasks; cancels them at the deadline, and gives up on them a while later.
    private func waitForConnections(_ timeout: Duration?) async {
        let registry = registry
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let deadline = TimeAmount(timeout ?? options.shutdownTimeout)
        let cancel = loop.scheduleTask(in: deadline) { registry.stopNow() }
        let giveUp = loop.scheduleTask(in: deadline + .seconds(5)) { registry.stopWaiting() }
        await registry.waitUntilEmpty()
        cancel.cancel()
        giveUp.cancel()
    }

    /// Closes the listener and every connection at once; the tasks of running requests are cancelled.
    public func stopNow() {
        registry.stop()
        registry.stopNow()
        Task { await stop(within: .zero) }
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
        let ownGroup = options.eventLoops.map { MultiThreadedEventLoopGroup(numberOfThreads: max(1, $0)) }
        let group = ownGroup ?? .singleton
        if case .tcp(_, let port) = place, !(0...65535).contains(port) {
            throw KoaError(.startFailed, "\(port) is no port: ports are 0…65535")
        }
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
            return try Server(listener: listener, registry: registry, options: options, ownGroup: ownGroup)
        } catch {
            try? await ownGroup?.shutdownGracefully()
            throw KoaError(.startFailed, "Can't listen on \(place)", cause: error)
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
