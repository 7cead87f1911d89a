#if Redis
    import Koa
    import NIOCore
    import NIOPosix

    extension RedisLine {
        /// Makes a connection.
        func connect() {
            guard options.socketPath != nil || (1...65535).contains(options.port) else {
                return failConnecting(RedisError(.unreachable, "\(options.port) is no port: ports are 1…65535."))
            }
            state = .connecting
            let line = NIOLoopBound(self, eventLoop: loop)
            let bootstrap = ClientBootstrap(group: loop)
                .channelOption(.autoRead, value: false)
                .connectTimeout(options.times.connect)
            let channel =
                if let path = options.socketPath {
                    bootstrap.connect(unixDomainSocketPath: path)
                } else {
                    bootstrap.channelOption(.socketOption(.tcp_nodelay), value: 1)
                        .channelOption(.socketOption(.so_keepalive), value: 1)
                        .connect(host: options.host, port: options.port)
                }
            channel.whenComplete { line.value.connected($0) }
        }

        /// Greets Redis on a new connection: no call is sent before it answers.
        private func connected(_ result: Result<any Channel, any Error>) {
            guard case .connecting = state else {
                if case .success(let channel) = result { channel.close(promise: nil) }
                return
            }
            do {
                let channel = try result.get()
                let greeting = options.greeting
                let bytes = RedisCommand.encode(greeting)
                let handler = try RedisChannelHandler(self, maxReplyBytes: options.maxReplyBytes)
                try channel.pipeline.syncOperations.addHandler(handler)
                state = .greeting(channel)
                let deadline = NIODeadline.now() + options.times.connect
                sent.append(Entry(call: nil, count: greeting.count, deadline: deadline))
                channel.writeAndFlush(bytes, promise: nil)
                channel.read()
                setTimer()
                // One that has ended already tells nobody.
                if !channel.isActive { lose(channel, .lost) }
            } catch {
                if case .success(let channel) = result { channel.close(promise: nil) }
                failConnecting(error)
            }
        }

        /// Redis has answered the greeting.
        func greeted(_ values: [RedisValue], on channel: any Channel) {
            for (index, value) in values.enumerated() {
                guard case .error(let text) = value else { continue }
                // A user who may not ping may still do what the stores do.
                if index == values.count - 1, value.isError("NOPERM") { continue }
                return lose(channel, .refused(text))
            }
            state = .ready(channel)
            backOff.reset()
            send(on: channel)
        }

        /// There is no connection: what waits for it ends.
        func failConnecting(_ cause: any Error) {
            state = .idle
            sent.removeAll()
            let error = RedisError(
                .unreachable, "Redis can't be reached at \(options.place): is it running, and do the options fit?",
                cause: cause)
            backOff.fail(error, at: .now())
            failWaiting(error)
        }
    }

    /// Reads what Redis answers.
    final class RedisChannelHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let line: RedisLine
        private let reader: RedisReader

        init(_ line: RedisLine, maxReplyBytes: Int) throws {
            self.line = line
            reader = try RedisReader(limit: maxReplyBytes)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let (bytes, channel) = (unwrapInboundIn(data), context.channel)
            WakeGathering.gather {
                do {
                    try reader.feed(bytes)
                    while let value = try reader.next() { try line.receive(value, on: channel) }
                } catch {
                    errorCaught(context: context, error: error)
                }
            }
        }

        func channelReadComplete(context: ChannelHandlerContext) {
            context.read()
        }

        func channelInactive(context: ChannelHandlerContext) {
            line.lose(context.channel, .lost)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            let lost = RedisError(.connectionLost, RedisError.lost.message, cause: error)
            line.lose(context.channel, error as? RedisError ?? lost)
        }
    }
#endif
