public import Koa

/// Says in a header how long the middleware behind took, as koa-response-time does: `X-Response-Time: 12ms`.
///
/// ```swift
/// app.use(responseTime())
/// ```
///
/// Error responses have it, too. It measures by the application's clock.
///
/// - Parameters:
///   - header: the header's name.
///   - precise: whether the milliseconds have a fraction, to the nanosecond. False by default.
public func responseTime(header: String = "X-Response-Time", precise: Bool = false) -> NamedMiddleware {
    NamedMiddleware(.responseTime) { ctx, next in
        let started = ctx.app.clock.uptime
        defer {
            if !ctx.headerSent {
                ctx.set(header, ResponseTime.text(ctx.app.clock.uptime - started, precise: precise))
                ctx.keepOnError(header)
            }
        }
        try await next()
    }
}

enum ResponseTime {
    /// A duration in milliseconds, rounded unless it is to be precise: `12ms`, `12.345678ms`.
    static func text(_ duration: Duration, precise: Bool) -> String {
        let (seconds, attoseconds) = max(.zero, duration).components
        let milliseconds = Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000) / 1_000_000
        guard precise else { return "\(Int(exactly: milliseconds.rounded()) ?? .max)ms" }
        return milliseconds == milliseconds.rounded()
            ? "\(Int(exactly: milliseconds) ?? .max)ms" : "\(milliseconds)ms"
    }
}
