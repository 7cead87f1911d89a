import NIOCore

/// Stops accepting while a listener's connections are as many as they may be: the others wait in the system's backlog.
final class AcceptGate: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    private let capacity: Int
    private var count = 0
    private var isHeld = false

    init(capacity: Int) {
        self.capacity = capacity
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        count += 1
        let loop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: loop)
        unwrapInboundIn(data).closeFuture.hop(to: loop).whenComplete { _ in
            let (gate, context) = bound.value
            gate.count -= 1
            guard gate.isHeld, gate.count < gate.capacity else { return }
            gate.isHeld = false
            context.read()
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if count < capacity { context.read() } else { isHeld = true }
    }
}
