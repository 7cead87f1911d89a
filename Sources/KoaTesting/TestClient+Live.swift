public import Koa
import NIOCore

extension TestClient {
    /// Starts the application on a free port of 127.0.0.1 and returns a client of it, until ``stop()``.
    ///
    /// ```swift
    /// let client = try await app.test.live()
    /// let response = try await client.get("/")
    /// await client.stop()
    /// ```
    ///
    /// The client has the settings and the cookies of this one. Connections are kept alive and used again; requests
    /// that run at the same time get one each. The form with a closure stops by itself, also when it throws.
    ///
    /// - Parameter options: limits and timeouts of the server.
    /// - Throws: `KoaError` `.startFailed`.
    public func live(options: ServerOptions = ServerOptions()) async throws -> TestClient {
        live(at: try await app.start(0, options: options))
    }

    /// Starts the application on a free port of 127.0.0.1, runs a closure with a client of it, and stops.
    ///
    /// ```swift
    /// try await app.test.live { client in
    ///     let response = try await client.get("/")
    ///     #expect(response.status == 200)
    /// }
    /// ```
    ///
    /// A closure that throws in an `#expect` alone has to say so (`{ (client) throws in … }`): the compiler doesn't
    /// look into macros for it.
    ///
    /// - Throws: `KoaError` `.startFailed`, and what the closure throws.
    public nonisolated(nonsending) func live<Result>(
        options: ServerOptions = ServerOptions(),
        _ body: nonisolated(nonsending) (TestClient) async throws -> Result
    ) async throws -> Result {
        let client = try await live(options: options)
        do {
            let result = try await body(client)
            await client.stop()
            return result
        } catch {
            await client.stop()
            throw error
        }
    }

    /// A live client of a server that the test started itself, on a port or a Unix socket.
    ///
    /// ```swift
    /// let server = try await app.start(unixSocket: path)
    /// let client = app.test.live(at: server)
    /// ```
    ///
    /// Its ``stop()`` stops the server too.
    public func live(at server: Server) -> TestClient {
        var client = self
        client.live = LiveServer(server, coding: app.json)
        return client
    }

    /// Closes the connections of a live client, and stops its server. In memory there is nothing to stop.
    public func stop() async {
        await live?.stop(within: deadline)
    }

    /// The server of a live client; nil in memory.
    public var server: Server? { live?.server }

    /// Opens a connection to send, receive and close by hand.
    ///
    /// ```swift
    /// let connection = try await client.connect()
    /// try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    /// let response = try await connection.receiveResponse()
    /// ```
    ///
    /// - Throws: ``TestError``, `.notLive` for a client in memory.
    public func connect() async throws -> TestConnection {
        guard let live else {
            throw TestError(
                .notLive, "A client in memory has no connections; make one with `try await app.test.live()`")
        }
        return try await live.connect(within: deadline)
    }

    /// Sends text as it is over a new connection, and returns as text what came back.
    ///
    /// ```swift
    /// let answer = try await client.raw("GET / HTTP/1.0\r\n\r\n")
    /// #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    /// ```
    ///
    /// - Parameters:
    ///   - text: sent as UTF-8.
    ///   - size: in how many bytes at a time it is written; nil, the default, writes all at once. The server may still
    ///     read several pieces together.
    ///   - responses: after how many whole responses it returns, interim ones (100) not counted; nil reads until the
    ///     server closes. Default 1. It returns when the server closes, in any case.
    /// - Throws: ``TestError``, `.notLive` for a client in memory.
    public func raw(_ text: String, splitEvery size: Int? = nil, responses: Int? = 1) async throws -> String {
        let connection = try await connect()
        defer { connection.abandon() }
        var bytes = ByteBuffer(string: text)
        let isHead = text.hasPrefix("HEAD ")
        while bytes.readableBytes > 0 {
            let count = min(max(1, size ?? bytes.readableBytes), bytes.readableBytes)
            // The server may close before it has read all; what it said first is still to be read.
            do { try await connection.send(bytes.readSlice(length: count) ?? ByteBuffer()) } catch {
                guard let error = error as? TestError, error.code == .disconnected else { throw error }
                break
            }
        }
        guard let responses else { return try await connection.receiveAll() }
        var answer = ""
        for index in 0..<max(0, responses) {
            let (text, isEnd) = try await connection.receiveResponseText(isHead: isHead && index == 0)
            answer += text
            if isEnd { break }
        }
        return answer
    }
}
