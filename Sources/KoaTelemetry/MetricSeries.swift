import CoreMetrics
import Koa
import Synchronization

/// The metrics, each made once for its labels.
final class MetricSeries: Sendable {
    /// The metrics of requests that have the same labels.
    struct Metrics: Sendable {
        let count: Counter
        let duration: CoreMetrics.Timer
        let received: Recorder
        let sent: Recorder

        func record(duration: Duration, received: Int, sent: Int) {
            count.increment()
            self.duration.recordNanoseconds(duration.nanoseconds)
            self.received.record(received)
            self.sent.record(sent)
        }
    }

    private struct State: Sendable {
        var metrics: [RequestLabels: Metrics] = [:]
        var active: [String: Meter] = [:]
    }

    private let factory: any MetricsFactory
    private let state = Mutex(State())

    init(factory: any MetricsFactory) {
        self.factory = factory
    }

    func of(_ labels: RequestLabels) -> Metrics {
        state.withLock { state in
            if let metrics = state.metrics[labels] { return metrics }
            let dimensions = labels.dimensions
            let metrics = Metrics(
                count: Counter(label: "http.server.request.count", dimensions: dimensions, factory: factory),
                duration: Timer(
                    label: "http.server.request.duration", dimensions: dimensions, preferredDisplayUnit: .seconds,
                    factory: factory),
                received: Recorder(
                    label: "http.server.request.body.size", dimensions: dimensions, aggregate: true, factory: factory),
                sent: Recorder(
                    label: "http.server.response.body.size", dimensions: dimensions, aggregate: true, factory: factory)
            )
            state.metrics[labels] = metrics
            return metrics
        }
    }

    func active(method: String, scheme: String) -> Meter {
        state.withLock { state in
            let key = "\(method) \(scheme)"
            if let meter = state.active[key] { return meter }
            let meter = Meter(
                label: "http.server.active_requests",
                dimensions: [("http.request.method", method), ("url.scheme", scheme)], factory: factory)
            state.active[key] = meter
            return meter
        }
    }
}

extension Duration {
    /// Whole nanoseconds, as many as an `Int64` holds.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? (seconds < 0 ? .min : .max) : product &+ attoseconds / 1_000_000_000
    }
}
