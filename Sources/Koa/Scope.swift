/// How a part of the onion sees a request otherwise than what stands around it: another path, say.
///
/// It is entered before the part's first middleware, left while the part waits for what stands behind it, and left for
/// good when the part has returned or thrown: neither upstream nor downstream sees anything of it.
package protocol Scope: AnyObject {
    /// Shows what is seen within the part.
    func enter(_ ctx: Context)

    /// Shows what is seen around it.
    func leave(_ ctx: Context)
}

extension Chain {
    /// - Parameter middleware: in order, all of them added at one place.
    package init(_ middleware: [Middleware], fileID: StaticString, line: UInt) {
        let origin = Origin(fileID: fileID, line: line)
        links = middleware.map { Link(middleware: $0, origin: origin) }
    }

    /// Runs the chain as a part of the onion, and what stands behind it when its last middleware calls `next`.
    package nonisolated(nonsending) func run(_ ctx: Context, _ next: Next, within scope: any Scope) async throws {
        scope.enter(ctx)
        defer { scope.leave(ctx) }
        try await ChainRun(self, ctx, outer: next, scope: scope).dispatch(0)
    }
}
