import Koa

/// A type that a whole session is read and written as.
///
/// ```swift
/// struct Cart: SessionType {
///     var items: [String] = []
/// }
/// ```
///
/// Its coding keys are the session's keys. Give new properties a default or make them optional, since sessions that were
/// saved before don't have them: what can't be decoded begins as `init()`.
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
            let values = state.values(session.ctx)
            if let typed = state.typed, typed.changes == state.changes, let value = typed.value as? Value {
                return value
            }
            let value = (try? JSON(values).decode(Value.self)) ?? Value()
            state.typed = (value, state.changes)
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

    private func write(_ value: Value) throws {
        guard let old = try JSON(encoding: self.value).object, let new = try JSON(encoding: value).object else {
            throw SessionError(.invalidValue, "It isn't encoded as an object.")
        }
        if let key = new.keys.first(where: SessionContent.isReserved) { throw SessionError.reservedKey(key) }
        let state = session.state
        state.change(session.ctx) { values in
            // A property that became nil isn't written.
            for key in old.keys where new[key] == nil { values[key] = nil }
            for (key, member) in new { values[key] = member }
        }
        state.typed = (value, state.changes)
    }
}

/// It belongs to its context, and stays in its task.
@available(*, unavailable)
extension TypedSession: Sendable {}
