import Logging

extension Application {
    /// Serves HTTP until SIGINT or SIGTERM (or until its task is cancelled), then finishes what runs and returns.
    /// A second signal stops at once.
    ///
    /// - Parameters:
    ///   - port: 0 lets the system choose one.
    ///   - host: the address to listen on: only this machine by default; `"0.0.0.0"` or `"::"` for all.
    ///   - options: limits and timeouts.
    /// - Throws: ``KoaError`` `.startFailed` when the address can't be bound; what ``prepare()`` throws.
    ///
    /// The process's limit of open files is raised as far as it may.
    public func listen(
        _ port: Int = 3000,
        host: String = "127.0.0.1",
        options: ServerOptions = ServerOptions()
    ) async throws {
        OpenFilesLimit.raise()
        await serveUntilSignal(try await start(port, host: host, options: options))
    }

    /// Serves HTTP on a Unix socket until SIGINT or SIGTERM; a socket file that is there is replaced.
    ///
    /// - Throws: ``KoaError`` `.startFailed` when the socket can't be bound; what ``prepare()`` throws.
    public func listen(unixSocket path: String, options: ServerOptions = ServerOptions()) async throws {
        OpenFilesLimit.raise()
        await serveUntilSignal(try await start(unixSocket: path, options: options))
    }

    /// Starts serving and returns at once.
    ///
    /// - Returns: the server: where it is bound, and how to stop it.
    /// - Throws: ``KoaError`` `.startFailed` when the address can't be bound; what ``prepare()`` throws.
    public func start(
        _ port: Int = 3000,
        host: String = "127.0.0.1",
        options: ServerOptions = ServerOptions()
    ) async throws -> Server {
        try await Server.start(self, at: .tcp(host: host, port: port), options: options)
    }

    /// Starts serving on a Unix socket and returns at once.
    ///
    /// - Throws: ``KoaError`` `.startFailed` when the socket can't be bound; what ``prepare()`` throws.
    public func start(unixSocket path: String, options: ServerOptions = ServerOptions()) async throws -> Server {
        try await Server.start(self, at: .unixSocket(path), options: options)
    }

    /// Why a server is served no more.
    private enum Ending {
        case signal
        case closed
    }

    private func serveUntilSignal(_ server: Server) async {
        logger.info("listening on \(server.location)")
        let signals = Signals.shutdown()
        let (events, event) = AsyncStream.makeStream(of: Ending.self)
        let tasks = [
            Task {
                await server.waitUntilClosed()
                event.yield(.closed)
            },
            Task {
                for await _ in signals { event.yield(.signal) }
            },
        ]
        defer { for task in tasks { task.cancel() } }
        var first: Ending?
        for await event in events {
            first = event
            break
        }
        // Somebody else has stopped the server, or cancelled this task.
        guard first == .signal else { return await server.stop() }
        logger.info("stopping")
        let second = Task {
            for await event in events where event == .signal { server.stopNow() }
        }
        await server.stop()
        second.cancel()
    }
}

extension Server {
    /// The address as a URL, or the socket's path.
    var location: String {
        guard let port, let ip = address.ipAddress else { return address.pathname ?? "\(address)" }
        return "http://\(ip.contains(":") ? "[\(ip)]" : ip):\(port)"
    }
}
