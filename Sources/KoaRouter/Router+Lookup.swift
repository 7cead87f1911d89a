extension Router {
    /// Looks a path up as a request does, and does nothing else: what `scripts/bench` times.
    ///
    /// - Returns: how many routes and middleware match.
    /// - Throws: ``RouteError`` for a route that can't be compiled.
    @_spi(Benchmarks)
    public func lookUp(_ path: String) throws -> Int {
        try compiled().find(path).count
    }
}
