/// The key of a typed value of ``ContextState``.
///
/// ```swift
/// enum UserKey: StateKey { typealias Value = String }
/// extension ContextState {
///     var user: String? {
///         get { self[UserKey.self] }
///         set { self[UserKey.self] = newValue }
///     }
/// }
/// ```
public protocol StateKey {
    /// The type of the value that the key stands for.
    associatedtype Value
}

/// The values that middleware pass on to each other within one request (Koa's `ctx.state`).
///
/// Typed by a ``StateKey``, or by a plain name:
///
/// ```swift
/// ctx.state["locale"] = "de"
/// let locale = ctx.state["locale"] as? String
/// ```
///
/// A value that this request hasn't set is looked for in the application's ``Application/context``; in a mounted
/// application first in its own.
public struct ContextState {
    private var typed: [ObjectIdentifier: Any] = [:]
    private var named: [String: Any] = [:]
    /// Whose values count where this request has none.
    let app: Application
    /// The applications within it whose middleware run, the innermost last: theirs count first.
    var mounted: [Application] = []

    init(app: Application) {
        self.app = app
    }

    /// The value of a key, or nil.
    public subscript<Key: StateKey>(key: Key.Type) -> Key.Value? {
        get {
            let id = ObjectIdentifier(key)
            return (typed[id] ?? shared { $0.typed[id] }) as? Key.Value
        }
        set { typed[ObjectIdentifier(key)] = newValue }
    }

    /// The value of a name, or nil.
    public subscript(name: String) -> Any? {
        get { named[name] ?? shared { $0.named[name] } }
        set { named[name] = newValue }
    }

    private func shared(_ value: (SharedValues) -> (any Sendable)?) -> Any? {
        for app in mounted.reversed() {
            if let found = value(app.context) { return found }
        }
        return value(app.context)
    }

    /// The names that have a value in this request.
    public var names: [String] { named.keys.sorted() }
}

/// Values that every context of an application starts with (Koa's `app.context`), so they must be Sendable.
///
/// ```swift
/// enum GreetingKey: StateKey { typealias Value = String }
/// app.context[GreetingKey.self] = "Hello"
/// app.use { ctx in ctx.body = .text(ctx.state[GreetingKey.self] ?? "") }
/// ```
public struct SharedValues: Sendable {
    var typed: [ObjectIdentifier: any Sendable] = [:]
    var named: [String: any Sendable] = [:]

    /// No values.
    public init() {}

    /// The value of a key, or nil.
    public subscript<Key: StateKey>(key: Key.Type) -> Key.Value? where Key.Value: Sendable {
        get { typed[ObjectIdentifier(key)] as? Key.Value }
        set { typed[ObjectIdentifier(key)] = newValue }
    }

    /// The value of a name, or nil.
    public subscript(name: String) -> (any Sendable)? {
        get { named[name] }
        set { named[name] = newValue }
    }
}
