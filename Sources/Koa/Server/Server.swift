import NIOConcurrencyHelpers
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
    public var address: SocketAddress { listener.address }

    /// The port that it is bound to; nil for a Unix socket.
    public var port: Int? { address.port }

    let app: Application
    let listener: Listener
    let loops: [LoopResources]
    let registry: ConnectionRegistry
    let options: ServerOptions
    /// Event loops that this server alone uses, and ends.
    let ownGroup: MultiThreadedEventLoopGroup?
    let isStopping = Atomic(false)
    /// What stops it, once somebody has asked for that.
    let stopping = NIOLockedValueBox<Task<Void, Never>?>(nil)
    let isHurried = Atomic(false)
    /// Ends the wait before a stop.
    let hurry = NIOLockedValueBox<AsyncStream<Void>.Continuation?>(nil)

    private init(
        app: Application,
        listener: Listener,
        loops: [LoopResources],
        registry: ConnectionRegistry,
        options: ServerOptions,
        ownGroup: MultiThreadedEventLoopGroup?
    ) {
        self.app = app
        self.listener = listener
        self.loops = loops
        self.registry = registry
        self.options = options
        self.ownGroup = ownGroup
    }

    /// The number of open connections, and of gone clients' requests that still run.
    public var connectionCount: Int { registry.count }

    /// What it has done so far.
    public var counters: ServerCounters {
        loops.reduce(ServerCounters()) { $0 + $1.counters.reading }
    }

    /// Whether it may be sent requests; false from the moment when it begins to stop.
    public var isReady: Bool { !isStopping.load(ordering: .relaxed) }

    /// Returns when it listens no more.
    public func waitUntilClosed() async {
        await listener.waitUntilClosed()
    }

    static func start(
        _ app: Application,
        at place: Listener.Place,
        options: ServerOptions
    ) async throws -> Server {
        try app.prepare()
        let ownGroup = options.eventLoops.map { MultiThreadedEventLoopGroup(numberOfThreads: max(1, $0)) }
        let group = ownGroup ?? .singleton
        let capacity = max(1, options.maxConnections ?? OpenFilesLimit.connections)
        // Who waits for room never gets as far as being refused.
        let registry = ConnectionRegistry(capacity: options.overload == .wait ? .max : capacity)
        let eventLoops = Array(group.makeIterator())
        let loops = eventLoops.map {
            LoopResources(
                eventLoop: $0, registry: registry, options: options, loopCount: eventLoops.count, clock: app.clock
            )
        }
        let byLoop = Dictionary(uniqueKeysWithValues: loops.map { (ObjectIdentifier($0.eventLoop), $0) })
        let handler = app.callback()
        do {
            let listener = try await Listener.bind(place, group: group, options: options, capacity: capacity) { loop in
                HTTP1Connection(
                    handler: handler, options: options, loop: byLoop[ObjectIdentifier(loop)] ?? loops[0]
                )
            }
            let server = Server(
                app: app, listener: listener, loops: loops, registry: registry, options: options, ownGroup: ownGroup
            )
            server.began()
            return server
        } catch {
            try? await ownGroup?.shutdownGracefully()
            throw error
        }
    }

    private func began() {
        app.settings.withLockedValue { $0.servers.append(self) }
        (app.clock as? any SteppingClock)?.onStep(ObjectIdentifier(self)) { [loops] in
            for loop in loops { loop.eventLoop.execute { loop.checkTimeouts() } }
        }
    }

    func ended() {
        app.settings.withLockedValue { $0.servers.removeAll { $0 === self } }
        (app.clock as? any SteppingClock)?.remove(ObjectIdentifier(self))
    }
}

extension Application {
    /// The servers of this application that run, those that are stopping among them.
    public var servers: [Server] { settings.withLockedValue { $0.servers } }

    /// What its running servers have done so far.
    public var counters: ServerCounters { servers.reduce(ServerCounters()) { $0 + $1.counters } }

    /// Whether a load balancer may send requests: no server of this application has begun to stop.
    ///
    /// ```swift
    /// app.use { ctx in
    ///     try ctx.assert(ctx.app.isReady, 503)
    ///     ctx.body = "ready"
    /// }
    /// ```
    public var isReady: Bool { servers.allSatisfy(\.isReady) }
}
