import Koa
import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SessionState {
    /// Finds the session that the request names in the store.
    nonisolated(nonsending) func load(_ ctx: Context, from store: any SessionStore) async throws {
        guard let id = try namedID(ctx) else { return }
        let now = ctx.app.milliseconds
        do {
            take(try await store.load(storeName(id), at: Date(milliseconds: now)), id, at: now, ctx)
        } catch {
            try failed(error, ctx)
            create(ctx)
            // It may still be there, for whoever wants it destroyed.
            stored.former = [id]
        }
    }

    /// The id that the request names; nil, with a new session, when it is none that a store could have.
    private func namedID(_ ctx: Context) throws -> String? {
        let named: String?
        var cookie: VerifiedCookie?
        if let externalKey = options.externalKey {
            named = externalKey.get(ctx)
        } else {
            (named, cookie) = try namedCookie(ctx)
        }
        guard let id = named, !id.isEmpty else {
            create(ctx)
            return nil
        }
        guard Self.isAcceptable(id, behind: options.storePrefix) else {
            refuse(.missed, id, nil, ctx)
            return nil
        }
        stored.cookie = cookie
        return id
    }

    /// Takes the session that the store has of an id.
    private func take(_ found: SessionRecord?, _ id: String, at now: Int64, _ ctx: Context) {
        guard let found else { return refuse(.missed, id, nil, ctx) }
        var content = SessionContent(stored: found.content)
        // Others may have put the end off without changing the content.
        if let expires = found.expires { content.expire = expires.saturatedMilliseconds - Self.grace }
        // The name that the client sent never becomes that of a session which the store doesn't have.
        if let kind = refusal(of: content, found.content, at: now, ctx) {
            return refuse(kind, id, found.content, ctx)
        }
        hold(content)
        stored.id = id
        stored.isClients = true
        stored.isThere = true
        stored.revision = found.revision
        stored.expires = found.expires
    }

    private func namedCookie(_ ctx: Context) throws -> (value: String?, VerifiedCookie?) {
        guard options.isSigned else { return (ctx.cookies.get(options.key), nil) }
        let cookie = try ctx.cookies.verifiedCookie(options.key)
        return (cookie?.value, cookie)
    }

    /// Reads the session out of the cookie.
    func loadCookie(_ ctx: Context) throws {
        // What the options call may ask for the session, which is a new one until they have answered.
        create(ctx)
        let (named, cookie) = try namedCookie(ctx)
        guard let value = named, !value.isEmpty else { return }
        let found: JSONObject
        var isOld = false
        do {
            if let encryption = options.encryption {
                (found, isOld) = try encryption.open(value, for: options.key)
            } else {
                found = try (options.decode ?? SessionCookieText.decode)(value)
            }
        } catch let error as SessionError where error.code == .malformed {
            return
        } catch is JSONError {
            return
        } catch {
            // Else the next request would fail by it, too.
            try ctx.cookies.setCookie(options.key, nil, options.cookie(lasting: maxAge))
            ctx.keepOnError("Set-Cookie")
            throw error
        }
        let content = SessionContent(stored: found)
        if let kind = refusal(of: content, found, at: ctx.app.milliseconds, ctx) {
            return refuse(kind, nil, found, ctx)
        }
        hold(content)
        stored.cookie = cookie
        if isOld { mustSave = true }
    }

    /// Why a session that was found isn't granted; nil when it is.
    private func refusal(
        of content: SessionContent, _ found: JSONObject, at now: Int64, _ ctx: Context
    ) -> SessionEvent.Kind? {
        if let expire = content.expire, expire != 0, expire < now { return .expired }
        if let limit = options.absoluteLifetime, let created = content.created {
            let (end, isEndless) = created.addingReportingOverflow(limit.saturatedMilliseconds)
            if !isEndless, end < now { return .expired }
        }
        if let valid = options.valid, !valid(ctx, found) { return .invalid }
        return nil
    }

    /// A new session in place of the one that the client named.
    private func refuse(_ kind: SessionEvent.Kind, _ id: String?, _ found: JSONObject?, _ ctx: Context) {
        create(ctx)
        options.onEvent?(SessionEvent(kind: kind, id: id, content: found), ctx)
    }

    /// Whether stores have to know what to do with an id.
    static func isAcceptable(_ id: String, behind prefix: String) -> Bool {
        (1...255).contains(id.utf8.count + prefix.utf8.count) && isPrintable(id)
    }

    private static func isPrintable(_ id: String) -> Bool {
        // Without an early exit, the loop is one over vectors.
        id.utf8.withContiguousStorageIfAvailable { octets in
            octets.reduce(0 as UInt8) { $0 | ($1 &- 0x20 < 0x5F ? 0 : 1) } == 0
        } ?? id.utf8.allSatisfy { $0 &- 0x20 < 0x5F }
    }

    /// A session's name in the store.
    func storeName(_ id: String) -> String {
        options.storePrefix.isEmpty ? id : options.storePrefix + id
    }

    /// Throws a store's error as a 503, unless the options go on without a session.
    func failed(_ error: any Error, _ ctx: Context) throws {
        if error is CancellationError { throw error }
        if let error = error as? SessionError, error.code != .storeUnavailable { throw error }
        if options.storeFailure == .continueWithout {
            isAvailable = false
            ctx.logger.error("The request goes on without a session: \(error)")
            return
        }
        throw Self.unavailable(error)
    }

    /// A store's error as a 503.
    static func unavailable(_ error: any Error) -> any Error {
        if error is SessionError || error is CancellationError { return error }
        return SessionError(.storeUnavailable, "The store of the sessions can't be reached.", cause: error)
    }

    /// How much longer than the browser a store keeps a session, in milliseconds.
    static var grace: Int64 { 10_000 }
}

extension Date {
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// The milliseconds since 1970, within some ten thousand years; 0 for no number.
    var saturatedMilliseconds: Int64 {
        let milliseconds = timeIntervalSince1970 * 1000
        return milliseconds.isNaN ? 0 : Int64(min(max(milliseconds.rounded(.down), -1e15), 1e15))
    }
}
