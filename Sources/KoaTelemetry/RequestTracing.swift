public import Koa
public import Tracing

/// Makes a span of each request; made by ``tracing(tracer:)``.
///
/// ```swift
/// let traced: RequestTracing = tracing()
/// app.use(traced)
/// ```
public struct RequestTracing: OrderedMiddleware {
    let tracer: (any Tracer)?

    /// The function that runs.
    public var middleware: Middleware {
        { [tracer] ctx, next in
            let tracer = tracer ?? InstrumentationSystem.tracer
            let span = tracer.span(of: ctx)
            let request = TracedRequest(ctx, span)
            ctx.onFinish { request.finish() }
            do {
                nonisolated(unsafe) let next = next
                try await ServiceContext.$current.withValue(span.context) { try await next() }
            } catch {
                request.record(error)
                throw error
            }
        }
    }

    package var kind: MiddlewareKind { .tracing }

    package var orderRules: [OrderRule] {
        [.above(.mount, .router, .staticFiles, .virtualHost, because: "what they answer isn't traced")]
    }
}

/// Makes a server span of each request for [swift-distributed-tracing](https://github.com/apple/swift-distributed-tracing),
/// by OpenTelemetry's names.
///
/// ```swift
/// app.use(tracing())  // the first, beside metrics()
/// ```
///
/// The trace goes on from the request's headers (`traceparent`, or what the tracer reads). The span is `GET` until a route
/// is known and `GET /users/:id` then, and it is the current one while the middleware below run, so that theirs nest in it.
/// It ends when the response was sent.
///
/// Its attributes are `http.request.method` (with `http.request.method_original` for methods that HTTP doesn't define),
/// `http.route`, `http.response.status_code` (unless the client left before any was sent), `url.path`, `url.scheme`, `server.address`, `client.address`,
/// `network.protocol.version` and `user_agent.original`; of the query, which may hold secrets, nothing. Statuses from 500
/// on are errors of the span, with `error.type`; so is an error that a middleware threw and that is answered like that.
///
/// - Parameter tracer: where spans go. Default that of `InstrumentationSystem.bootstrap`.
public func tracing(tracer: (any Tracer)? = nil) -> RequestTracing {
    RequestTracing(tracer: tracer)
}

/// A request from its start until its response was sent.
private struct TracedRequest: @unchecked Sendable {
    // Strong, it would hold itself: the context runs this when the response was sent, in its own task.
    private unowned let ctx: Context
    private let span: any Span

    init(_ ctx: Context, _ span: any Span) {
        self.ctx = ctx
        self.span = span
    }

    /// An error that becomes the client's, or the end of a request that nobody waits for, is no failure of the server.
    func record(_ error: any Error) {
        if ctx.isDisconnect(error) || ctx.isTimedOut && error is CancellationError { return }
        if (error as? any ErrorStatus).map({ $0.status.code < 500 }) == true { return }
        span.recordError(error)
        span.attributes["error.type"] = String(reflecting: type(of: error))
    }

    func finish() {
        if let route = ctx.routePattern {
            span.operationName = "\(RequestLabels.spanMethod(ctx)) \(route)"
            span.attributes["http.route"] = route
        }
        if let status = ctx.sentStatus?.code {
            span.attributes["http.response.status_code"] = status
            if status >= 500 {
                if span.attributes.get("error.type") == nil { span.attributes["error.type"] = String(status) }
                span.setStatus(SpanStatus(code: .error))
            }
        }
        span.end()
    }
}

extension RequestLabels {
    /// The method for a span's name.
    fileprivate static func spanMethod(_ ctx: Context) -> String {
        let method = method(ctx.method.rawValue)
        return method == "_OTHER" ? "HTTP" : method
    }
}

extension Tracer {
    fileprivate func span(of ctx: Context) -> any Tracing.Span {
        var context = ServiceContext.current ?? .topLevel
        extract(ctx.request.headers, into: &context, using: HeaderExtractor())
        let span = startSpan(RequestLabels.spanMethod(ctx), context: context, ofKind: .server)
        let method = RequestLabels.method(ctx.method.rawValue)
        span.updateAttributes { attributes in
            attributes["http.request.method"] = method
            if method == "_OTHER" { attributes["http.request.method_original"] = ctx.method.rawValue }
            attributes["url.path"] = ctx.path
            attributes["url.scheme"] = RequestLabels.scheme(ctx)
            if !ctx.hostname.isEmpty { attributes["server.address"] = ctx.hostname }
            if !ctx.ip.isEmpty { attributes["client.address"] = ctx.ip }
            attributes["network.protocol.version"] = ctx.req.version.text
            let agent = ctx.get("User-Agent")
            if !agent.isEmpty { attributes["user_agent.original"] = agent }
        }
        return span
    }
}

extension HTTPVersion {
    /// `1.1`, and `2` from HTTP/2 on.
    fileprivate var text: String { major >= 2 ? "\(major)" : "\(major).\(minor)" }
}

/// Reads a trace's fields from a request.
private struct HeaderExtractor: Extractor {
    func extract(key: String, from carrier: Headers) -> String? { carrier[key] }
}
