public import Koa

/// The session of a request: values that stay between the requests of one browser.
///
/// ```swift
/// app.keys = ["some secret hurr"]
/// app.use(session())
/// app.use { ctx in
///     ctx.session["views", default: 0] += 1
///     let name: String? = ctx.session["name"]
///     ctx.body = .text("\(name ?? "You"): view \(ctx.session["views"] ?? 0)")
/// }
/// ```
///
/// It is saved when the middleware below `session()` have run, if it has changed. Its values are what JSON can hold; keys
/// that begin with `_`, and `isNew`, are its own. Like the context it belongs to its request's task.
public struct Session {
    let ctx: Context
    let state: SessionState

    init(_ ctx: Context, _ state: SessionState) {
        self.ctx = ctx
        self.state = state
    }

    /// All values, in the order in which they were added.
    ///
    /// Setting them keeps the id of a session in a store.
    public var values: JSONObject {
        get { state.values(ctx) }
        nonmutating set { replace(with: newValue) }
    }

    /// The value of a key as JSON; setting nil removes it.
    public subscript(key: String) -> JSON? {
        get { state.json(key, ctx) }
        nonmutating set { state.set(newValue, forKey: key, ctx) }
    }

    /// The value of a key as any type that JSON can hold; nil when there is none, or it doesn't fit. Setting nil removes it.
    @inlinable
    public subscript<Value: Codable>(key: String) -> Value? {
        get { self[key].flatMap { SessionValue.decode(Value.self, $0) } }
        nonmutating set {
            guard let newValue else {
                self[key] = JSON?.none
                return
            }
            do {
                self[key] = try SessionValue.encode(newValue)
            } catch {
                refuse(error, of: key)
            }
        }
    }

    /// The value of a key, or a default where there is none or it doesn't fit.
    ///
    /// ```swift
    /// ctx.session["views", default: 0] += 1
    /// ```
    @inlinable
    public subscript<Value: Codable>(key: String, default value: @autoclosure () -> Value) -> Value {
        get { self[key] ?? value() }
        nonmutating set { self[key] = newValue }
    }

    @usableFromInline
    func refuse(_ error: any Error, of key: String) {
        ctx.refuse(SessionError(.invalidValue, "The value of the session's key `\(key)` is no JSON.", cause: error))
    }

    /// The keys, in the order in which they were added.
    public var keys: [String] { Array(state.values(ctx).keys) }

    /// How many values there are.
    public var length: Int { state.count(ctx) }

    /// Whether there are values.
    public var populated: Bool { length > 0 }

    /// Whether the client named no session that is granted.
    public var isNew: Bool {
        state.touch(ctx)
        return state.isNew
    }

    /// Whether it was removed by ``destroy()``, and nothing was set since.
    public var isRemoved: Bool { state.phase == .removed }

    /// False when the store can't be reached, and ``SessionOptions/storeFailure`` has the request go on without.
    public var isAvailable: Bool { state.isAvailable }

    /// The id in the store (`externalKey` in the reference); nil for a session in a cookie, and for one that wasn't saved yet.
    public var id: String? { state.stored.id }

    /// How long it lasts from when it is saved; nil means a day. Setting it saves the session with this request.
    public var maxAge: SessionAge? {
        get {
            state.touch(ctx)
            return state.maxAge
        }
        nonmutating set { state.setAge(newValue, ctx) }
    }

    /// Puts other values in the place of all; the session keeps its id (`ctx.session = {…}` in the reference).
    public func replace(with values: JSONObject) {
        if let key = values.keys.first(where: SessionContent.isReserved) {
            return ctx.refuse(SessionError.reservedKey(key))
        }
        state.replace(values, ctx)
    }

    /// Removes it with this request: from the store, and from the browser (`ctx.session = null` in the reference).
    ///
    /// What is set afterwards begins anew, in a store under another id.
    public func destroy() {
        state.remove(ctx)
    }
}

/// A session belongs to its context, and stays in its task.
@available(*, unavailable)
extension Session: Sendable {}

extension Session: Encodable {
    /// Writes the values: `ctx.body = .json(ctx.session)`.
    public func encode(to encoder: any Encoder) throws {
        try values.encode(to: encoder)
    }
}
