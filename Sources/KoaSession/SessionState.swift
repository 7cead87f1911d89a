import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The session of one request: loaded once, changed by the middleware, and saved when they have run.
final class SessionState: HeldSession {
    enum Phase {
        /// Nobody has asked for it: a cookie isn't read before.
        case untouched
        case held
        case removed
    }

    /// This request's copy.
    @exclusivity(unchecked) var options: SessionOptions
    let store: (any SessionStore)?
    /// The session of the `session()` around this one.
    let outer: SessionState?

    @exclusivity(unchecked) var phase = Phase.untouched
    @exclusivity(unchecked) private(set) var content = SessionContent()
    /// The values as they were loaded; nil for a new session.
    @exclusivity(unchecked) var original: JSONObject?
    @exclusivity(unchecked) var isNew = false
    @exclusivity(unchecked) var mustSave = false
    /// False when the store can't be reached and the request goes on without.
    @exclusivity(unchecked) var isAvailable = true
    /// Whether it was saved at the end: later changes would be lost.
    @exclusivity(unchecked) var isClosed = false
    /// Whether it got a new id within this request.
    @exclusivity(unchecked) var wasRegenerated = false
    /// Counts the changes, for whoever keeps something made of the values.
    @exclusivity(unchecked) private(set) var changes = 0
    /// The typed view that was asked for last, and the count of the changes that it is of.
    @exclusivity(unchecked) var typed: (value: Any, changes: Int)?
    @exclusivity(unchecked) var stored = StoredState()

    /// What is known of the session in the store.
    struct StoredState {
        /// The id; made when it is needed, unless the options make it.
        var id: String?
        /// Whether the store has a session of that id.
        var isThere = false
        var revision: SessionRevision?
        /// When the store drops it, where it tells.
        var expires: Date?
        /// What this request has saved last.
        var saved: JSONObject?
    }

    init(_ options: SessionOptions, _ store: (any SessionStore)?, outer: SessionState?) {
        self.options = options
        self.store = store
        self.outer = outer
    }

    // MARK: Values

    /// The values; reads the cookie when nobody has yet.
    func values(_ ctx: Context) -> JSONObject {
        touch(ctx)
        return content.values
    }

    /// Changes the values.
    func change(_ ctx: Context, _ body: (inout JSONObject) -> Void) {
        touch(ctx)
        guard !isClosed else {
            return ctx.refuse(
                SessionError(
                    .tooLate, "The session was changed after session() had saved it: move session() further up."))
        }
        if phase == .removed { replace(JSONObject()) }
        changes += 1
        body(&content.values)
    }

    /// Sets a value; nil removes it.
    func set(_ value: JSON?, forKey key: String, _ ctx: Context) {
        guard !SessionContent.isReserved(key) else { return ctx.refuse(SessionError.reservedKey(key)) }
        change(ctx) { $0[key] = value }
    }

    func text(_ key: String, _ ctx: Context) -> String? { values(ctx)[key]?.string }

    func set(_ text: String, forKey key: String, _ ctx: Context) { set(.string(text), forKey: key, ctx) }

    /// Puts other values in the place of all; a cookie that nobody has read isn't read any more.
    func replace(_ values: JSONObject) {
        phase = .held
        isNew = false
        changes += 1
        content.values = values
        content.expire = nil
    }

    /// Makes the session one that is removed when it is committed.
    func remove() {
        phase = .removed
        changes += 1
        content.values = JSONObject()
    }

    /// Takes values that another request has saved, with this one's changes to them.
    func adopt(merged values: JSONObject) {
        changes += 1
        content.values = values
    }

    // MARK: Loading

    private func touch(_ ctx: Context) {
        guard phase == .untouched else { return }
        guard store == nil else { return create(ctx) }
        do {
            try loadCookie(ctx)
        } catch {
            create(ctx)
            ctx.refuse(error)
        }
    }

    /// A new session.
    func create(_ ctx: Context) {
        phase = .held
        isNew = true
        content = SessionContent()
        original = nil
        stored = StoredState(id: store == nil ? nil : options.generateID?(ctx))
    }

    /// Takes a session that was found.
    func hold(_ found: SessionContent) {
        phase = .held
        content = found
        original = found.values
        if let age = found.maxAge { options.maxAge = age }
    }

    private func loadCookie(_ ctx: Context) throws {
        guard let value = try ctx.cookies.get(options.key, signed: options.isSigned), !value.isEmpty else {
            return create(ctx)
        }
        let found: JSONObject
        var isOld = false
        do {
            if let encryption = options.encryption {
                (found, isOld) = try encryption.open(value, for: options.key)
            } else {
                found = try (options.decode ?? SessionCookieText.decode)(value)
            }
        } catch let error as SessionError where error.code == .malformed {
            return create(ctx)
        } catch is JSONError {
            return create(ctx)
        } catch {
            // Else the next request would fail by it, too.
            try ctx.cookies.setCookie(options.key, nil, options.cookie)
            ctx.keepOnError("Set-Cookie")
            throw error
        }
        let content = SessionContent(stored: found)
        guard grants(content, found, id: nil, ctx) else { return create(ctx) }
        hold(content)
        if isOld { mustSave = true }
    }

    /// Whether a session that was found is granted; tells of those that aren't.
    func grants(_ content: SessionContent, _ found: JSONObject, id: String?, _ ctx: Context) -> Bool {
        let now = ctx.app.clock.milliseconds
        var kind: SessionEvent.Kind?
        if let expire = content.expire, expire != 0, expire < now { kind = .expired }
        if let limit = options.absoluteLifetime, let created = content.created,
            created.addingReportingOverflow(limit.saturatedMilliseconds).partialValue < now,
            !created.addingReportingOverflow(limit.saturatedMilliseconds).overflow
        {
            kind = .expired
        }
        if kind == nil, let valid = options.valid, !valid(ctx, found) { kind = .invalid }
        guard let kind else { return true }
        options.onEvent?(SessionEvent(kind: kind, id: id, content: found), ctx)
        return false
    }
}
