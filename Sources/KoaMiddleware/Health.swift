public import Koa
import Logging

/// Answers whoever watches the process: is it alive, and may it get requests?
///
/// ```swift
/// app.use(health(checks: ["database": { try await Task.sleep(for: .milliseconds(1)) }]))
/// // GET /livez   200 {"status":"ok"}
/// // GET /readyz  200 {"status":"ok","checks":{"database":"ok"}}, or 503
/// ```
///
/// Liveness is 200 as long as the process answers. Readiness is 503 from when the server begins to stop
/// (``Application/isReady``), so that load balancers turn away while running requests are finished, and while a check
/// throws. Why it threw is logged, and not sent. Put it before loggers, sessions and rate limits.
///
/// - Parameters:
///   - liveness: the path; nil for none. `/livez` by default.
///   - readiness: the path; nil for none. `/readyz` by default.
///   - checks: what readiness depends on, by name; all run at once, and each has `limit` to finish.
///   - limit: 5 seconds by default.
public func health(
    liveness: String? = "/livez",
    readiness: String? = "/readyz",
    checks: [String: @Sendable () async throws -> Void] = [:],
    within limit: Duration = .seconds(5)
) -> NamedMiddleware {
    NamedMiddleware(.health) { ctx, next in
        let path = ctx.path
        guard path == liveness || path == readiness, ctx.method == .get || ctx.method == .head else {
            return try await next()
        }
        ctx.set("Cache-Control", "no-store")
        guard path == readiness else {
            ctx.body = ["status": "ok"]
            return
        }
        let failures = await HealthChecks.failures(of: checks, within: limit, clock: ctx.app.clock)
        for (name, error) in failures { ctx.logger.warning("the check \(name) failed: \(error)") }
        let isReady = ctx.app.isReady && failures.isEmpty
        var results = JSONObject()
        for name in checks.keys.sorted() { results[name] = failures[name] == nil ? "ok" : "failed" }
        let status: JSON = isReady ? "ok" : "unavailable"
        ctx.status = isReady ? .ok : .serviceUnavailable
        ctx.body = results.isEmpty ? ["status": status] : ["status": status, "checks": JSON(results)]
    }
}

enum HealthChecks {
    /// The checks that threw, or took too long.
    static func failures(
        of checks: [String: @Sendable () async throws -> Void],
        within limit: Duration,
        clock: any WallClock
    ) async -> [String: any Error] {
        guard !checks.isEmpty else { return [:] }
        return await withTaskGroup(of: (String, (any Error)?).self) { group in
            for (name, check) in checks {
                group.addTask { (name, await failure(of: check, within: limit, clock: clock)) }
            }
            return await group.reduce(into: [:]) { failures, result in failures[result.0] = result.1 }
        }
    }

    private static func failure(
        of check: @escaping @Sendable () async throws -> Void,
        within limit: Duration,
        clock: any WallClock
    ) async -> (any Error)? {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await check() }
                group.addTask {
                    try await clock.sleep(for: limit)
                    throw TimedOut()
                }
                defer { group.cancelAll() }
                try await group.next()
            }
            return nil
        } catch {
            return error
        }
    }
}
