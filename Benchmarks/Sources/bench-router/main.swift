import BenchmarkSupport
@_spi(Benchmarks) import KoaRouter

// Looks paths up in routers of different sizes: a line of figures for each kind of route. With the probe preloaded, the
// figures are allocations, else nanoseconds.
let sizes = [10, 1_000, 10_000]
let routers = sizes.map { (size: $0, router: makeRouter(of: $0)) }

for kind in Kind.allCases {
    let lookups = try routers.map { try lookup($0.router, kind.paths(in: $0.size)) }
    let figures = try Allocations.counts(lookups) ?? Stopwatch.medians(lookups)
    let texts = zip(sizes, figures).map { "of\($0)=\(($1 * 100).rounded() / 100)" }
    print("FIGURES name=\(kind.rawValue) \(texts.joined(separator: " "))")
}

/// A function that asks for one path after the other.
func lookup(_ router: Router, _ paths: [String]) throws -> () throws -> Int {
    for path in paths {
        guard try router.lookUp(path) == 1 else { throw WrongRoutes(path: path) }
    }
    var next = 0
    return {
        next = next + 1 == paths.count ? 0 : next + 1
        return try router.lookUp(paths[next])
    }
}

/// A path didn't lead to exactly one route.
struct WrongRoutes: Error {
    let path: String
}
