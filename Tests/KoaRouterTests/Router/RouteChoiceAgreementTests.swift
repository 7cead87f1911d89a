import Koa
import KoaTesting
import Testing

@testable import KoaRouter

/// What a request runs, found by asking each layer of a table in turn.
private struct PlainChoice {
    let table: RandomTable
    let layers: [CompiledLayer]
    /// For each layer, the programs of its pattern's alternatives.
    private let programs: [[PatternProgram]]

    init(_ table: RandomTable, _ compiled: CompiledRouter) {
        self.table = table
        layers = compiled.layers
        programs = layers.map { layer in
            (layer.pattern?.alternatives ?? []).map {
                PatternProgram(
                    $0, end: layer.definition.isWhole, trailing: !layer.definition.isStrict,
                    sensitive: layer.definition.isSensitive)
            }
        }
    }

    /// What the layers note.
    func run(_ method: String, _ path: String, at host: String, exclusive: Bool) -> [String] {
        let found = layers.indices.map { place in
            layers[place].definition.hosts.allSatisfy { $0.allows(host) } ? match(place, path) : nil
        }
        var routes = layers.indices.filter {
            found[$0] != nil && table.entries[$0].isRoute && layers[$0].definition.methods.contains(method)
        }
        guard !routes.isEmpty else { return [] }
        var chosen = layers.indices.filter { place in
            table.entries[place].isRoute ? routes.contains(place) : found[place] != nil
        }
        if exclusive {
            let last = chosen.last { group(of: $0) == nil }
            routes = routes.filter { $0 == last }
            chosen = chosen.filter { $0 == last || group(of: $0) != nil }
        }
        let isRun = layers.indices.map { place in
            if let group = group(of: place), !routes.contains(where: { table.entries[$0].scopes.contains(group) }) {
                return false
            }
            return chosen.contains(place) || isEverywhere(place, for: routes, exclusive: exclusive)
        }
        var params = Params()
        return layers.indices.filter { isRun[$0] }.map { place in
            for (name, value) in found[place] ?? [] { params[name] = value }
            return "\(place) \(params)"
        }
    }

    /// The group whose routes alone a middleware runs for.
    private func group(of place: Int) -> Int? {
        table.entries[place].isRoute ? nil : table.entries[place].scopes.first { table.groups.contains($0) }
    }

    /// Whether it is middleware without a path of the router of one of the routes.
    private func isEverywhere(_ place: Int, for routes: [Int], exclusive: Bool) -> Bool {
        let entry = table.entries[place]
        guard entry.isPathless, !exclusive || group(of: place) != nil else { return false }
        return routes.contains { route in
            entry.scopes.first.map { table.entries[route].scopes.contains($0) } ?? true
        }
    }

    /// The parameters of a layer's match; nil where it doesn't match.
    private func match(_ place: Int, _ path: String) -> [(String, String)]? {
        let layer = layers[place]
        if case .expression(let expression) = layer.definition.path {
            return expression.groups(path)?.enumerated().compactMap { number, group in
                (group.value?.isEmpty ?? true) ? nil : (group.name ?? "\(number)", Params.decoded(group.value ?? ""))
            }
        }
        guard let pattern = layer.pattern else { return [] }
        let bytes = Array(path.utf8)
        for program in programs[place] {
            guard let match = bytes.withUnsafeBufferPointer({ program.match($0) }) else { continue }
            var last: [String: String] = [:]
            let params = zip(program.captures, match.captures).map { number, range in
                let value = Params.decoded(String(decoding: bytes[range], as: UTF8.self))
                last[pattern.captureNames[number]] = value
                return (pattern.captureNames[number], value)
            }
            if layer.definition.constraints.allSatisfy({ name, constraint in last[name].map(constraint.isMet) ?? true })
            {
                return params
            }
        }
        return nil
    }
}

@Suite("What a router runs and its layers asked one by one")
struct RouteChoiceAgreementTests {
    @Test(
        "are the same layers in the same order with the same parameters, by methods, constraints, hosts and groups",
        arguments: [1...15, 16...30, 31...45, 46...60])
    func agree(seeds: ClosedRange<Int>) async throws {
        var count = 0
        for seed in seeds { count += try await agree(seed: seed) }
        #expect(count > 500, "Too few matches to tell anything")
    }

    /// - Returns: how many layers ran.
    private func agree(seed: Int) async throws -> Int {
        var (table, compiled) = RandomTable.valid(seed: seed)
        try #require(table.entries.count == compiled.layers.count)
        let description = try table.router.describe()
        let plain = PlainChoice(table, compiled)
        var seen = 0
        for _ in 0..<40 {
            let (method, path, host) = table.request()
            let app = Application(silent: true)
            app.use { ctx, next in
                ctx.newRouterPath = path
                try await next()
            }
            app.use(table.router.routes())
            _ = try await app.test.request(try #require(.init(method)), "/", headers: ["Host": host])
            let ran = Array(table.ran.values.dropFirst(seen))
            seen += ran.count
            let expected = plain.run(method, path, at: host, exclusive: compiled.options.isExclusive)
            #expect(
                ran == expected,
                """
                Seed \(seed): \(method) \(path.debugDescription) at \(host), exclusive: \(compiled.options.isExclusive), of
                \(description)
                """)
        }
        return seen
    }
}
