public import Koa
public import Logging

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How ``logger(_:)`` writes.
///
/// ```swift
/// app.use(logger(.lines { line in print(line) }))
/// app.use(logger(.structured()))
/// ```
public struct RequestLogging: Sendable {
    enum Kind: Sendable {
        case lines(isColored: Bool, @Sendable (String) -> Void)
        case structured(Logging.Logger.Level)
    }

    let kind: Kind

    /// Lines on standard output; with colours where that is a terminal and NO_COLOR isn't set.
    public static let lines: RequestLogging = {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let isPlain = ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty == false
        return .lines(colored: isTerminal && !isPlain) { line in
            // At once, and in one piece: print keeps back what doesn't go to a terminal.
            let bytes = Array("\(line)\n".utf8)
            _ = bytes.withUnsafeBytes { systemWrite(STDOUT_FILENO, $0.baseAddress, $0.count) }
        }
    }()

    /// Lines for a closure, which may be called by several threads at a time.
    public static func lines(colored: Bool = false, _ write: @escaping @Sendable (String) -> Void) -> RequestLogging {
        RequestLogging(kind: .lines(isColored: colored, write))
    }

    /// One entry for each response in the application's logger: the method, URL and status as its message, and as
    /// metadata `method`, `url`, `status` (unless the client went away before), `duration_ms`, `length`, `ip`, `closed` where
    /// the client went away, and `error` where one was thrown.
    ///
    /// - Parameter level: of the entries; those with a status from 500 on are errors. Default info.
    public static func structured(level: Logging.Logger.Level = .info) -> RequestLogging {
        RequestLogging(kind: .structured(level))
    }
}

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

/// Writes a line for each request and each response, as koa-logger does.
///
/// ```swift
/// app.use(logger())
/// ```
///
/// ```
///   <-- GET /
///   --> GET / 200 2ms 11b
/// ```
///
/// The second is written when the response was sent: `-->`; `-x-` when the client went away before, with `-` in place of a
/// status that wasn't sent, `xxx` at once when a middleware threw. The length of a stream is what was sent of it. Use it first, so that it measures the others.
///
/// - Parameter logging: how. Default ``RequestLogging/lines``.
public func logger(_ logging: RequestLogging = .lines) -> NamedMiddleware {
    NamedMiddleware(.logger) { ctx, next in
        let started = ctx.app.clock.uptime
        let (method, url) = (ctx.method.rawValue, ctx.originalURL)
        if case .lines(let isColored, let write) = logging.kind {
            write(LogLine(isColored: isColored).request(method, url))
        }
        do {
            try await next()
        } catch {
            let ending = !ctx.isTimedOut && ctx.isDisconnect(error) ? LogLine.Ending.closed : .failed
            let status = ctx.sentStatus ?? (ending == .closed ? nil : Context.status(of: error))
            logging.write(
                ctx, method, url, ending, status: status?.code, since: started, length: nil,
                error: ending == .closed ? nil : error)
            throw error
        }
        let seen = Seen(ctx)
        ctx.onFinish { seen.write(logging, method, url, started) }
    }
}

/// A context that outlives the work for when its response was sent.
private struct Seen: @unchecked Sendable {
    // Strong, it would hold itself.
    private unowned let ctx: Context

    init(_ ctx: Context) {
        self.ctx = ctx
    }

    func write(_ logging: RequestLogging, _ method: String, _ url: String, _ started: Duration) {
        let (status, sent) = (ctx.sentStatus, ctx.sentBytes)
        logging.write(
            ctx, method, url, ctx.isDisconnected && !ctx.isTimedOut ? .closed : .sent, status: status?.code,
            since: started,
            length: sent > 0 ? sent : status == ctx.status ? ctx.length : nil, error: nil)
    }
}

extension RequestLogging {
    fileprivate func write(
        _ ctx: Context, _ method: String, _ url: String, _ ending: LogLine.Ending, status: Int?,
        since started: Duration, length: Int?, error: (any Error)?
    ) {
        let milliseconds = Int((ctx.app.clock.uptime - started).seconds * 1000)
        switch kind {
        case .lines(let isColored, let write):
            write(
                LogLine(isColored: isColored).response(
                    method, url, ending, status: status, milliseconds: milliseconds, length: length))
        case .structured(let level):
            var metadata: Logging.Logger.Metadata = [
                "method": "\(method)", "url": "\(url)", "duration_ms": "\(milliseconds)", "ip": "\(ctx.ip)",
            ]
            if let status { metadata["status"] = "\(status)" }
            if let length { metadata["length"] = "\(length)" }
            if let error { metadata["error"] = "\(error)" }
            if ending == .closed { metadata["closed"] = "true" }
            let isFailure = status ?? 0 >= 500
            let shown = status.map { "\($0)" } ?? "-"
            ctx.logger.log(level: isFailure ? .error : level, "\(method) \(url) \(shown)", metadata: metadata)
        }
    }
}
