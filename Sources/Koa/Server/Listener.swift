import NIOCore
import NIOPosix

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The sockets on which a server listens: one, or one for each event loop.
struct Listener: Sendable {
    /// Where a server listens.
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

    let channels: [any Channel]
    let address: SocketAddress

    /// Listens.
    ///
    /// - Parameter makeHandler: gives a new connection its handler, on its event loop.
    static func bind(
        _ place: Place,
        group: MultiThreadedEventLoopGroup,
        options: ServerOptions,
        capacity: Int,
        makeHandler: @escaping @Sendable (any EventLoop) -> any ChannelHandler & Sendable
    ) async throws -> Listener {
        if case .tcp(_, let port) = place, !(0...65535).contains(port) {
            throw KoaError(.startFailed, "\(port) is no port: ports are 0…65535")
        }
        var channels: [any Channel] = []
        do {
            guard options.reusePort, case .tcp(let host, var port) = place else {
                let bootstrap = bootstrap(group, options, capacity: capacity, makeHandler)
                channels = [try await bind(bootstrap, to: place)]
                return try Listener(channels)
            }
            let loops = Array(group.makeIterator())
            for loop in loops {
                let share = max(1, capacity / loops.count)
                let bootstrap = bootstrap(loop, options, capacity: share, makeHandler)
                    .serverChannelOption(.socketOption(NIOBSDSocket.Option(rawValue: SO_REUSEPORT)), value: 1)
                let channel = try await bind(bootstrap, to: .tcp(host: host, port: port))
                channels.append(channel)
                port = channel.localAddress?.port ?? port
            }
            return try Listener(channels)
        } catch {
            for channel in channels { channel.close(promise: nil) }
            if let error = error as? KoaError { throw error }
            throw KoaError(.startFailed, "Can't listen on \(place)", cause: error)
        }
    }

    private init(_ channels: [any Channel]) throws {
        guard let address = channels.first?.localAddress else {
            throw KoaError(.startFailed, "The server has no address")
        }
        self.channels = channels
        self.address = address
    }

    private static func bootstrap(
        _ group: any EventLoopGroup,
        _ options: ServerOptions,
        capacity: Int,
        _ makeHandler: @escaping @Sendable (any EventLoop) -> any ChannelHandler & Sendable
    ) -> ServerBootstrap {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: options.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(makeHandler(channel.eventLoop))
                }
            }
        guard options.overload == .wait else { return bootstrap }
        // One at a time, so that no more are accepted than may be.
        return bootstrap.serverChannelOption(.maxMessagesPerRead, value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGate(capacity: capacity))
                }
            }
    }

    private static func bind(_ bootstrap: ServerBootstrap, to place: Place) async throws -> any Channel {
        switch place {
        case .tcp(let host, let port):
            try await bootstrap.childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .bind(host: host, port: port).get()
        case .unixSocket(let path):
            try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
        }
    }

    /// Closes the sockets, after what has arrived there was accepted.
    func close() async {
        for channel in channels {
            channel.eventLoop.scheduleTask(in: .milliseconds(10)) { channel.close(promise: nil) }
        }
        await waitUntilClosed()
    }

    /// Closes the sockets at once.
    func closeNow() {
        for channel in channels { channel.close(promise: nil) }
    }

    func waitUntilClosed() async {
        for channel in channels { try? await channel.closeFuture.get() }
    }
}

/// The process's limit of open files.
enum OpenFilesLimit {
    /// How many connections it leaves room for.
    static var connections: Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 1024 }
        let files = Int(clamping: limit.rlim_cur)
        return max(16, min(files - max(32, files / 16), 1_000_000))
    }

    /// Raises it as far as the process may.
    static func raise() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
    }

    #if canImport(Glibc)
        private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
    #else
        private static var resource: CInt { RLIMIT_NOFILE }
    #endif
}
