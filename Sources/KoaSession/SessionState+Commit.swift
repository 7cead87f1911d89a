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
    nonisolated(nonsending) func commit(_ ctx: Context, save: Bool = false) async throws {
        guard isAvailable || phase == .removed else { return }
        switch phase {
        case .untouched: return
        case .removed: return try await removeStored(ctx)
        case .held: break
        }
        let now = ctx.app.milliseconds
        guard var reason = save || mustSave ? .forced : reason(at: now) else { return }
        if let beforeSave = options.beforeSave {
            beforeSave(ctx, Session(ctx, self))
            if phase == .removed { return try await removeStored(ctx) }
            if reason == .extended, hasChanged { reason = .changed }
        }
        try await self.save(ctx, reason, at: now)
    }

    /// Gives the session a new id, and saves it.
    nonisolated(nonsending) func regenerate(_ ctx: Context) async throws {
        guard isAvailable, phase == .held else { return try await commit(ctx) }
        dropKeysOfID()
        let old = stored
        do {
            if let store = store?.store {
                // Its id couldn't be told any more.
                if ctx.headerSent, options.externalKey == nil { throw SessionError.tooLate }
                if options.onConflict != .overwrite, let latest = try await latest(ctx, in: store),
                    latest.revision != old.revision
                {
                    guard options.onConflict == .merge else { throw SessionError.conflict }
                    adopt(merged: merged(into: latest))
                }
            }
            // As recorded: where cookies don't replace each other, there are both.
            if options.externalKey == nil, !options.overwrite { try setCookie(nil, ctx, at: ctx.app.milliseconds) }
            stored = StoredState(id: store == nil ? nil : options.generateID?(ctx), former: old.former)
            if let id = old.id, old.isThere { stored.former.append(id) }
            try await commit(ctx, save: true)
        } catch {
            // A session of more rights must not be saved under the id that it should have lost.
            isAvailable = false
            stored = StoredState()
            throw error
        }
    }

    /// The session as the store has it by now.
    private nonisolated(nonsending) func latest(
        _ ctx: Context, in store: any SessionStore
    ) async throws -> SessionRecord? {
        guard stored.isThere, let id = stored.id else { return nil }
        do {
            return try await store.load(storeName(id), at: Date(milliseconds: ctx.app.milliseconds))
        } catch {
            throw Self.unavailable(error)
        }
    }

    private func reason(at now: Int64) -> Reason? {
        if original != nil {
            if changes > 0, hasChanged { return .changed }
            // Its life is limited from now on.
            if options.absoluteLifetime != nil, content.created == nil { return .changed }
        } else {
            return content.count == 0 ? nil : .changed
        }
        if options.rolling { return .extended }
        if options.renew, let expire = content.expire, expire != 0, let maxAge = maxAge?.milliseconds,
            expire - now < maxAge / 2
        {
            return .extended
        }
        // A store needs an end also where the browser's session has none: one in use goes on.
        if maxAge == .browserSession, let expires = stored.expires, expires.saturatedMilliseconds - now < Self.day / 2 {
            return .extended
        }
        return nil
    }

    private var hasChanged: Bool { original.map { !content.hasSameValues(as: $0) } ?? true }

    private static var day: Int64 { 86_400_000 }

    /// Removes the session from the store and the browser.
    private nonisolated(nonsending) func removeStored(_ ctx: Context) async throws {
        if let store = store?.store, stored.isThere, let id = stored.id {
            do {
                try await store.destroy(storeName(id))
            } catch {
                throw Self.unavailable(error)
            }
            stored.isThere = false
        }
        try await removeFormer()
        if options.externalKey == nil { try setCookie(nil, ctx, at: ctx.app.milliseconds) }
    }

    /// Removes the sessions that the client mustn't come back to: not to know that they are gone is an error in any case.
    private nonisolated(nonsending) func removeFormer() async throws {
        guard let store = store?.store else { return }
        do {
            while let id = stored.former.last {
                try await store.destroy(storeName(id))
                stored.former.removeLast()
            }
        } catch {
            throw Self.unavailable(error)
        }
    }

    private nonisolated(nonsending) func save(_ ctx: Context, _ reason: Reason, at now: Int64) async throws {
        let saving = saving(reason, at: now)
        guard let store = store?.store else { return try saveCookie(saving.whole, ctx, at: now) }
        do {
            guard try await save(saving, ctx, in: store) else {
                // Another request has ended it: saving would bring it back to life. The browser keeps its cookie, which may
                // be a newer one by now.
                drop()
                stored.isThere = false
                return
            }
        } catch {
            return try failed(error, ctx)
        }
        if !stored.former.isEmpty { try await removeFormer() }
        let id = stored.id ?? ""
        if let externalKey = options.externalKey { externalKey.set(ctx, id) } else { try setCookie(id, ctx, at: now) }
    }

    private func saving(_ reason: Reason, at now: Int64) -> SessionSavingPlan {
        let age = maxAge ?? .milliseconds(Self.day)
        var expire = now + (age.milliseconds ?? Self.day)
        let created = options.absoluteLifetime == nil ? nil : content.created ?? now
        if let created, let limit = options.absoluteLifetime {
            expire = min(expire, created + min(limit.saturatedMilliseconds, 1_000_000_000_000_000))
        }
        // As the reference has it: the cookie of a browser's session gets no date, and later ones of the request a day.
        if age == .browserSession { maxAge = nil }
        return SessionSavingPlan(
            whole: content.stored(age, expire: expire, created: created), age: age, reason: reason,
            end: Date(milliseconds: expire + Self.grace), now: Date(milliseconds: now))
    }

    private func saveCookie(_ whole: JSONObject, _ ctx: Context, at now: Int64) throws {
        if let encryption = options.encryption {
            try setCookie(encryption.seal(whole, for: options.key), ctx, at: now)
        } else {
            try setCookie((options.encode ?? SessionCookieText.encode)(whole), ctx, at: now)
        }
    }

    /// Sets the cookie; nil removes it.
    ///
    /// - Parameter now: when it is saved, from which its age counts.
    private func setCookie(_ value: String?, _ ctx: Context, at now: Int64) throws {
        if ctx.headerSent {
            if value != nil, stored.isClients { return }
            throw SessionError.tooLate
        }
        let limit = value == nil ? nil : options.cookieLimit
        let tooMany: Int?
        if let prepared = preparedCookie, let value, !value.isEmpty {
            tooMany = try ctx.cookies.set(prepared, value, known: stored.cookie, limit: limit, now: now)
        } else {
            tooMany = try ctx.cookies.set(
                options.key, value, options.cookie(lasting: maxAge), limit: limit, now: now)
        }
        if let tooMany {
            throw SessionError(
                .cookieTooLarge,
                "The session's cookie has \(tooMany) bytes, of which browsers keep \(limit ?? 0): keep less in it, or use a "
                    + "store.")
        }
    }
}
