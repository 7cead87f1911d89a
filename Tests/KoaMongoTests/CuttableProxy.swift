#if MongoDB
    import NIOConcurrencyHelpers
    import NIOCore
    import NIOPosix

    /// A way to the server that a test can cut, hold up, or have lose an answer.
    final class CuttableProxy: Sendable {
        /// What becomes of connections.
        enum Mode: Sendable {
            /// They lead to the server.
            case forwarding
            /// New ones are closed at once.
            case refusing
            /// New ones lead nowhere: what is sent on them is never answered.
            case silent
        }

        private struct State {
            var mode = Mode.forwarding
            var open: [any Channel] = []
            var accepted = 0
            /// How many more messages of the server are let through before one is lost and its connection cut; nil for all.
            var answersUntilLoss: Int?
        }

        private let state = NIOLockedValueBox(State())
        private let listener: any Channel
        let port: Int

        /// Listens on a free port of 127.0.0.1.
        init(to target: Int) async throws {
            let state = state
            listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .childChannelInitializer { channel in
                    let mode = state.withLockedValue { state in
                        state.accepted += 1
                        state.open.append(channel)
                        return state.mode
                    }
                    switch mode {
                    case .refusing: return channel.close()
                    case .silent: return channel.eventLoop.makeSucceededVoidFuture()
                    case .forwarding: break
                    }
                    return ClientBootstrap(group: channel.eventLoop).connect(host: "127.0.0.1", port: target)
                        .flatMapThrowing { server in
                            state.withLockedValue { $0.open.append(server) }
                            try channel.pipeline.syncOperations.addHandler(Forward(to: server) { true })
                            try server.pipeline.syncOperations.addHandler(
                                Forward(to: channel) { Self.letsThrough(state) })
                        }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            port = listener.localAddress?.port ?? 0
        }

        /// How many connections were made so far.
        var accepted: Int { state.withLockedValue { $0.accepted } }

        /// Sets what becomes of new connections, and cuts those that are there.
        func cut(_ mode: Mode) {
            let open = state.withLockedValue { state in
                state.mode = mode
                defer { state.open = [] }
                return state.open
            }
            for channel in open { channel.close(promise: nil) }
        }

        /// Has the connection break instead of handing over the server's next message but `count`.
        func loseAnswer(after count: Int = 0) {
            state.withLockedValue { $0.answersUntilLoss = count }
        }

        func stop() async throws {
            cut(.refusing)
            try await listener.close()
        }

        private static func letsThrough(_ state: NIOLockedValueBox<State>) -> Bool {
            state.withLockedValue { state in
                guard let count = state.answersUntilLoss else { return true }
                state.answersUntilLoss = count == 0 ? nil : count - 1
                return count > 0
            }
        }

        /// Hands what is read over to the other side, and closes it with its own.
        private final class Forward: ChannelInboundHandler {
            typealias InboundIn = ByteBuffer

            private let other: any Channel
            private let letsThrough: () -> Bool

            init(to other: any Channel, _ letsThrough: @escaping () -> Bool) {
                self.other = other
                self.letsThrough = letsThrough
            }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                if letsThrough() {
                    other.writeAndFlush(unwrapInboundIn(data), promise: nil)
                } else {
                    context.close(promise: nil)
                }
            }

            func channelInactive(context: ChannelHandlerContext) {
                other.close(promise: nil)
            }
        }
    }
#endif
