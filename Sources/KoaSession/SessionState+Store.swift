import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What is to be saved.
struct SessionSavingPlan {
    /// The values and the session's own members.
    var whole: JSONObject
    let age: SessionAge
    let reason: SessionState.Reason
    /// When the store may drop it.
    var end: Date
    let now: Date
}

extension SessionState {
    /// Saves the content in the store, with what other requests have saved meanwhile.
    ///
    /// - Returns: false when the store doesn't have the session any more.
    nonisolated(nonsending) func save(
        _ saving: SessionSavingPlan, _ ctx: Context, in store: any SessionStore
    ) async throws -> Bool {
        let name = try storeName(ownID(ctx))
        if saving.reason == .extended, stored.isThere {
            return try await store.touch(name, saving.whole, until: saving.end, at: saving.now)
        }
        // A second saving of the same, at the end of a request that called `save()`, is for the cookie alone.
        if let saved = stored.saved, saved.hasSameValues(as: content), stored.savedAge == saving.age { return true }
        switch try await store.save(name, saving.whole, until: saving.end, if: condition, at: saving.now) {
        case .saved(let revision):
            note(revision, saving.age)
            return true
        case .refused:
            return try await merge(saving, name, in: store)
        }
    }

    private func note(_ revision: SessionRevision?, _ age: SessionAge) {
        stored.revision = revision
        stored.isThere = true
        stored.saved = content
        stored.savedAge = age
    }

    /// Saves what the store has refused with what others have saved meanwhile: apart, as each request needs memory for all
    /// that its functions hold.
    @inline(never)
    private nonisolated(nonsending) func merge(
        _ saving: SessionSavingPlan, _ name: String, in store: any SessionStore
    ) async throws -> Bool {
        var (new, attempts) = (saving, 1)
        while true {
            guard options.onConflict == .merge, stored.isThere, attempts < 100 else { throw SessionError.conflict }
            guard let other = try await store.load(name, at: saving.now) else { return false }
            adopt(merged: merged(into: other))
            new.whole = withMembers(of: saving.whole, content.values)
            if !hasOwnAge { takeAge(of: other, &new) }
            stored.revision = other.revision
            if case .saved(let revision) = try await store.save(
                name, new.whole, until: new.end, if: condition, at: saving.now)
            {
                note(revision, saving.age)
                return true
            }
            attempts += 1
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
    private func takeAge(of other: SessionRecord, _ saving: inout SessionSavingPlan) {
        let theirs = SessionContent(stored: other.content)
        guard let age = theirs.maxAge?.milliseconds, saving.whole["_maxAge"] != nil else { return }
        saving.whole["_maxAge"] = JSON(age)
        if let expire = theirs.expire, expire > saving.whole["_expire"]?.int ?? .max {
            saving.whole["_expire"] = JSON(expire)
            saving.end = max(saving.end, Date(milliseconds: expire + Self.grace))
        }
    }
}
