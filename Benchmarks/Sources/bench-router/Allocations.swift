#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Counts calls of malloc and its kin, when the probe is preloaded.
enum Allocations {
    private typealias Count = @convention(c) () -> UInt64
    private static let calls = 10_000

    /// The mean allocations of one call of each function; nil without the probe.
    static func counts(_ functions: [() throws -> Int]) throws -> [Double]? {
        guard let symbol = dlsym(nil, "probe_allocations") else { return nil }
        let allocations = unsafeBitCast(symbol, to: Count.self)
        return try functions.map { function in
            let before = allocations()
            for _ in 1...calls { _ = try function() }
            return Double(allocations() - before) / Double(calls)
        }
    }
}
