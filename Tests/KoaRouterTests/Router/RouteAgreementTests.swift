import KoaTesting
import Testing

@testable import KoaRouter

@Suite("The tree of routes and the patterns tried one by one")
struct RouteAgreementTests {
    /// What a layer matched: its place, and its captures.
    private struct Found: Equatable, CustomStringConvertible {
        let layer: Int
        let captures: [String?]

        var description: String { "\(layer): \(captures)" }
    }

    private func byTree(_ router: CompiledRouter, _ path: String) -> [Found] {
        let lookup = router.find(path)
        let bytes = Array(path.utf8)
        return lookup.matches.map { match in
            let names = router.layers[Int(match.layer)].pattern?.captureNames ?? []
            var captures = [String?](repeating: nil, count: names.count)
            for (offset, place) in match.captures.enumerated() {
                let range = lookup.captures[Int(place)]
                captures[Int(match.firstCapture) + offset] = String(
                    decoding: bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
            }
            return Found(layer: Int(match.layer), captures: captures)
        }
    }

    private func oneByOne(_ router: CompiledRouter, _ path: String) -> [Found] {
        router.layers.compactMap { layer in
            guard let pattern = layer.pattern else { return Found(layer: layer.index, captures: []) }
            let definition = layer.definition
            let matcher = PatternMatcher(
                pattern, end: definition.isWhole, trailing: !definition.isStrict, sensitive: definition.isSensitive)
            return matcher.match(path).map { Found(layer: layer.index, captures: $0.map { $0.map(String.init) }) }
        }
    }

    @Test("find the same layers in the same order, with the same captures", arguments: 1...60)
    func agree(seed: Int) throws {
        var random = RandomRoutes(seed: UInt64(seed))
        let router = try random.router(layers: 25).compiled()
        var count = 0
        for _ in 0..<50 {
            let path = random.path()
            let (found, expected) = (byTree(router, path), oneByOne(router, path))
            #expect(
                found == expected,
                "\(path.debugDescription) of \(router.layers.map { "\($0.index) \($0.definition.text)" })")
            count += found.filter { router.layers[$0.layer].pattern != nil }.count
        }
        #expect(count > 25, "Too few matches to tell anything")
    }

    @Test(
        "agree on patterns that share their beginnings",
        arguments: [
            "/", "/a", "/a/", "/a/b", "/a/b/", "/a//", "//", "/a/b/c", "/A/B", "/av1", "/a/v1/x", "/a/1.txt", "/a/1-2",
            "/a/1-2-3", "", "*", "/é", "/a/é.txt", "/a/b.txt/", "/a/.txt", "/a/-", "/a/v/",
        ])
    func shared(path: String) throws {
        let patterns = [
            "/", "", "/a", "/a/", "/a/b", "/a/b/", "/a/:x", "/a/:x/", "/:x/b", "/:x/:y", "/:x/:y/:z", "/a*x", "/a/*x",
            "/*x/b", "/a/v:x", "/a/v:x/:y", "/a/:x.txt", "/a/:x-:y", "/av:x", "/a{/:x}", "/a{/b}{/:x}", "{/:x}/b",
            "/a{/b{/:x}}", "{/*x}", ":x", "*x", "/é", "/a/é:x", "/a//", "//", "/{a}", "/a{b}/c",
        ]
        for strict in [true, false] {
            for sensitive in [true, false] {
                let router = Router(strict: strict, sensitive: sensitive)
                for pattern in patterns { router.get(pattern) { _ in }.use(pattern) { _, next in try await next() } }
                let compiled = try router.compiled()
                #expect(byTree(compiled, path) == oneByOne(compiled, path), "strict \(strict), sensitive \(sensitive)")
            }
        }
    }

    @Test("find the first alternative that matches, in the pattern's order")
    func alternatives() throws {
        let router = Router()
        router.get("{/:a}{/:b}{/:c}") { _ in }
        let compiled = try router.compiled()
        let found = byTree(compiled, "/1/2")
        #expect(found == oneByOne(compiled, "/1/2"))
        let names = try #require(compiled.layers[0].pattern).captureNames
        #expect(zip(names, found[0].captures).compactMap { $1 == nil ? nil : $0 } == ["a", "b"])
    }
}
