import Koa

@testable import KoaRouter

/// A random router with groups and nested routers in it, and what a plain model has to know of each of its layers.
///
/// The router's layers note their places in `ran`, with the parameters that they see, and go on.
struct RandomTable {
    /// A layer as it was added.
    struct Entry {
        let isRoute: Bool
        /// Whether it is middleware of all routes of its router.
        let isPathless: Bool
        /// The numbers of the groups and nested routers around it, the innermost first.
        let scopes: [Int]
    }

    let router: Router
    let ran: Recording<String>
    private(set) var entries: [Entry] = []
    /// Those of the scopes that are groups.
    private(set) var groups: Set<Int> = []
    private(set) var random: RandomRoutes
    private var scopeCount = 0

    private init(_ random: RandomRoutes) {
        self.random = random
        let flags = (self.random.flag(), self.random.flag(), self.random.number(below: 4) == 0)
        let prefix = self.random.pick(["", "", "/a", "/:q", "/a/"])
        router = Router(prefix: prefix, exclusive: flags.2, strict: flags.0, sensitive: flags.1)
        ran = Recording()
    }

    /// The first table of a seed whose patterns are all valid.
    static func valid(seed: Int) -> (table: RandomTable, compiled: CompiledRouter) {
        var random = RandomRoutes(seed: UInt64(seed))
        while true {
            var table = RandomTable(random)
            while table.entries.count < 12 { table.fill(table.router, [], depth: 0) }
            if let compiled = try? table.router.compiled() { return (table, compiled) }
            random = table.random
        }
    }

    /// A random method and path.
    mutating func request() -> (method: String, path: String, host: String) {
        let path = random.number(below: 3) == 0 ? "/a" + random.path() : random.path()
        return (
            random.pick(["GET", "GET", "HEAD", "POST", "PUT", "LINK", "OPTIONS"]), path, random.pick(["one", "two"])
        )
    }

    private mutating func note(isRoute: Bool, isPathless: Bool, _ scopes: [Int]) -> Middleware {
        let place = entries.count
        entries.append(Entry(isRoute: isRoute, isPathless: isPathless, scopes: scopes))
        let ran = ran
        return { ctx, next in
            ran.add("\(place) \(ctx.params)")
            try await next()
        }
    }

    private mutating func fill(_ router: Router, _ scopes: [Int], depth: Int) {
        for _ in 0...random.number(below: 4) {
            switch random.number(below: 10) {
            case 0: router.use(note(isRoute: false, isPathless: true, scopes))
            case 1: router.use("", note(isRoute: false, isPathless: true, scopes))
            case 2: router.use(random.segment("u"), note(isRoute: false, isPathless: false, scopes))
            case 3, 4: if depth < 3 { addGroup(to: router, scopes, depth) }
            case 5: if depth < 3 { addRouter(to: router, scopes, depth) }
            case 6: addExpression(to: router, scopes)
            default: addRoute(to: router, scopes)
            }
        }
    }

    private mutating func prefix() -> String { random.pick(["", "/", "/a", "/a", "/a/", "/:g", "{/b}"]) }

    private mutating func scope() -> Int {
        scopeCount += 1
        return scopeCount
    }

    private mutating func addGroup(to router: Router, _ scopes: [Int], _ depth: Int) {
        let scope = scope()
        groups.insert(scope)
        let inner = [scope] + scopes
        let path = prefix()
        if random.flag() {
            let guarding = note(isRoute: false, isPathless: true, inner)
            router.group(path, guarding) { fill($0, inner, depth: depth + 1) }
        } else {
            router.group(path) { fill($0, inner, depth: depth + 1) }
        }
    }

    private mutating func addRouter(to router: Router, _ scopes: [Int], _ depth: Int) {
        let host: HostRule? = random.number(below: 4) == 0 ? "one" : nil
        let inner = Router(prefix: prefix(), host: host, strict: random.flag(), sensitive: random.flag())
        fill(inner, [scope()] + scopes, depth: depth + 1)
        router.use(prefix(), inner.routes())
    }

    private mutating func addExpression(to router: Router, _ scopes: [Int]) {
        let note = note(isRoute: true, isPathless: false, scopes)
        switch random.number(below: 3) {
        case 0: router.get(/(?<tail>[^\/]+)$/, note)
        case 1: router.post(/a(b)?/, note)
        default: router.all(/^\/a/, note)
        }
    }

    private mutating func addRoute(to router: Router, _ scopes: [Int]) {
        let path = random.number(below: 5) == 0 ? random.pick(["{.:x}", ".:x", "b", "{/:x}/b", "/"]) : random.pattern()
        var constraints: [String: ParameterConstraint] = [:]
        for name in (try? RoutePattern(path))?.parameterNames ?? [] where random.number(below: 4) == 0 {
            constraints[name] = .one(of: "a", "b", "v1", "A", "a b", "ab")
        }
        let note = note(isRoute: true, isPathless: false, scopes)
        switch random.number(below: 5) {
        case 0: router.post(path, where: constraints, note)
        case 1: router.on("LINK", "PUT")(path, where: constraints, note)
        case 2: router.all(path, where: constraints, note)
        default: router.get(path, where: constraints, note)
        }
    }
}
