import NIOConcurrencyHelpers

/// Where a middleware may stand among the others.
package struct OrderRule: Sendable {
    enum Relation: Sendable {
        /// None of the others may stand above the first of its kind, in its own list.
        case above
        /// None of the others may stand below it, in its own list.
        case below
        /// One of the others has to stand above it, in its own list or around that.
        case needs
    }

    let relation: Relation
    let others: [MiddlewareKind]
    let reason: String

    /// - Parameter reason: what happens otherwise, for the warning.
    package static func above(_ others: MiddlewareKind..., because reason: String) -> OrderRule {
        OrderRule(relation: .above, others: others, reason: reason)
    }

    /// - Parameter reason: what happens otherwise, for the warning.
    package static func below(_ others: MiddlewareKind..., because reason: String) -> OrderRule {
        OrderRule(relation: .below, others: others, reason: reason)
    }

    /// - Parameter reason: what it needs one of them for, for the warning.
    package static func needs(_ others: MiddlewareKind..., because reason: String) -> OrderRule {
        OrderRule(relation: .needs, others: others, reason: reason)
    }
}

/// Looks for middleware that stand where they can't do what they are for.
struct OrderCheck {
    private(set) var warnings: [String] = []
    /// The applications and routers that are looked at: one that is within itself has no end.
    private var path: Set<ObjectIdentifier> = []

    init(_ app: Application) {
        path = [ObjectIdentifier(app)]
        check(app.settings.withLockedValue { $0.placed }, [])
    }

    /// - Parameter around: what stands above the list itself: the middleware above a mounted application, say.
    private mutating func check(_ list: [PlacedMiddleware], _ around: [PlacedMiddleware]) {
        for (index, one) in list.enumerated() {
            let above = list[..<index]
            for rule in one.middleware.orderRules {
                switch rule.relation {
                case .above:
                    // The first of a kind does for the others what this one would.
                    guard !(around + above).contains(where: { $0.middleware.kind == one.middleware.kind }) else {
                        continue
                    }
                    warn(one, "below", above.first(where: rule.concerns), rule, fix: "above")
                case .below: warn(one, "above", list[(index + 1)...].first(where: rule.concerns), rule, fix: "below")
                case .needs:
                    if !(around + above).contains(where: rule.concerns) { warnOfMissing(one, rule) }
                }
            }
            checkInner(of: one, around + above)
        }
    }

    private mutating func checkInner(of one: PlacedMiddleware, _ around: [PlacedMiddleware]) {
        guard let container = one.middleware.container else { return check(one.middleware.inner, around) }
        guard path.insert(ObjectIdentifier(container)).inserted else { return }
        check(one.middleware.inner, around)
        path.remove(ObjectIdentifier(container))
    }

    private mutating func warn(
        _ one: PlacedMiddleware,
        _ place: String,
        _ other: PlacedMiddleware?,
        _ rule: OrderRule,
        fix: String
    ) {
        guard let other else { return }
        warnings.append(
            "\(one) stands \(place) \(other): \(rule.reason). Move \(one.middleware.kind) \(fix) \(other.middleware.kind)."
        )
    }

    private mutating func warnOfMissing(_ one: PlacedMiddleware, _ rule: OrderRule) {
        let names = rule.others.map(\.description).joined(separator: " or ")
        warnings.append("\(one) has no \(names) above it: \(rule.reason). Add \(names) above \(one.middleware.kind).")
    }
}

extension OrderRule {
    fileprivate func concerns(_ other: PlacedMiddleware) -> Bool {
        others.contains(other.middleware.kind)
    }
}

extension PlacedMiddleware: CustomStringConvertible {
    /// The kind and the place where it was added.
    package var description: String { "\(middleware.kind) (\(origin))" }
}
