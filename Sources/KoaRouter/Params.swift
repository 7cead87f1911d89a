import Koa

/// The parameters of a request's path, percent-decoded: what the patterns of the routes that run have captured.
///
/// ```swift
/// router.get("/users/:id/posts/:post") { ctx in
///     let user = try ctx.params.require("id", as: Int.self)
///     let post = ctx.params["post"]
/// }
/// ```
///
/// Those of the routes and middleware that ran before are among them, unless a later one has the same name. What can't be
/// percent-decoded stays as it is. A parameter that a pattern may leave out isn't among them when it was.
public struct Params: Sendable, Equatable {
    /// Most paths have one parameter at most, which needs no place in the heap.
    private var first: Pair?
    private var others: [Pair] = []

    /// The names and values, in the order in which they came.
    public var pairs: [Pair] { first.map { [$0] + others } ?? [] }

    /// A parameter.
    ///
    /// ```swift
    /// for pair in ctx.params.pairs { print(pair.name, pair.value) }
    /// ```
    public struct Pair: Sendable, Equatable {
        /// The name.
        public let name: String
        /// The value, percent-decoded.
        public let value: String
    }

    init() {}

    /// The value of a parameter, or nil.
    public subscript(name: String) -> String? {
        get {
            guard let first else { return nil }
            return first.name == name ? first.value : others.first { $0.name == name }?.value
        }
        set {
            let new = newValue.map { Pair(name: name, value: $0) }
            if first == nil || first?.name == name {
                first = new ?? (others.isEmpty ? nil : others.removeFirst())
            } else if let place = others.firstIndex(where: { $0.name == name }) {
                others.replaceSubrange(place...place, with: new.map { [$0] } ?? [])
            } else if let new {
                others.append(new)
            }
        }
    }

    /// Sets a parameter, where most are new.
    mutating func set(_ name: String, _ value: String) {
        if first == nil {
            first = Pair(name: name, value: value)
        } else {
            self[name] = value
        }
    }

    /// The names.
    public var names: [String] { pairs.map(\.name) }

    /// The value of a parameter as a type; nil when there is none, or it doesn't fit.
    public func get<Value: RouteParameter>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        self[name].flatMap(Value.value(ofParameter:))
    }

    /// The value of a parameter as a type.
    ///
    /// - Throws: an ``Koa/HTTPError`` 404 when there is none, or it doesn't fit.
    public func require<Value: RouteParameter>(_ name: String, as type: Value.Type) throws -> Value {
        guard let value = get(name, as: type) else { throw HTTPError(.notFound) }
        return value
    }

    /// The value of a parameter.
    ///
    /// - Throws: an ``Koa/HTTPError`` 404 when there is none.
    public func require(_ name: String) throws -> String {
        try require(name, as: String.self)
    }

    /// A part of a path, percent-decoded as JavaScript's `decodeURIComponent` does; as it is when that can't be done.
    static func decoded(_ text: String) -> String {
        var text = text
        let hasEscapes = text.withUTF8 { $0.contains(UInt8(ascii: "%")) }
        return hasEscapes ? URLEncoding.decodeComponent(text) ?? text : text
    }
}

extension Params: CustomStringConvertible {
    /// The parameters as `name: value`.
    public var description: String { pairs.map { "\($0.name): \($0.value)" }.joined(separator: ", ") }
}
