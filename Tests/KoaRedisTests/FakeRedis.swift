#if Redis
    import NIOConcurrencyHelpers
    import NIOCore
    import NIOPosix

    @testable import KoaRedis

    /// A server on 127.0.0.1 that reads commands as Redis does, and answers as a test says.
    final class FakeRedis: Sendable {
        /// What it does on a command.
        enum Reaction: Sendable {
            /// Sends these bytes.
            case say(String)
            case nothing
            case close
        }

        struct Command: Sendable, Equatable {
            /// The number of the connection: 0 is the first one.
            let connection: Int
            let words: [String]
        }

        private struct State {
            var connections: [any Channel] = []
            var closed: Set<Int> = []
            var commands: [Command] = []
            var waiters: [(isMet: @Sendable (borrowing State) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
        }

        private let state = NIOLockedValueBox(State())
        private let server: any Channel
        let port: Int

        /// Says `+PONG` to PING, `+OK` to AUTH and SELECT, and what `react` says to all else.
        static func greeting(_ react: @escaping @Sendable (Command) -> Reaction) -> @Sendable (Command) -> Reaction {
            { command in
                switch command.words.first {
                case "PING": .say("+PONG\r\n")
                case "AUTH", "SELECT": .say("+OK\r\n")
                default: react(command)
                }
            }
        }

        /// Starts one.
        ///
        /// - Parameters:
        ///   - port: the port of one that was stopped, or any that is free.
        ///   - welcome: what it says to each new connection.
        init(
            port: Int = 0, welcome: String = "", react: @escaping @Sendable (Command) -> Reaction
        ) async throws {
            let state = state
            server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    let number = state.withLockedValue { state in
                        state.connections.append(channel)
                        return state.connections.count - 1
                    }
                    Self.tell(state)
                    channel.closeFuture.whenComplete { _ in
                        state.withLockedValue { _ = $0.closed.insert(number) }
                        Self.tell(state)
                    }
                    if !welcome.isEmpty { channel.writeAndFlush(ByteBuffer(string: welcome), promise: nil) }
                    return channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            CommandHandler { words in
                                let command = Command(connection: number, words: words)
                                // Before the test hears of it, so that it may say something after the reaction.
                                switch react(command) {
                                case .say(let text):
                                    channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
                                case .nothing: break
                                case .close: channel.close(promise: nil)
                                }
                                state.withLockedValue { $0.commands.append(command) }
                                Self.tell(state)
                            })
                    }
                }
                .bind(host: "127.0.0.1", port: port).get()
            self.port = server.localAddress?.port ?? 0
        }

        private static func tell(_ state: NIOLockedValueBox<State>) {
            let met = state.withLockedValue { state in
                let met = state.waiters.filter { $0.isMet(state) }
                let rest = state.waiters.filter { !$0.isMet(state) }
                state.waiters = rest
                return met
            }
            for waiter in met { waiter.continuation.resume() }
        }

        private func wait(_ isMet: @escaping @Sendable (borrowing State) -> Bool) async {
            await withCheckedContinuation { continuation in
                state.withLockedValue { $0.waiters.append((isMet, continuation)) }
                Self.tell(state)
            }
        }

        /// All commands but those that greet.
        var commands: [Command] { state.withLockedValue { $0.commands.filter { !Self.greets($0) } } }
        /// All commands.
        var allCommands: [Command] { state.withLockedValue { $0.commands } }
        var connectionCount: Int { state.withLockedValue { $0.connections.count } }

        private static func greets(_ command: Command) -> Bool {
            ["PING", "AUTH", "SELECT"].contains(command.words.first)
        }

        /// Waits until so many commands have come that don't greet.
        func receive(_ count: Int) async {
            await wait { state in state.commands.count { !Self.greets($0) } >= count }
        }

        /// Waits until a connection is closed.
        func waitUntilClosed(_ connection: Int) async {
            await wait { $0.closed.contains(connection) }
        }

        /// Waits until so many connections were made.
        func waitForConnections(_ count: Int) async {
            await wait { $0.connections.count >= count }
        }

        /// Sends bytes on a connection.
        func say(_ text: String, on connection: Int = 0) {
            let channel = state.withLockedValue { $0.connections[connection] }
            channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        }

        /// Closes a connection.
        func cut(_ connection: Int) {
            state.withLockedValue { $0.connections[connection] }.close(promise: nil)
        }

        /// Options that lead here.
        var options: RedisOptions { RedisOptions(port: port) }

        /// Closes all.
        func stop() async {
            try? await server.close().get()
            for channel in state.withLockedValue({ $0.connections }) { try? await channel.close().get() }
        }
    }

    /// Reads commands; they are arrays of strings, as some answers are.
    private final class CommandHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let receive: ([String]) -> Void
        private let reader = try? RedisReader(limit: .max)

        init(_ receive: @escaping ([String]) -> Void) {
            self.receive = receive
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            do {
                try reader?.feed(unwrapInboundIn(data))
                while case .array(let words)? = try reader?.next() {
                    receive(words.map { if case .text(let text) = $0 { text } else { "\($0)" } })
                }
            } catch {
                context.close(promise: nil)
            }
        }
    }

    /// Runs a test with a fake, which is stopped afterwards.
    func withFakeRedis(
        welcome: String = "", _ react: @escaping @Sendable (FakeRedis.Command) -> FakeRedis.Reaction,
        _ body: (FakeRedis) async throws -> Void
    ) async throws {
        let fake = try await FakeRedis(welcome: welcome, react: react)
        do {
            try await body(fake)
        } catch {
            await fake.stop()
            throw error
        }
        await fake.stop()
    }

    /// The code of the ``RedisError`` that something throws; nil when it throws none.
    func redisCode(_ body: () async throws -> some Any) async throws -> RedisError.Code? {
        do {
            _ = try await body()
            return nil
        } catch let error as RedisError {
            return error.code
        }
    }
#endif
