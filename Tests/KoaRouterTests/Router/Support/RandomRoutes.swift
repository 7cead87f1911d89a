import KoaRouter

/// Tables of routes, and paths that they may match, made of fixed seeds.
struct RandomRoutes {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }
    mutating func flag() -> Bool { next() % 2 == 0 }
    mutating func pick(_ texts: [String]) -> String { texts[number(below: texts.count)] }

    /// A segment of a pattern, its parameters named by a letter of their own.
    mutating func segment(_ name: String) -> String {
        let segment = pick([
            "/a", "/b", "/A", "/ab", "/", "/:N", "/:N", "/:N", "/v:N", "/:N.x", "/:N-:N2", "/*N", "/*N/a", "/a*N",
            "{/:N}",
            "{/b}", "{/a/:N}", "/a{-:N}", "/:N{.:N2}", "{/*N}", "/a{b}", "/:N{/b{/:N2}}",
        ])
        return segment.replacing("N2", with: name + "_").replacing("N", with: name)
    }

    /// A pattern of up to four segments; now and then one that is none.
    mutating func pattern() -> String {
        if number(below: 30) == 0 { return pick(["", "/", "*all", ":all", "{/*rest}", "a"]) }
        return (0...number(below: 4)).map { segment("p\($0)") }.joined()
    }

    /// A router of so many layers: routes and middleware, of all flags.
    mutating func router(layers: Int) throws -> Router {
        let router = Router()
        var count = 0
        while count < layers {
            let part = Router(strict: flag(), sensitive: flag())
            for _ in 0...number(below: 3) {
                let pattern = pattern()
                guard (try? RoutePattern(pattern)) != nil else { continue }
                switch number(below: 4) {
                case 0: part.use(pattern) { _, next in try await next() }
                case 1 where number(below: 3) == 0: part.use { _, next in try await next() }
                default: part.get(pattern) { _ in }
                }
                count += 1
            }
            router.use(part.routes())
        }
        return router
    }

    /// A path of up to six segments.
    mutating func path() -> String {
        if number(below: 20) == 0 { return pick(["", "/", "//", "*", "a", "/%", "/\u{0}", "a/b"]) }
        var path = (0...number(below: 6)).map { _ in
            pick([
                "/a", "/b", "/A", "/B", "/ab", "/", "/v1", "/vB", "/1.x", "/.x", "/a-b", "/-", "/b.x.x", "/é", "/a%20b",
            ])
        }.joined()
        if number(below: 4) == 0 { path += "/" }
        return path
    }
}
