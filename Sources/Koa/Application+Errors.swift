import Logging
import NIOConcurrencyHelpers

/// What ``Application/onError(_:)`` takes.
public typealias ErrorListener = @Sendable (_ error: any Error, _ ctx: Context?) -> Void

extension Application {
    /// Calls a listener for every error that no middleware caught, in place of the default logger.
    ///
    /// ```swift
    /// app.onError { error, ctx in
    ///     print("\(ctx?.path ?? "-"): \(error)")
    /// }
    /// ```
    ///
    /// The context is there for errors of a request; it is nil for those emitted without one. A listener can't change the
    /// response. Several listeners are called in order.
    public func onError(_ listener: @escaping ErrorListener) {
        settings.withLockedValue { $0.listeners.append(listener) }
    }

    /// Tells the listeners of an error, or the default logger when there are none.
    public func emit(_ error: any Error, _ ctx: Context? = nil) {
        let listeners = settings.withLockedValue { $0.listeners }
        if listeners.isEmpty { return logError(error, ctx) }
        for listener in listeners { listener(error, ctx) }
    }

    /// Logs an error, unless it is a 404, was meant for the client, or the application is ``silent``.
    private func logError(_ error: any Error, _ ctx: Context?) {
        if let error = error as? any ErrorStatus, error.status == .notFound || error.expose { return }
        if silent { return }
        if let ctx {
            ctx.logger.error("\(error)", metadata: ["method": "\(ctx.method.rawValue)", "url": "\(ctx.originalURL)"])
        } else {
            logger.error("\(error)")
        }
    }
}
