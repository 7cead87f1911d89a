import Koa

/// What middleware share, and where work runs.
let flow = Chapter(
    title: "Middleware",
    pages: [
        Page("/flow/state", "A middleware before this page knows ?name", link: "/flow/state?name=Ada") { ctx in
            ctx.body = "Hello \(ctx.state.visitor?.name ?? "stranger")"
        },
        Page("/flow/current", "A function that isn't handed the context finds it all the same") { ctx in
            ctx.body = .text(whereAmI())
        },
        Page("/flow/offload", "Heavy work leaves the event loop to the other requests") { ctx in
            let count = try await ctx.app.offload { primes(below: 10_000) }
            ctx.body = "There are \(count) primes below 10000"
        },
    ]
)

// MARK: State

struct Visitor {
    var name: String
}

enum VisitorKey: StateKey {
    typealias Value = Visitor
}

extension ContextState {
    /// Who asks, if the request tells.
    var visitor: Visitor? {
        get { self[VisitorKey.self] }
        set { self[VisitorKey.self] = newValue }
    }
}

/// Puts the visitor where the pages find it.
func identify(_ ctx: Context, _ next: Next) async throws {
    ctx.state.visitor = ctx.query["name"].map { Visitor(name: $0) }
    try await next()
}

// MARK: The rest

private func whereAmI() -> String {
    guard let ctx = Context.current else { return "Nobody asks" }
    return "Serving \(ctx.method) \(ctx.path)"
}

private func primes(below limit: Int) -> Int {
    (2..<limit).count { number in
        !(2..<number).prefix { $0 * $0 <= number }.contains { number.isMultiple(of: $0) }
    }
}
