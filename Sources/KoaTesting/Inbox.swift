import NIOConcurrencyHelpers
import NIOCore

/// Holds what a connection received until it is asked for. It reads the socket only on demand, so a test that
/// doesn't receive is a slow client.
final class Inbox: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    enum End: Sendable {
        /// The server has closed its side.
        case closed
        /// The connection failed, or this side closed it.
        case broken(String)
    }

    private struct State {
        var input = ByteBuffer()
        var end: End?
        var waiter: EventLoopPromise<Void>?
        /// Whether something came since the last look at it.
        var hasNews = false
    }

    private let state = NIOLockedValueBox(State())

    /// Whether the connection is open and nothing waits to be read.
    var isQuiet: Bool { state.withLockedValue { $0.end == nil && $0.input.readableBytes == 0 } }

    /// What was received and not taken yet.
    var unread: String { state.withLockedValue { String(buffer: $0.input) } }

    /// Takes from the input.
    func read<Result: Sendable>(
        _ body: (_ input: inout ByteBuffer, _ end: End?) throws -> Result
    ) rethrows -> Result {
        try state.withLockedValue { state in
            state.hasNews = false
            return try body(&state.input, state.end)
        }
    }

    /// Succeeds when more came than was there at the last ``read(_:)``, or the end.
    func more(_ eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        state.withLockedValue { state in
            if state.end != nil || state.hasNews { return eventLoop.makeSucceededVoidFuture() }
            let waiter = state.waiter ?? eventLoop.makePromise()
            state.waiter = waiter
            return waiter.futureResult
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        wake { $0.input.writeImmutableBuffer(bytes) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.inputClosed) = event as? ChannelEvent { end(.closed) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.broken("\(error)"))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.closed)
        context.fireChannelInactive()
    }

    /// Nothing more is to come, unless that is known already.
    func end(_ end: End) {
        wake { if $0.end == nil { $0.end = end } }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLockedValue { state in
            change(&state)
            state.hasNews = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.succeed()
    }
}
