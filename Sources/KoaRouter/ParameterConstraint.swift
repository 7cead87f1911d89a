#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a parameter has to be for its route to match; a request that doesn't fit goes on to the next route.
///
/// ```swift
/// router.get("/users/:id", where: ["id": .int]) { ctx in ctx.body = "by number" }
/// router.get("/users/:name") { ctx in ctx.body = "by name" }
/// ```
public struct ParameterConstraint: Sendable, CustomStringConvertible {
    /// What it asks for, as ``Router/describe()`` shows it.
    public let description: String
    private let test: @Sendable (String) -> Bool

    /// Asks a function.
    ///
    /// - Parameters:
    ///   - description: what it asks for.
    ///   - test: gets the parameter, percent-decoded.
    public init(_ description: String, _ test: @escaping @Sendable (String) -> Bool) {
        self.description = description
        self.test = test
    }

    /// A value of a type.
    public static func `as`<Value: RouteParameter>(_ type: Value.Type) -> ParameterConstraint {
        ParameterConstraint("\(type)") { Value.value(ofParameter: $0) != nil }
    }

    /// One of the texts.
    public static func one(of texts: String...) -> ParameterConstraint {
        ParameterConstraint(texts.joined(separator: "|")) { texts.contains($0) }
    }

    /// A text that the whole of a regular expression matches; it runs for one request at a time.
    public static func matching<Output>(_ expression: sending Regex<Output>) -> ParameterConstraint {
        let shared = SharedExpression(Regex<AnyRegexOutput>(expression))
        return ParameterConstraint("regular expression") { text in
            shared.withLock { (try? $0.wholeMatch(in: text)) != nil }
        }
    }

    /// An `Int`.
    public static let int = Self.as(Int.self)
    /// A `UUID`.
    public static let uuid = Self.as(UUID.self)

    func isMet(by text: String) -> Bool { test(text) }
}
