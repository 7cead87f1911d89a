public import Koa
import NIOConcurrencyHelpers

/// Sends the events of a response; see ``Koa/Body/events(heartbeat:_:)``.
///
/// ```swift
/// ctx.body = .events { events in
///     for count in 1...3 { try await events.send("\(count)") }
/// }
/// ```
public struct ServerSentEvents {
    nonisolated(unsafe) let writer: BodyWriter
    let turns: Turns

    /// Sends an event; waits while the client is slow.
    ///
    /// - Throws: ``ServerSentEventError``; when the client went away or the task was cancelled.
    public nonisolated(nonsending) func send(_ event: ServerSentEvent) async throws {
        try await write(event.text())
    }

    /// Sends an event of a text alone.
    public nonisolated(nonsending) func send(_ data: String) async throws {
        try await send(ServerSentEvent(data: data))
    }

    /// Sends a line that no page sees: what proxies need to see now and then.
    ///
    /// - Throws: when the client went away or the task was cancelled.
    public nonisolated(nonsending) func sendHeartbeat() async throws {
        try await write(":\n\n")
    }

    private nonisolated(nonsending) func write(_ text: String) async throws {
        await turns.begin()
        defer { turns.end() }
        try await writer.write(text)
        try await writer.flush()
    }
}

@available(*, unavailable)
extension ServerSentEvents: Sendable {}

/// Lets one write at a time: heartbeats come from a task of their own.
final class Turns: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = NIOLockedValueBox(State())

    /// Waits for one's turn. It comes also to a cancelled task, whose write then throws.
    nonisolated(nonsending) func begin() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLockedValue { state in
                if state.isTaken {
                    state.waiting.append(continuation)
                    return false
                }
                state.isTaken = true
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    /// Passes the turn on.
    func end() {
        let next = state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.isTaken = false
            return nil
        }
        next?.resume()
    }
}

extension Body {
    /// A stream of Server-Sent Events, `text/event-stream`, that a closure sends as they happen.
    ///
    /// ```swift
    /// ctx.body = .events { events in
    ///     var last = Int(ctx.lastEventID ?? "") ?? 0
    ///     while last < 10 {
    ///         last += 1
    ///         try await events.send(.init(data: "tick", event: "clock", id: "\(last)"))
    ///     }
    /// }
    /// ```
    ///
    /// The head goes out at once, with `Cache-Control: no-cache` unless there is another, so check who asks before. Each
    /// event goes out at once too, also through `compress()`. When the client goes away the task is cancelled and sending
    /// throws; when the closure returns, the response ends, and a browser connects again with
    /// ``Koa/Context/lastEventID``. On HEAD the closure doesn't run.
    ///
    /// - Parameters:
    ///   - heartbeat: how often a line that no page sees is sent, so that no proxy takes the connection for dead and a
    ///     client that is gone is noticed. Default 15 seconds; nil sends none. Without a server, in `app.callback()` and in
    ///     tests in memory, there are none.
    ///   - produce: sends the events. It may use the context as any middleware: heartbeats run on the connection's event
    ///     loop as it does, where it waits.
    public static func events(
        heartbeat: Duration? = .seconds(15),
        _ produce: @escaping (ServerSentEvents) async throws -> Void
    ) -> Body {
        .stream(type: "text/event-stream") { writer in
            let ctx = writer.ctx
            if !ctx.headerSent {
                if !ctx.response.has("Cache-Control") { ctx.set("Cache-Control", "no-cache") }
                // nginx keeps answers back otherwise.
                ctx.set("X-Accel-Buffering", "no")
                ctx.flushHeaders()
            }
            nonisolated(unsafe) let events = ServerSentEvents(writer: writer, turns: Turns())
            // Elsewhere they would run in parallel to the closure, and nobody sees them before the end.
            guard let heartbeat, ctx.isSerial else { return try await produce(events) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while true {
                        try await Task.sleep(for: heartbeat)
                        try await events.sendHeartbeat()
                    }
                }
                defer { group.cancelAll() }
                try await produce(events)
            }
        }
    }
}

extension Context {
    /// The id of the last event that the browser got before it connected again; nil when it hasn't got any.
    ///
    /// Browsers send it in UTF-8, which it is read as where it is.
    public var lastEventID: String? {
        let id = get("Last-Event-ID")
        guard !id.isEmpty else { return nil }
        return Latin1.encode(id).flatMap { String(validating: $0, as: UTF8.self) } ?? id
    }
}
