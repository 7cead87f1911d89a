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
    /// The names and values, in the order in which they came.
    public private(set) var pairs: [Pair] = []

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
        get { pairs.first { $0.name == name }?.value }
        set {
            let place = pairs.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): pairs[place] = Pair(name: name, value: value)
            case (nil, let value?): pairs.append(Pair(name: name, value: value))
            case (let place?, nil): pairs.remove(at: place)
            case (nil, nil): break
            }
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
