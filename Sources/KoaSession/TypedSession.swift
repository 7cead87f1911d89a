import Koa

/// A type that a whole session is read and written as.
///
/// ```swift
/// struct Cart: SessionType {
///     var items: [String] = []
/// }
/// ```
///
/// Its coding keys are the session's keys. What a session that was saved before doesn't have is as in `init()`, so that
/// properties may be added; a session that can't be decoded at all begins as `init()`.
public protocol SessionType: Codable {
    /// What a new session holds.
    init()
}

/// A session as a type: reads and writes of its properties are those of the session.
///
/// ```swift
/// struct Cart: SessionType {
///     var items: [String] = []
/// }
/// let cart = ctx.session(as: Cart.self)
/// cart.items.append("apple")
/// ctx.body = .json(cart.items)
/// ```
///
/// Keys that the type doesn't have stay as they are.
@dynamicMemberLookup
public struct TypedSession<Value: SessionType> {
    let session: Session

    /// The whole value.
    public var value: Value {
        get {
            let state = session.state
            state.touch(session.ctx)
            if let typed = state.typed, typed.changes == state.changes, let value = typed.value as? Value {
                return value
            }
            let value = Self.decode(state.values(session.ctx))
            state.typed = TypedView(value, nil, state.changes)
            return value
        }
        nonmutating set {
            do {
                try write(newValue)
            } catch {
                session.ctx.refuse(
                    SessionError(.invalidValue, "A \(Value.self) can't be kept in the session.", cause: error))
            }
        }
    }

    /// A property of the value.
    public subscript<Property>(dynamicMember path: KeyPath<Value, Property>) -> Property { value[keyPath: path] }

    /// A property of the value, which can be set.
    public subscript<Property>(dynamicMember path: WritableKeyPath<Value, Property>) -> Property {
        get { value[keyPath: path] }
        nonmutating set {
            var value = value
            value[keyPath: path] = newValue
            self.value = value
        }
    }

    private static func decode(_ values: JSONObject) -> Value {
        if let value = try? JSON(values).decode(Value.self) { return value }
        let new = Value()
        guard var members = try? members(of: new) else { return new }
        for (key, value) in values { members[key] = value }
        return (try? JSON(members).decode(Value.self)) ?? new
    }

    private static func members(of value: Value) throws -> JSONObject {
        guard let members = try JSON(encoding: value).object else {
            throw SessionError(.invalidValue, "It isn't encoded as an object.")
        }
        return members
    }

    private func write(_ value: Value) throws {
        let state = session.state
        let (before, new) = (self.value, try Self.members(of: value))
        let old = try state.typed?.members ?? Self.members(of: before)
        if let key = new.keys.first(where: SessionContent.isReserved) { throw SessionError.reservedKey(key) }
        state.change(session.ctx) { values in
            // A property that became nil isn't written.
            for key in old.keys where new[key] == nil { values[key] = nil }
            // What is as it was isn't either: another request may have changed it.
            for (key, member) in new where member != old[key] { values[key] = member }
        }
        state.typed = TypedView(value, new, state.changes)
    }
}

/// It belongs to its context, and stays in its task.
@available(*, unavailable)
extension TypedSession: Sendable {}
