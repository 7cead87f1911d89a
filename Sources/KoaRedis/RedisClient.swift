#if Redis
    import NIOCore
    import NIOPosix

    /// A connection to Redis that any number of stores and tasks share.
    ///
    /// ```swift
    /// let redis = RedisClient(RedisOptions(host: "10.0.0.5", password: "s3cret"))
    /// app.use(session(store: RedisSessionStore(redis)))
    /// app.use(rateLimit(store: RedisRateLimitStore(redis)))
    /// ```
    ///
    /// It connects with the first call. Calls are sent at once, without waiting for the answers of others (pipelining), so
    /// that one connection carries them all. When it breaks, the next call makes a new one; calls that may run twice are
    /// sent again once. Where no connection can be made, calls fail at once for 20 ms, which doubles up to 1 s.
    public final class RedisClient: Sendable {
        /// How it was made.
        let options: RedisOptions
        private let loop: any EventLoop
        private let inbox: RedisInbox
        private let line: NIOLoopBoundBox<RedisLine>

        /// - Parameter options: where Redis is. Default `127.0.0.1:6379`.
        public init(_ options: RedisOptions = RedisOptions()) {
            self.options = options
            loop = MultiThreadedEventLoopGroup.singleton.next()
            inbox = RedisInbox(options)
            line = .makeBoxSendingValue(RedisLine(options, inbox, loop), eventLoop: loop)
        }

        deinit {
            inbox.shut()
            loop.execute { [line] in _ = line.value.shut() }
        }

        /// Asks Redis whether it is there: for a health check.
        ///
        /// - Throws: ``RedisError`` when it isn't.
        public nonisolated(nonsending) func ping() async throws {
            _ = try await call(["PING"] as RedisCommand, isIdempotent: true).checked()
        }

        /// Closes the connection; calls that are under way, and all later ones, throw ``RedisError`` `.shutDown`.
        public func shutDown() async {
            inbox.shut()
            _ = try? await loop.flatSubmit { [line] in line.value.shut() }.get()
        }

        /// Sends a command, and waits for its answer.
        ///
        /// - Parameter isIdempotent: whether running it twice does what running it once does; it is then sent a second time
        ///   when the connection breaks.
        /// - Throws: ``RedisError`` when there is no answer, `CancellationError`. An error that Redis answers with is a value.
        nonisolated(nonsending) func call(_ command: RedisCommand, isIdempotent: Bool) async throws -> RedisValue {
            guard let value = try await call([command], isIdempotent: isIdempotent).first else {
                throw RedisValue.unexpected
            }
            return value
        }

        /// Sends commands in a row, and waits for their answers, of which there are as many.
        nonisolated(nonsending) func call(_ commands: [RedisCommand], isIdempotent: Bool) async throws -> [RedisValue] {
            let deadline = NIODeadline.now() + options.times.call
            let call = RedisCall(commands, isIdempotent: isIdempotent, deadline: deadline)
            return try await call.answers { call in
                do {
                    let current = MultiThreadedEventLoopGroup.currentEventLoop
                    if try inbox.put(call, from: current.map { ObjectIdentifier($0) }) { tell(from: current) }
                } catch {
                    call.finish(.failure(error))
                }
            }
        }

        /// Has the connection take the calls of the inbox: from another event loop when its round is over, so that the calls
        /// of all requests of the round go together.
        private func tell(from current: (any EventLoop)?) {
            // A loop that shuts down still does what it was given.
            if let current, current !== loop { current.execute { self.accept() } } else { accept() }
        }

        private func accept() {
            loop.execute { [line] in line.value.accept() }
        }

        /// How many calls wait for their answers.
        var pending: Int { inbox.count }
    }
#endif
