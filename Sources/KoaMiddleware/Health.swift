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
///   - checks: what readiness depends on, by name. All run at once; one that still runs isn't started again.
///   - limit: how long the answer waits for the checks; then those that still run are cancelled, and have failed. 5 seconds
///     by default.
public func health(
    liveness: String? = "/livez",
    readiness: String? = "/readyz",
    checks: [String: @Sendable () async throws -> Void] = [:],
    within limit: Duration = .seconds(5)
) -> NamedMiddleware {
    let healthChecks = HealthChecks(checks, within: limit)
    return NamedMiddleware(.health) { ctx, next in
        let path = ctx.path
        guard path == liveness || path == readiness, ctx.method == .get || ctx.method == .head else {
            return try await next()
        }
        ctx.set("Cache-Control", "no-store")
        guard path == readiness else {
            ctx.body = ["status": "ok"]
            return
        }
        let failures = await healthChecks.failures(clock: ctx.app.clock)
        for (name, error) in failures { ctx.logger.warning("the check \(name) failed: \(error)") }
        let isReady = ctx.app.isReady && failures.isEmpty
        var results = JSONObject()
        for name in checks.keys.sorted() { results[name] = failures[name] == nil ? "ok" : "failed" }
        let status: JSON = isReady ? "ok" : "unavailable"
        ctx.status = isReady ? .ok : .serviceUnavailable
        ctx.body = results.isEmpty ? ["status": status] : ["status": status, "checks": JSON(results)]
    }
}
