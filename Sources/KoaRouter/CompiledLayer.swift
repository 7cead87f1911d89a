import Koa

/// A layer of a router, its pattern compiled and its handlers listed.
///
/// An object, since each request passes some of them around.
final class CompiledLayer: Sendable {
    let definition: RouteLayer
    /// Its place among the router's layers.
    let index: Int
    /// The methods that it runs for.
    let methods: MethodMask
    /// Nil for a regular expression, and for middleware without a path below no prefix.
    let pattern: RoutePattern?
    /// The name of each capture of its pattern.
    let captureNames: [String]
    /// Its handlers in the order in which they run, those of its parameters first.
    let links: [Chain.Link]
    /// The group whose routes alone it runs for, if it is middleware of one.
    let group: RouteScope?
    /// The places of the middleware that run for it whatever their paths are; of a route.
    let companions: [Int]
    /// Whether it is a route of every method, those without a name here among them.
    private let takesAll: Bool
    /// What each capture has to be, by its number; empty when anything will do.
    private let constraints: [ParameterConstraint?]

    /// - Parameters:
    ///   - answer: what answers in place of the last handler.
    ///   - companions: the places of the middleware that run for it whatever their paths are.
    /// - Throws: ``RouteError`` for a pattern that is none.
    init(
        _ definition: RouteLayer, at index: Int, answer: Middleware? = nil, companions: [Int] = []
    ) throws {
        self.definition = definition
        self.index = index
        methods = MethodMask(definition.methods)
        group = definition.group
        self.companions = companions
        let origin = definition.handlers.first?.origin
        if let problem = definition.problem { throw RouteError(problem, at: origin) }
        if case .pattern(let text) = definition.path {
            do {
                pattern = try RoutePattern(text)
            } catch {
                throw RouteError("\(error)", at: origin, cause: error)
            }
        } else {
            pattern = nil
        }
        let names = pattern?.captureNames ?? []
        if pattern != nil, let unknown = definition.constraints.keys.sorted().first(where: { !names.contains($0) }) {
            throw RouteError(
                "The route \(definition.text) has no parameter `\(unknown)` that could be constrained.", at: origin)
        }
        captureNames = names
        takesAll = definition.methods.count == Methods.all.count
        constraints = pattern.map { Self.constraints(definition.constraints, of: $0) } ?? []
        links = Self.links(of: definition, parameters: pattern?.parameterNames ?? [], answer: answer)
    }

    /// What each capture of a pattern has to be: of several of one name in an alternative the last, which stays a parameter.
    private static func constraints(
        _ constraints: [String: ParameterConstraint], of pattern: RoutePattern
    ) -> [ParameterConstraint?] {
        guard !constraints.isEmpty else { return [] }
        var found = [ParameterConstraint?](repeating: nil, count: pattern.captureNames.count)
        for pieces in pattern.alternatives {
            var seen: Set<String> = []
            for number in pieces.compactMap(\.number).reversed()
            where seen.insert(pattern.captureNames[number]).inserted {
                found[number] = constraints[pattern.captureNames[number]]
            }
        }
        return found
    }

    /// Whether it takes requests of a method, as middleware do of every one.
    func takes(_ method: String) -> Bool {
        takesAll || !definition.isRoute || definition.methods.contains(method)
    }

    /// Whether what its pattern captured is what it has to be.
    func accepts(
        _ match: RouteLookup.Match, of captures: CaptureRanges, _ path: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard !constraints.isEmpty else { return true }
        for (offset, place) in match.captures.enumerated() {
            guard let constraint = constraints[Int(match.firstCapture) + offset] else { continue }
            let range = captures[Int(place)]
            let text = String(decoding: path[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
            guard constraint.isMet(by: Params.decoded(text)) else { return false }
        }
        return true
    }

    /// Whether the groups of a regular expression's match are what they have to be: each constraint is for one of them.
    func accepts(_ groups: [ExpressionGroup]) -> Bool {
        definition.constraints.allSatisfy { name, constraint in
            guard let number = groups.indices.first(where: { (groups[$0].name ?? String($0)) == name }) else {
                return false
            }
            return groups[number].value.map { constraint.isMet(by: Params.decoded($0)) } ?? true
        }
    }

    /// The handlers of its parameters, in their order, and its own, the last of which `answer` may stand in for.
    private static func links(
        of definition: RouteLayer, parameters names: [String], answer: Middleware?
    ) -> [Chain.Link] {
        let origin = definition.handlers[0].origin
        var handlers = ordered(definition.parameterHandlers, names).map { handler in
            Chain.Link(middleware: middleware(handler), origin: origin)
        }
        if case .expression(let expression) = definition.path {
            let relevant = definition.parameterHandlers.filter { expression.mayHaveGroup($0.name) }
            if !relevant.isEmpty { handlers = [Chain.Link(middleware: middleware(relevant, origin), origin: origin)] }
        }
        var links = handlers + definition.handlers
        if let answer, let last = links.popLast() { links.append(Chain.Link(middleware: answer, origin: last.origin)) }
        return links
    }

    /// Its handlers, the first of which enters the layer, so that all of them see its parameters.
    ///
    /// - Parameter number: that of the finding that the layer is run for.
    func entering(of number: Int) -> [Chain.Link] {
        guard let first = links.first else { return [] }
        let middleware = first.middleware
        let entry = Chain.Link(
            middleware: { ctx, next in
                ctx.routeState?.enter(self, of: number)
                try await middleware(ctx, next)
            }, origin: first.origin)
        return [entry] + links.dropFirst()
    }

    /// What runs its handlers and no other layer's, when it was entered.
    var whole: Chain.Choice {
        if links.count == 1 { return .run(links[0].middleware) }
        let chain = Chain(links: links)
        return .run { ctx, next in try await chain.run(ctx, next) }
    }

    /// Handlers in the order of the parameters that they are for, which are in a path.
    private static func ordered(_ handlers: [ParameterHandler], _ names: [String]) -> [ParameterHandler] {
        names.flatMap { name in handlers.filter { $0.name == name } }
    }

    /// What runs the handlers of an expression's groups, whose order only a match tells.
    private static func middleware(_ handlers: [ParameterHandler], _ origin: Chain.Origin) -> Middleware {
        { ctx, next in
            let names = ctx.routeState?.groupNames ?? []
            let chain = Chain(
                links: ordered(handlers, names).map { Chain.Link(middleware: middleware($0), origin: origin) })
            try await chain.run(ctx, next)
        }
    }

    private static func middleware(_ handler: ParameterHandler) -> Middleware {
        { ctx, next in
            guard let state = ctx.routeState, let value = state.params[handler.name],
                state.begins(handler, with: value)
            else { return try await next() }
            try await handler.handler(value, ctx, next)
        }
    }
}

extension RouteLayer {
    /// Its path as text, for messages.
    var text: String {
        switch path {
        case .pattern(let text): text
        case .everything: "(all)"
        case .expression: "(regular expression)"
        case .route(let name): name
        }
    }
}
