import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SessionState {
    /// Why a session is saved.
    enum Reason {
        case forced, changed
        /// Only its end is put off.
        case extended
    }

    /// Saves or removes the session, if there is a reason to.
    nonisolated(nonsending) func commit(_ ctx: Context, save: Bool = false, regenerate: Bool = false) async throws {
        guard isAvailable else { return }
        switch phase {
        case .untouched: return
        case .removed: return try await removeStored(ctx)
        case .held: break
        }
        if regenerate {
            try await removeStored(ctx)
            stored = StoredState(id: store == nil ? nil : options.generateID?(ctx))
            wasRegenerated = true
        }
        guard let reason = save || regenerate || mustSave ? .forced : reason(ctx) else { return }
        options.beforeSave?(ctx, Session(ctx, self))
        try await self.save(ctx, reason)
    }

    private func reason(_ ctx: Context) -> Reason? {
        let values = content.values
        guard let original else { return values.isEmpty ? nil : .changed }
        if changes > 0, values != original { return .changed }
        if options.rolling { return .extended }
        let now = ctx.app.clock.milliseconds
        if options.renew, let expire = content.expire, expire != 0, let maxAge = options.maxAge?.milliseconds,
            expire - now < maxAge / 2
        {
            return .extended
        }
        // A store needs an end also where the browser's session has none: one in use goes on.
        if options.maxAge == .browserSession, let expires = stored.expires,
            Self.milliseconds(expires) - now < Self.day / 2
        {
            return .extended
        }
        return nil
    }

    private static var day: Int64 { 86_400_000 }

    /// Removes the session from the store and the browser.
    private nonisolated(nonsending) func removeStored(_ ctx: Context) async throws {
        if let store, stored.isThere, let id = stored.id {
            do {
                try await store.destroy(options.storePrefix + id)
            } catch {
                try failed(error, ctx)
            }
            stored.isThere = false
        }
        if options.externalKey == nil { try setCookie(nil, ctx) }
    }

    private nonisolated(nonsending) func save(_ ctx: Context, _ reason: Reason) async throws {
        let now = ctx.app.clock.milliseconds
        let age = options.maxAge ?? .milliseconds(Self.day)
        var expire = now + (age.milliseconds ?? Self.day)
        let created = options.absoluteLifetime == nil ? nil : content.created ?? now
        if let created, let limit = options.absoluteLifetime {
            expire = min(expire, created + min(limit.saturatedMilliseconds, 1_000_000_000_000_000))
        }
        // As the reference has it: the cookie of a browser's session gets no date, and later ones of the request a day.
        if age == .browserSession { options.maxAge = nil }
        let whole = SessionContent.stored(content.values, age, expire: expire, created: created)
        if let store {
            let end = Date(timeIntervalSince1970: Double(expire + Self.grace) / 1000)
            do {
                guard try await save(whole, until: end, reason, ctx, in: store) else {
                    // Another request has ended it: saving would bring it back to life.
                    remove()
                    return try await removeStored(ctx)
                }
            } catch {
                return try failed(error, ctx)
            }
            let id = stored.id ?? ""
            if let externalKey = options.externalKey { externalKey.set(ctx, id) } else { try setCookie(id, ctx) }
        } else if let encryption = options.encryption {
            try setCookie(encryption.seal(whole, for: options.key), ctx)
        } else {
            try setCookie((options.encode ?? SessionCookieText.encode)(whole), ctx)
        }
    }

    /// - Returns: false when the store doesn't have the session any more.
    private nonisolated(nonsending) func save(
        _ whole: JSONObject, until end: Date, _ reason: Reason, _ ctx: Context, in store: any SessionStore
    ) async throws -> Bool {
        let now = ctx.app.clock.now
        let id = stored.id ?? options.prefix + UUID().uuidString.lowercased()
        stored.id = id
        let name = options.storePrefix + id
        if reason == .extended, stored.isThere {
            return try await store.touch(name, whole, until: end, at: now)
        }
        // A second saving of the same, at the end of a request that called `save()`, is for the cookie alone.
        if stored.saved == whole { return true }
        var content = whole
        var attempts = 0
        while true {
            switch try await store.save(name, content, until: end, if: condition, at: now) {
            case .saved(let revision):
                stored.revision = revision
                stored.isThere = true
                stored.saved = content
                return true
            case .refused:
                attempts += 1
                guard options.onConflict == .merge, stored.isThere, attempts < 100 else { throw Self.conflict }
                guard let other = try await store.load(name, at: now) else { return false }
                content = merge(whole, into: other)
                stored.revision = other.revision
            }
        }
    }

    private var condition: SessionCondition {
        if stored.isThere {
            guard options.onConflict != .overwrite, let revision = stored.revision else { return .always }
            return .unchanged(revision)
        }
        // Ids that the application makes may be used again.
        return options.generateID == nil ? .absent : .always
    }

    /// What the other request has saved, with this one's changes.
    private func merge(_ whole: JSONObject, into other: SessionRecord) -> JSONObject {
        let base = stored.saved.map { SessionContent(stored: $0).values } ?? original ?? JSONObject()
        let theirs = SessionContent(stored: other.content).values
        let merged = theirs.merging(content.values, since: base)
        adopt(merged: merged)
        var result = merged
        for (key, value) in whole where SessionContent.isReserved(key) { result[key] = value }
        return result
    }

    private static var conflict: SessionError {
        SessionError(.conflict, "Another request has changed the session at the same time. Please try again.")
    }

    /// Sets the cookie; nil removes it.
    private func setCookie(_ value: String?, _ ctx: Context) throws {
        if ctx.headerSent {
            // The browser of a session that is in a store has its cookie already.
            if value != nil, store != nil, !isNew { return }
            throw SessionError(
                .tooLate, "The session can't be sent any more: its cookie has to be set before the response begins.")
        }
        let options = options.cookie
        if let value, let limit = self.options.cookieLimit {
            // What a browser counts: the name, the value and the attributes.
            let cookie = try SetCookie(
                name: self.options.key, value: value, options: options,
                secure: options.secure ?? ctx.secure, now: ctx.app.clock.milliseconds)
            guard cookie.header.utf8.count <= limit else {
                throw SessionError(
                    .cookieTooLarge,
                    "The session's cookie has \(cookie.header.utf8.count) bytes, of which browsers keep \(limit): "
                        + "keep less in it, or use a store.")
            }
        }
        try ctx.cookies.setCookie(self.options.key, value, options)
    }
}
