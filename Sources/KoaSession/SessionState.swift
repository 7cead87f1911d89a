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

    @exclusivity(unchecked) private var setup: SessionSetup
    let store: HeldStore?
    /// The session of the `session()` around this one.
    let outer: SessionState?

    /// In place of the options' own.
    @exclusivity(unchecked) var maxAge: SessionAge?
    @exclusivity(unchecked) var phase = Phase.untouched
    @exclusivity(unchecked) private(set) var content = SessionContent()
    /// As it was loaded; nil for a new session.
    @exclusivity(unchecked) var original: SessionContent?
    @exclusivity(unchecked) var isNew = false
    @exclusivity(unchecked) var mustSave = false
    /// Whether this request has set how long it lasts.
    @exclusivity(unchecked) private(set) var hasOwnAge = false
    /// False when the store can't be reached and the request goes on without.
    @exclusivity(unchecked) var isAvailable = true
    /// Whether it was saved at the end: later changes would be lost.
    @exclusivity(unchecked) var isClosed = false
    /// Counts the changes, for whoever keeps something made of the values.
    @exclusivity(unchecked) private(set) var changes = 0
    /// The typed view that was asked for last.
    @exclusivity(unchecked) var typed: TypedView?
    /// Keys that are worth nothing under another id.
    @exclusivity(unchecked) private var keysOfID: [String] = []
    @exclusivity(unchecked) var stored = StoredState()

    init(_ setup: SessionSetup, outer: SessionState?, _ ctx: Context) {
        self.setup = setup
        self.store = setup.options.contextStore.map { HeldStore($0(ctx)) } ?? setup.store
        self.outer = outer
        maxAge = setup.options.maxAge
    }

    /// This request's options, but for how long the session lasts.
    var options: SessionOptions { setup.options }

    /// The cookie of the age that the session has, if it is the options'.
    var preparedCookie: PreparedCookie? { maxAge == setup.options.maxAge ? setup.cookie : nil }

    func set(_ options: SessionOptions) {
        setup = SessionSetup(options, setup.store)
        maxAge = options.maxAge
    }

    // MARK: Values

    /// The values; reads the cookie when nobody has yet.
    func values(_ ctx: Context) -> JSONObject {
        touch(ctx)
        return content.values
    }

    /// How many values there are.
    func count(_ ctx: Context) -> Int {
        touch(ctx)
        return content.count
    }

    /// The value of a key.
    func json(_ key: String, _ ctx: Context) -> JSON? {
        touch(ctx)
        return content[key]
    }

    /// Changes the values.
    func change(_ ctx: Context, _ body: (inout JSONObject) -> Void) {
        guard beginChange(ctx) else { return }
        body(&content.values)
    }

    private func beginChange(_ ctx: Context) -> Bool {
        touch(ctx)
        guard isOpen(ctx) else { return false }
        if phase == .removed { beginAnew(ctx) }
        changes += 1
        return true
    }

    /// Sets a value; nil removes it.
    func set(_ value: JSON?, forKey key: String, _ ctx: Context) {
        guard !SessionContent.isReserved(key) else { return ctx.refuse(SessionError.reservedKey(key)) }
        guard beginChange(ctx) else { return }
        content.set(value, forKey: key)
    }

    func secret(_ key: String, _ ctx: Context) -> String? {
        keysOfID.append(key)
        return json(key, ctx)?.string
    }

    func setSecret(_ text: String, forKey key: String, _ ctx: Context) {
        keysOfID.append(key)
        set(.string(text), forKey: key, ctx)
    }

    /// Sets how long it lasts.
    func setAge(_ age: SessionAge?, _ ctx: Context) {
        touch(ctx)
        guard isOpen(ctx) else { return }
        maxAge = age
        hasOwnAge = true
        mustSave = true
    }

    /// Puts other values in the place of all; a cookie that nobody has read isn't read any more.
    func replace(_ values: JSONObject, _ ctx: Context) {
        guard isOpen(ctx) else { return }
        phase = .held
        isNew = false
        changes += 1
        content.values = values
        content.expire = nil
    }

    /// Makes the session one that is removed when it is committed.
    func remove(_ ctx: Context) {
        guard isOpen(ctx) else { return }
        drop()
    }

    /// Forgets the session.
    func drop() {
        phase = .removed
        changes += 1
        content.values = JSONObject()
    }

    /// What was destroyed doesn't come back under its id.
    private func beginAnew(_ ctx: Context) {
        let (old, others) = (stored.isThere ? stored.id : nil, stored.former)
        create(ctx)
        stored.former = others + (old.map { [$0] } ?? [])
        changes += 1
    }

    private func isOpen(_ ctx: Context) -> Bool {
        guard isClosed else { return true }
        ctx.refuse(
            SessionError(.tooLate, "The session was changed after session() had saved it: move session() further up."))
        return false
    }

    /// Takes values that another request has saved, with this one's changes to them.
    func adopt(merged values: JSONObject) {
        changes += 1
        content.values = values
    }

    /// Forgets what is worth nothing under another id.
    func dropKeysOfID() {
        for key in keysOfID where content.values.removeValue(forKey: key) != nil { changes += 1 }
    }

    // MARK: Loading

    /// Reads the cookie when nobody has yet.
    func touch(_ ctx: Context) {
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
        // First of all: what the options call may ask for the session.
        phase = .held
        isNew = true
        content = SessionContent()
        original = nil
        stored = StoredState()
        if store != nil { stored.id = options.generateID?(ctx) }
    }

    /// Takes a session that was found.
    func hold(_ found: SessionContent) {
        phase = .held
        isNew = false
        content = found
        original = found
        if let age = found.maxAge { maxAge = age }
    }
}

/// The typed view of a session, which isn't decoded again as long as nothing has changed.
final class TypedView {
    let value: Any
    /// The value as it is written, where that is known.
    let members: JSONObject?
    /// How many changes of the session it is of.
    let changes: Int

    init(_ value: Any, _ members: JSONObject?, _ changes: Int) {
        self.value = value
        self.members = members
        self.changes = changes
    }
}

/// What is known of a session in the store.
struct StoredState {
    /// The id; made when it is needed, unless the options make it.
    var id: String?
    /// The cookie by which the client has named it.
    var cookie: VerifiedCookie?
    /// Whether the client has named it, and knows it without being told.
    var isClients = false
    /// Whether the store has a session of that id.
    var isThere = false
    var revision: SessionRevision?
    /// When the store drops it, where it tells.
    var expires: Date?
    /// What this request has saved last, and for how long.
    var saved: SessionContent?
    var savedAge: SessionAge?
    /// Ids that this request has given up, whose sessions are to be removed.
    var former: [String] = []
}
