/// One layer of the onion: it runs, awaits `next()`, and runs on as the response comes back.
///
/// Closures, functions and methods of this type can be passed to ``Application/use(_:_:fileID:line:)``.
///
/// ```swift
/// let timing: Middleware = { ctx, next in
///     let started = ContinuousClock.now
///     try await next()
///     ctx.set("X-Response-Time", "\(ContinuousClock.now - started)")
/// }
/// app.use(timing)
/// ```
///
/// It runs in the request's task, on its connection's event loop: use `await` for anything that waits, and
/// ``Application/offload(_:)`` for what blocks or computes for long.
public typealias Middleware = @concurrent @Sendable (Context, Next) async throws -> Void

/// A last middleware, which needs no `next`.
///
/// ```swift
/// let health: Handler = { ctx in ctx.body = "ok" }
/// app.use(health)
/// ```
public typealias Handler = @concurrent @Sendable (Context) async throws -> Void

/// The rest of the onion: calling it runs the middleware downstream and returns when they have.
///
/// ```swift
/// app.use { ctx, next in
///     ctx.set("X-Before", "1")
///     try await next()
///     ctx.set("X-After", "1")
/// }
/// ```
///
/// A second call in one middleware throws ``KoaError`` `.nextCalledTwice`. A `Next` can't leave its request's task.
public struct Next {
    // The task that awaits `next()` is the run's own, whichever isolation it calls from.
    nonisolated(unsafe) let run: ChainRun
    let index: Int

    // Never inlined: the frames of the middleware around would become part of its own, which then needs memory of its own.
    /// Runs the middleware downstream.
    ///
    /// - Throws: what they threw; ``KoaError`` when called twice, or when this middleware set something invalid before.
    @inline(never)
    public nonisolated(nonsending) func callAsFunction() async throws {
        try await run.dispatch(index)
    }
}

#if DEBUG
    extension Next {
        /// Whether a middleware stands downstream.
        fileprivate var leadsOn: Bool {
            index < run.links.count || run.outer?.leadsOn ?? false
        }
    }
#endif

@available(*, unavailable)
extension Next: Sendable {}

/// A list of middleware, composed once and run for each request.
package struct Chain: Sendable {
    package struct Link: Sendable {
        package let middleware: Middleware
        package let origin: Origin
        /// What picks the middleware that runs in place of `middleware`.
        package let chooser: (any Chooser)?

        package init(middleware: @escaping Middleware, origin: Origin, chooser: (any Chooser)? = nil) {
            self.middleware = middleware
            self.origin = origin
            self.chooser = chooser
        }
    }

    /// Where a middleware was added, for messages.
    package struct Origin: Sendable, CustomStringConvertible {
        let fileID: StaticString
        let line: UInt
        package var description: String { "\(fileID):\(line)" }

        package init(fileID: StaticString, line: UInt) {
            self.fileID = fileID
            self.line = line
        }
    }

    package var links: [Link] = []

    package init(links: [Link] = []) {
        self.links = links
    }

    /// Runs the middleware, and then what `next` leads to.
    package nonisolated(nonsending) func run(_ ctx: Context, _ next: Next) async throws {
        // One runs as it is: the onion around it looks after `next`.
        if links.count == 1, links[0].chooser == nil {
            nonisolated(unsafe) let (ctx, next) = (ctx, next)
            return try await links[0].middleware(ctx, next)
        }
        try await ChainRun(self, ctx, outer: next).dispatch(0)
    }
}

/// One run of a chain for one request.
final class ChainRun {
    // Links are Sendable and never change; the context stays in the task that runs the chain.
    let links: [Chain.Link]
    nonisolated(unsafe) let context: Context
    let outer: Next?
    /// What these middleware see otherwise than `outer` does.
    let scope: (any Scope)?
    /// Whether the error comes from behind these middleware.
    @exclusivity(unchecked) private(set) var hasOuterThrown = false
    @exclusivity(unchecked) private var reached = -1

    init(_ chain: Chain, _ context: Context, outer: Next?, scope: (any Scope)? = nil) {
        links = chain.links
        self.context = context
        self.outer = outer
        self.scope = scope
    }

    // Inlined into each `next()`: one frame less a middleware.
    @inline(__always)
    nonisolated(nonsending) func dispatch(_ index: Int) async throws {
        try context.throwRefusal()
        guard index > reached else { throw secondCall(index) }
        reached = index
        guard index < links.count else {
            if let outer { try await proceed(outer) }
            return
        }
        // The middleware's alone while it runs.
        nonisolated(unsafe) let next = Next(run: self, index: index + 1)
        do {
            if let chooser = links[index].chooser {
                switch try chooser.choose(context) {
                case .nothing: try await next()
                case .run(let middleware): try await middleware(context, next)
                }
            } else {
                try await links[index].middleware(context, next)
            }
        } catch {
            #if DEBUG
                if context.failedAt == nil { context.failedAt = links[index].origin }
            #endif
            // What was refused came first, and mustn't stay behind for whoever catches this error.
            try context.throwRefusal()
            throw error
        }
        #if DEBUG
            if context.refusal != nil, context.failedAt == nil { context.failedAt = links[index].origin }
        #endif
        try context.throwRefusal()
        #if DEBUG
            context.failedAt = nil
            if reached == index, next.leadsOn { context.stoppedAt = links[index].origin }
        #endif
    }

    private nonisolated(nonsending) func proceed(_ outer: Next) async throws {
        guard let scope else { return try await outer() }
        scope.leave(context)
        defer { scope.enter(context) }
        do {
            try await outer()
        } catch {
            hasOuterThrown = true
            throw error
        }
    }

    private func secondCall(_ index: Int) -> KoaError {
        var message = "next() called multiple times"
        #if DEBUG
            if index > 0 { message += " in the middleware added at \(links[index - 1].origin)" }
        #endif
        return KoaError(.nextCalledTwice, message)
    }
}

/// Makes one middleware of several: each runs the next, and the last one runs what follows the composed one.
///
/// ```swift
/// let guarded = compose([
///     { ctx, next in try ctx.assert(!ctx.get("X-Key").isEmpty, 401); try await next() },
///     { ctx, next in ctx.body = "in" },
/// ])
/// app.use(guarded)
/// ```
///
/// - Parameter middleware: in order; an empty list does nothing but run what follows.
/// - Returns: a middleware that may run any number of times.
public func compose(
    _ middleware: [Middleware],
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> Middleware {
    let chain = Chain(middleware, fileID: fileID, line: line)
    return { ctx, next in
        try await ChainRun(chain, ctx, outer: next).dispatch(0)
    }
}

/// Makes one middleware of several, listed one by one.
///
/// ```swift
/// app.use(compose({ ctx, next in try await next() }, { ctx, next in ctx.body = "hi" }))
/// ```
public func compose(
    _ middleware: Middleware...,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> Middleware {
    compose(middleware, fileID: fileID, line: line)
}
