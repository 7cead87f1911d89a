public import CoreMetrics
public import Koa

/// Measures requests; made by ``metrics(factory:)``.
///
/// ```swift
/// let measured: RequestMetrics = metrics()
/// app.use(measured)
/// ```
public struct RequestMetrics: OrderedMiddleware {
    let series: MetricSeries

    /// The function that runs.
    public var middleware: Middleware {
        { [series] ctx, next in
            let request = MeasuredRequest(ctx, series)
            ctx.onFinish { request.finish() }
            try await next()
        }
    }

    package var kind: MiddlewareKind { .metrics }

    package var orderRules: [OrderRule] {
        [.above(.mount, .router, .staticFiles, .virtualHost, because: "what they answer isn't measured")]
    }
}

/// Measures requests for [swift-metrics](https://github.com/apple/swift-metrics), by OpenTelemetry's names.
///
/// ```swift
/// app.use(metrics())  // the first of all
/// ```
///
/// | metric | kind | labels |
/// | --- | --- | --- |
/// | `http.server.request.count` | counter | all |
/// | `http.server.request.duration` | timer, shown in seconds | all |
/// | `http.server.request.body.size`, `http.server.response.body.size` | recorder, bytes | all |
/// | `http.server.active_requests` | meter | `http.request.method`, `url.scheme` |
///
/// The labels are `http.request.method` (`_OTHER` for methods that HTTP doesn't define), `http.route` (the route's pattern,
/// with the path where its router is mounted: `/users/:id`; empty where none matched), `http.response.status_code` (empty
/// where the client left before any was sent), `url.scheme`, and `error.type` (the status from 500 on, else empty). None of them holds what a client chose, so that
/// clients can't make their number grow; and every series of a metric has the same labels, as Prometheus wants it.
///
/// A request ends when its response was sent. What is compressed counts as sent.
///
/// - Parameter factory: where the metrics go. Default that of `MetricsSystem.bootstrap`, which has to be called before.
public func metrics(factory: (any MetricsFactory)? = nil) -> RequestMetrics {
    RequestMetrics(series: MetricSeries(factory: factory ?? MetricsSystem.factory))
}

/// A request from its start until its response was sent.
private struct MeasuredRequest: @unchecked Sendable {
    // Strong, it would hold itself: the context runs this when the response was sent, in its own task.
    private unowned let ctx: Context
    private let series: MetricSeries
    private let started: Duration
    private let active: Meter
    private let method: String
    private let scheme: String

    init(_ ctx: Context, _ series: MetricSeries) {
        self.ctx = ctx
        self.series = series
        started = ctx.app.clock.uptime
        method = RequestLabels.method(ctx.method.rawValue)
        scheme = RequestLabels.scheme(ctx)
        active = series.active(method: method, scheme: scheme)
        active.increment()
    }

    func finish() {
        active.decrement()
        let labels = RequestLabels(
            method: method, scheme: scheme, route: ctx.routePattern ?? "", status: ctx.sentStatus?.code)
        series.of(labels).record(
            duration: ctx.app.clock.uptime - started, received: ctx.receivedBytes, sent: ctx.sentBytes)
    }
}
