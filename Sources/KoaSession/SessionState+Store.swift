import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SessionState {
    /// Saves the content in the store, with what other requests have saved meanwhile.
    ///
    /// - Returns: false when the store doesn't have the session any more.
    nonisolated(nonsending) func save(
        _ whole: JSONObject, _ age: SessionAge, until end: Date, _ reason: Reason, at now: Date, _ ctx: Context,
        in store: any SessionStore
    ) async throws -> Bool {
        let name = try storeName(ownID(ctx))
        if reason == .extended, stored.isThere {
            return try await store.touch(name, whole, until: end, at: now)
        }
        // A second saving of the same, at the end of a request that called `save()`, is for the cookie alone.
        if let saved = stored.saved, saved.hasSameValues(as: content), stored.savedAge == age { return true }
        var (content, end) = (whole, end)
        var attempts = 0
        while true {
            switch try await store.save(name, content, until: end, if: condition, at: now) {
            case .saved(let revision):
                stored.revision = revision
                stored.isThere = true
                stored.saved = self.content
                stored.savedAge = age
                return true
            case .refused:
                attempts += 1
                guard options.onConflict == .merge, stored.isThere, attempts < 100 else { throw SessionError.conflict }
                guard let other = try await store.load(name, at: now) else { return false }
                adopt(merged: merged(into: other))
                content = withMembers(of: whole, self.content.values)
                if !hasOwnAge { takeAge(of: other, &content, &end) }
                stored.revision = other.revision
            }
        }
    }

    private func ownID(_ ctx: Context) throws -> String {
        if let id = stored.id {
            guard stored.isThere || Self.isAcceptable(id, behind: options.storePrefix) else {
                throw SessionError(
                    .invalidValue,
                    "generateID made an id that stores can't keep: 1 to 255 printable characters of ASCII, prefix included."
                )
            }
            return id
        }
        let id = options.prefix + UUID().uuidString.lowercased()
        stored.id = id
        return id
    }

    private var condition: SessionCondition {
        if stored.isThere {
            guard options.onConflict != .overwrite, let revision = stored.revision else { return .always }
            return .unchanged(revision)
        }
        // Ids that the application makes may be used again.
        return options.generateID == nil ? .absent : .always
    }

    /// The values that another request has saved, with this one's changes.
    func merged(into other: SessionRecord) -> JSONObject {
        let base = (stored.saved ?? original)?.values ?? JSONObject()
        return SessionContent(stored: other.content).values.merging(content.values, since: base)
    }

    /// Other values beside the session's own members.
    private func withMembers(of whole: JSONObject, _ values: JSONObject) -> JSONObject {
        var result = values
        for (key, value) in whole where SessionContent.isReserved(key) { result[key] = value }
        return result
    }

    /// The session lasts as long as the other request has set it to, where this one has set nothing.
    private func takeAge(of other: SessionRecord, _ content: inout JSONObject, _ end: inout Date) {
        let theirs = SessionContent(stored: other.content)
        guard let age = theirs.maxAge?.milliseconds, content["_maxAge"] != nil else { return }
        content["_maxAge"] = JSON(age)
        if let expire = theirs.expire, expire > content["_expire"]?.int ?? .max {
            content["_expire"] = JSON(expire)
            end = max(end, Date(milliseconds: expire + Self.grace))
        }
    }
}
