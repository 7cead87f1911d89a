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
        let named: String?
        if let externalKey = options.externalKey {
            named = externalKey.get(ctx)
        } else {
            named = try ctx.cookies.get(options.key, signed: options.isSigned)
        }
        guard let id = named, !id.isEmpty else { return create(ctx) }
        guard isAcceptable(id) else { return miss(id, ctx) }
        let name = options.storePrefix + id
        let now = ctx.app.clock.now
        let found: SessionRecord?
        do {
            found = try await store.load(name, at: now)
        } catch {
            try failed(error, ctx)
            return create(ctx)
        }
        guard let found else { return miss(id, ctx) }
        var content = SessionContent(stored: found.content)
        // Others may have put the end off without changing the content.
        if let expires = found.expires { content.expire = Self.milliseconds(expires) - Self.grace }
        // The name that the client sent never becomes that of a session which the store doesn't have.
        guard grants(content, found.content, id: id, ctx) else { return create(ctx) }
        hold(content)
        stored = StoredState(id: id, isThere: true, revision: found.revision, expires: found.expires)
    }

    private func miss(_ id: String, _ ctx: Context) {
        options.onEvent?(SessionEvent(kind: .missed, id: id, content: nil), ctx)
        create(ctx)
    }

    /// Whether stores have to know what to do with an id.
    private func isAcceptable(_ id: String) -> Bool {
        id.utf8.count + options.storePrefix.utf8.count <= 255 && id.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    }

    /// Throws a store's error as a 503, unless the options go on without a session.
    func failed(_ error: any Error, _ ctx: Context) throws {
        if error is CancellationError { throw error }
        if options.storeFailure == .continueWithout {
            isAvailable = false
            ctx.logger.error("The request goes on without a session: \(error)")
            return
        }
        if error is SessionError { throw error }
        throw SessionError(.storeUnavailable, "The store of the sessions can't be reached.", cause: error)
    }

    /// How much longer than the browser a store keeps a session, in milliseconds.
    static var grace: Int64 { 10_000 }

    static func milliseconds(_ date: Date) -> Int64 {
        Int64(min(max(date.timeIntervalSince1970 * 1000, -1e15), 1e15))
    }
}
