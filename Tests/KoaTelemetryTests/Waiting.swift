import KoaTesting
import Testing

/// A handler that says when it has begun, and ends when its task is cancelled.
struct Waiting: Sendable {
    let begun: AsyncStream<Void>
    let finished: AsyncStream<Void>
    private let begin: AsyncStream<Void>.Continuation
    private let finish: AsyncStream<Void>.Continuation

    init() {
        (begun, begin) = AsyncStream.makeStream()
        (finished, finish) = AsyncStream.makeStream()
    }

    nonisolated(nonsending) func callAsFunction(_ ctx: Context) async throws {
        ctx.onFinish { [finish] in finish.finish() }
        begin.finish()
        for await _ in AsyncStream<Void>.makeStream().stream {}
        try Task.checkCancellation()
    }

    /// Ends a request's client while the handler runs; returns when the request is over.
    func leave(_ app: Application) async throws {
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in begun {}
            await connection.reset()
            for await _ in finished {}
        }
    }

    /// Lets a request's handler take too long; returns when the request is over.
    func timeOut(_ app: Application, _ clock: ManualClock) async throws {
        var options = ServerOptions()
        options.handlerTimeout = .seconds(5)
        try await app.test.live(options: options) { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in begun {}
            clock.advance(by: .seconds(6))
            let response = try await connection.receiveResponse()
            #expect(response.status == 503)
            for await _ in finished {}
        }
    }
}
