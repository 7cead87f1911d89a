import Koa
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A started application, and the connections of a test to it.
final class LiveServer: Sendable {
    private struct State {
        var idle: [TestConnection] = []
        var open: [ObjectIdentifier: TestConnection] = [:]
        var isStopped = false
    }

    /// Apart from the server's, so that a handler that blocks its event loop doesn't hold up a deadline.
    static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    let server: Server
    private let coding: JSONCoding
    private let state = NIOLockedValueBox(State())

    init(_ server: Server, coding: JSONCoding) {
        self.server = server
        self.coding = coding
    }

    /// What Host says.
    var authority: String {
        guard let port = server.port, let address = server.address.ipAddress else { return "localhost" }
        return address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }

    /// Opens a connection.
    func connect(within duration: Duration) async throws -> TestConnection {
        let inbox = Inbox()
        let channel: any Channel
        do {
            var bootstrap = ClientBootstrap(group: Self.group)
            if server.port != nil {
                bootstrap = bootstrap.channelOption(.socketOption(.tcp_nodelay), value: 1)
            }
            channel =
                try await bootstrap
                .channelOption(.autoRead, value: false)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .connectTimeout(TimeAmount(duration))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(inbox)
                    }
                }
                .connect(to: server.address).get()
        } catch {
            throw TestError(.disconnected, "Can't connect: \(error)")
        }
        let connection = TestConnection(channel, inbox, deadline: duration, coding: coding)
        let isStopped = state.withLockedValue { state in
            if !state.isStopped { state.open[ObjectIdentifier(connection)] = connection }
            return state.isStopped
        }
        if isStopped { connection.abandon() }
        channel.closeFuture.whenComplete { [weak self, id = ObjectIdentifier(connection)] _ in
            self?.state.withLockedValue { state in
                state.open[id] = nil
                state.idle.removeAll { ObjectIdentifier($0) == id }
            }
        }
        return connection
    }

    /// Sends a request over a connection that is free, or a new one.
    func send(_ request: OutgoingRequest, within duration: Duration) async throws -> TestResponse {
        let deadline = Deadline(duration)
        let idle = state.withLockedValue { state in
            state.idle.removeAll { !$0.inbox.isQuiet }
            return state.idle.popLast()
        }
        let connection = if let idle { idle } else { try await connect(within: duration) }
        do {
            let (parsed, isSent) = try await connection.exchange(request, by: deadline)
            if isSent, parsed.isKeptAlive { giveBack(connection) } else { connection.abandon() }
            return parsed.response(coding)
        } catch {
            connection.abandon()
            throw error
        }
    }

    private func giveBack(_ connection: TestConnection) {
        let isStopped = state.withLockedValue { state in
            if !state.isStopped { state.idle.append(connection) }
            return state.isStopped
        }
        // So that a server that closes it is noticed.
        if isStopped { connection.abandon() } else { connection.channel.read() }
    }

    /// Closes the connections, and stops the server.
    func stop(within duration: Duration) async {
        let open = state.withLockedValue { state in
            state.isStopped = true
            state.idle = []
            return Array(state.open.values)
        }
        for connection in open { await connection.close() }
        await server.stop(within: duration)
    }
}

extension TestConnection {
    /// Sends a request while the response is received, since a server may answer before it has read all.
    ///
    /// - Returns: the response, and whether the request was sent whole.
    func exchange(_ request: OutgoingRequest, by deadline: Deadline) async throws -> (ResponseParser, Bool) {
        let isHead = request.method == .head
        var start = request.head
        guard case .stream(let produce) = request.body else {
            if case .bytes(let body) = request.body {
                start.writeImmutableBuffer(request.framed(body))
                start.writeImmutableBuffer(request.isChunked ? request.framed(nil) : ByteBuffer())
            }
            // The bytes may fail to be sent when the server has answered before; the response tells.
            let sent = Progress(channel.writeAndFlush(start))
            let parsed = try await receiveParsed(isHead: isHead, by: deadline)
            return (parsed, sent.isDone)
        }
        let head = start
        return try await withThrowingTaskGroup(of: ResponseParser?.self) { group in
            group.addTask {
                try await self.sendTolerantly(head, by: deadline)
                try await produce { try await self.sendTolerantly(request.framed($0), by: deadline) }
                try await self.sendTolerantly(request.framed(nil), by: deadline)
                return nil
            }
            group.addTask { try await self.receiveParsed(isHead: isHead, by: deadline) }
            defer { group.cancelAll() }
            var isSent = false
            while let result = try await group.next() {
                guard let parsed = result else {
                    isSent = true
                    continue
                }
                return (parsed, isSent)
            }
            throw TestError(.noResponse, "There was no response")
        }
    }

    /// Sends, and leaves it to the reader to find that the server is gone.
    private func sendTolerantly(_ bytes: ByteBuffer, by deadline: Deadline) async throws {
        do { try await send(bytes, by: deadline) } catch let error as TestError where error.code == .disconnected {}
    }
}

/// Whether something that was begun has succeeded by now.
private final class Progress: Sendable {
    private let state = NIOLockedValueBox(false)

    init(_ future: EventLoopFuture<Void>) {
        future.whenSuccess { self.state.withLockedValue { $0 = true } }
    }

    var isDone: Bool { state.withLockedValue { $0 } }
}
