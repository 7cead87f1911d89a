import Koa

/// What a session holds for one request: its values, and what stands behind them in the cookie or the store.
struct SessionContent {
    /// The values in the order in which they were added, and then those of the session's own that were found behind them:
    /// a session that is read and saved again needs no copy without them.
    private var members = JSONObject()
    /// How many of the members are the session's own.
    private var ownCount = 0
    /// When it ends, in milliseconds since 1970.
    var expire: Int64?
    /// When it was first saved, in milliseconds since 1970, where that is kept.
    private(set) var created: Int64?
    /// What it was to last when it was saved; nil where that isn't known.
    private(set) var maxAge: SessionAge?

    init() {}

    /// Takes the reference's own members out of a stored object.
    init(stored: JSONObject) {
        members = stored
        for member in stored.members {
            if Self.isReserved(member.key) {
                take(member.key, member.value)
                ownCount += 1
            } else if ownCount > 0 {
                sort(stored)
                return
            }
        }
    }

    /// As ``init(stored:)``, where values stand behind the session's own members.
    private mutating func sort(_ stored: JSONObject) {
        members = JSONObject(capacity: stored.count)
        ownCount = 0
        for (key, value) in stored {
            if Self.isReserved(key) { take(key, value) } else { members.append(key, value) }
        }
    }

    private mutating func take(_ key: String, _ value: JSON) {
        switch key {
        case "_expire": expire = Self.milliseconds(value)
        case "_maxAge": maxAge = Self.milliseconds(value).map { SessionAge(milliseconds: max($0, 1)) }
        case "_created": created = Self.milliseconds(value)
        case "_session": maxAge = .browserSession
        default: break
        }
    }

    // MARK: Values

    /// How many values there are.
    var count: Int { members.count - ownCount }

    /// The values, without the session's own members.
    var values: JSONObject {
        get {
            var values = members
            if ownCount > 0 { values.removeLast(ownCount) }
            return values
        }
        _modify {
            if ownCount > 0 { members.removeLast(ownCount) }
            ownCount = 0
            yield &members
        }
    }

    /// The value of a key.
    subscript(key: String) -> JSON? { Self.isReserved(key) ? nil : members[key] }

    /// Sets a value; nil removes it.
    ///
    /// - Parameter key: none of the session's own.
    mutating func set(_ value: JSON?, forKey key: String) {
        if let value, let position = members.position(of: key) {
            members.setValue(value, at: position)
        } else {
            values[key] = value
        }
    }

    /// Whether both have the same values, in whatever order.
    func hasSameValues(as other: Self) -> Bool {
        members.hasSameMembers(as: other.members, first: count, other.count)
    }

    // MARK: Storing

    /// Whether the session's own members are those which most have, where they are to be.
    private var isInOrder: Bool {
        guard ownCount == 2 else { return false }
        let all = members.members
        return all[all.count - 2].key == "_expire" && all[all.count - 1].key == "_maxAge"
    }

    /// What is stored of values that last so long.
    ///
    /// - Parameter created: kept only where the options limit a session's whole life.
    func stored(_ age: SessionAge, expire: Int64, created: Int64?) -> JSONObject {
        if isInOrder, created == nil, let milliseconds = age.milliseconds {
            var stored = members
            stored.setValue(.number(JSONNumber(expire)), at: count)
            stored.setValue(.number(JSONNumber(milliseconds)), at: count + 1)
            return stored
        }
        var stored = JSONObject(capacity: count + 3)
        for member in members.members.prefix(count) { stored.append(member.key, member.value) }
        if let milliseconds = age.milliseconds {
            stored.append("_expire", JSON(expire))
            stored.append("_maxAge", JSON(milliseconds))
        } else {
            stored.append("_session", true)
        }
        if let created { stored.append("_created", JSON(created)) }
        return stored
    }

    /// Whether a key is the session's own.
    static func isReserved(_ key: String) -> Bool {
        switch key.utf8.first {
        case UInt8(ascii: "_"): true
        case UInt8(ascii: "i"): key == "isNew"
        default: false
        }
    }

    /// Numbers of foreign sessions may be any: what isn't within a few millennia counts as the nearest that is.
    private static func milliseconds(_ value: JSON) -> Int64? {
        if let exact = value.int { return Int64(min(max(exact, -1_000_000_000_000_000), 1_000_000_000_000_000)) }
        return value.double.map { Int64(min(max($0, -1e15), 1e15)) }
    }
}

extension JSONObject {
    /// This object with the members of `other` that differ from those of `base`: what one of two requests has changed.
    func merging(_ other: JSONObject, since base: JSONObject) -> JSONObject {
        var merged = self
        for (key, value) in other where base[key] != value { merged[key] = value }
        for key in base.keys where other[key] == nil { merged[key] = nil }
        return merged
    }
}
