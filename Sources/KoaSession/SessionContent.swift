import Koa

/// What a session holds for one request: its values, and what stands beside them in the cookie or the store.
struct SessionContent {
    /// The values, in the order in which they were added.
    var values = JSONObject()
    /// When it ends, in milliseconds since 1970.
    var expire: Int64?
    /// When it was first saved, in milliseconds since 1970, where that is kept.
    var created: Int64?
    /// What it was to last when it was saved; nil where that isn't known.
    private(set) var maxAge: SessionAge?

    init() {}

    /// Takes the reference's own members out of a stored object.
    init(stored: JSONObject) {
        values = JSONObject(capacity: stored.count)
        for (key, value) in stored {
            switch key {
            case "_expire": expire = Self.milliseconds(value)
            case "_created": created = Self.milliseconds(value)
            case "_maxAge": maxAge = Self.milliseconds(value).map { SessionAge(milliseconds: max($0, 1)) }
            case "_session": maxAge = .browserSession
            default: if !Self.isReserved(key) { values.append(key, value) }
            }
        }
    }

    /// What is stored of values that last so long.
    ///
    /// - Parameter created: kept only where the options limit a session's whole life.
    static func stored(
        _ values: JSONObject, _ age: SessionAge, expire: Int64, created: Int64?
    ) -> JSONObject {
        var stored = JSONObject(capacity: values.count + 3)
        for (key, value) in values { stored.append(key, value) }
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
        key.utf8.first == UInt8(ascii: "_") || key == "isNew"
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
