import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Stands between a client and its database, and fails as networks and servers do.
package final class TCPProxy: Sendable {
    /// What becomes of connections, and of those that are open.
    package enum Mode: Sendable {
        /// They are passed on.
        case forward
        /// They are closed at once.
        case closed
        /// They are taken, and nothing is ever answered.
        case silent
    }

    private struct State {
        var mode: Mode
        var open: [ObjectIdentifier: any Channel] = [:]
        var accepted = 0
        var most = 0
    }

    private let state: NIOLockedValueBox<State>
    private let listener: any Channel

    /// Its port on 127.0.0.1.
    package let port: Int

    private init(_ listener: any Channel, _ state: NIOLockedValueBox<State>) {
        self.listener = listener
        self.state = state
        self.port = listener.localAddress?.port ?? 0
    }

    /// Starts one on a free port.
    ///
    /// - Parameter greeting: what becomes of the first that the server says on a connection.
    package static func start(
        to host: String, _ port: Int, _ mode: Mode = .forward,
        greeting: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
    ) async throws -> TCPProxy {
        let state = NIOLockedValueBox(State(mode: mode))
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in accept(client, state, host, port, greeting) }
            .bind(host: "127.0.0.1", port: 0).get()
        return TCPProxy(listener, state)
    }

    private static func accept(
        _ client: any Channel, _ state: NIOLockedValueBox<State>, _ host: String, _ port: Int,
        _ greeting: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> EventLoopFuture<Void> {
        let id = ObjectIdentifier(client)
        let mode = state.withLockedValue { state in
            state.accepted += 1
            state.open[id] = client
            state.most = max(state.most, state.open.count)
            return state.mode
        }
        client.closeFuture.whenComplete { _ in state.withLockedValue { $0.open[id] = nil } }
        switch mode {
        case .closed: return client.close()
        case .silent: return client.eventLoop.makeSucceededVoidFuture()
        case .forward: break
        }
        let passes: @Sendable () -> Bool = { state.withLockedValue { $0.mode } == .forward }
        return ClientBootstrap(group: client.eventLoop)
            .channelOption(.autoRead, value: false)
            .connect(host: host, port: port)
            .flatMap { server in
                client.eventLoop.makeCompletedFuture {
                    try client.pipeline.syncOperations.addHandler(Forwarder(to: server, passes))
                    try server.pipeline.syncOperations.addHandler(Forwarder(to: client, passes, greeting))
                }
                .flatMap { server.setOption(.autoRead, value: true) }
                .flatMap { client.setOption(.autoRead, value: true) }
            }
    }

    /// Fails, or works again, from now on.
    package func set(_ mode: Mode) { state.withLockedValue { $0.mode = mode } }

    /// Closes the connections that are open.
    package func cut() async {
        for channel in state.withLockedValue({ Array($0.open.values) }) { try? await channel.close() }
    }

    /// How many connections it has taken.
    package var accepted: Int { state.withLockedValue { $0.accepted } }
    /// How many there were at a time.
    package var most: Int { state.withLockedValue { $0.most } }

    /// Closes everything.
    package func stop() async {
        try? await listener.close()
        await cut()
    }

    /// A port of 127.0.0.1 on which nobody listens.
    package static func closedPort() async throws -> Int {
        let proxy = try await start(to: "127.0.0.1", 1)
        await proxy.stop()
        return proxy.port
    }
}

/// Hands what one end sends to the other.
private final class Forwarder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let passes: @Sendable () -> Bool
    /// What becomes of the first that is read; nil when that is over.
    private var greeting: (@Sendable ([UInt8]) -> [UInt8])?

    init(
        to other: any Channel, _ passes: @escaping @Sendable () -> Bool,
        _ greeting: (@Sendable ([UInt8]) -> [UInt8])? = nil
    ) {
        self.other = other
        self.passes = passes
        self.greeting = greeting
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if let change = greeting { bytes = ByteBuffer(bytes: change(Array(bytes.readableBytesView))) }
        greeting = nil
        if passes() { other.writeAndFlush(bytes, promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
