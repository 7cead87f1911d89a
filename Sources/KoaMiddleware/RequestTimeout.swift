public import Koa

/// Cancels the middleware behind when they take longer than a while, and answers 503.
///
/// ```swift
/// app.use(timeout(.seconds(5)))
/// app.use(mount("/upstream", timeout(.seconds(2), status: .gatewayTimeout)))
/// ```
///
/// It is structured: what runs behind it is cancelled and waited for, so nothing of it goes on when the response is sent;
/// whatever ignores its cancellation delays that (the server's `handlerTimeout` is the last resort, which doesn't wait). A
/// body that is streamed is no part of it.
///
/// - Parameters:
///   - limit: how long they may take, by the application's clock.
///   - status: the response's; 503 by default, 504 suits what waits for another server.
public func timeout(_ limit: Duration, status: Status = .serviceUnavailable) -> NamedMiddleware {
    NamedMiddleware(.timeout) { ctx, next in
        // This task waits while the child has them, so neither is used from two tasks at once.
        nonisolated(unsafe) let (inner, rest) = (ctx, next)
        let clock = ctx.app.clock
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await inner.asCurrent { try await rest() } }
                group.addTask {
                    try await clock.sleep(for: limit)
                    throw TimedOut()
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch is TimedOut {
            throw HTTPError(status, cause: TimedOut())
        }
    }
}

/// The cause of the error that ``timeout(_:status:)`` throws.
struct TimedOut: Error, CustomStringConvertible {
    var description: String { "the middleware took too long" }
}
