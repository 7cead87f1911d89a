import Koa

extension Session {
    /// Keeps a message for the next page: ``takeFlash(_:)`` gives it once.
    ///
    /// ```swift
    /// ctx.session.flash("notice", "Saved.")
    /// ctx.redirect("/")
    /// ```
    public func flash(_ kind: String, _ message: String) {
        var all = flashes
        var messages = all[kind]?.array ?? []
        messages.append(.string(message))
        all[kind] = .array(messages)
        self[Self.flashKey] = JSON(all)
    }

    /// The messages of a kind, in the order in which they came, and forgets them.
    public func takeFlash(_ kind: String) -> [String] {
        var all = flashes
        guard let messages = all.removeValue(forKey: kind) else { return [] }
        // Not `nil` in a conditional expression: it would be the JSON value null.
        state.set(all.isEmpty ? JSON?.none : JSON(all), forKey: Self.flashKey, ctx)
        return Self.texts(messages)
    }

    /// All messages by their kinds, in the order in which they came, and forgets them.
    public func takeFlashes() -> [(kind: String, messages: [String])] {
        let all = flashes
        guard !all.isEmpty else { return [] }
        state.set(nil, forKey: Self.flashKey, ctx)
        return all.map { ($0.key, Self.texts($0.value)) }
    }

    private static var flashKey: String { "flash" }

    private var flashes: JSONObject { state.json(Self.flashKey, ctx)?.object ?? JSONObject() }

    private static func texts(_ messages: JSON) -> [String] { (messages.array ?? []).compactMap(\.string) }
}
