package import KoaSession

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What each store of sessions has to do, as a test that any of them can be put to.
///
/// ```swift
/// @Test(arguments: StoreCheck.all) func holds(_ check: StoreCheck) async throws {
///     try await check.run(StoreUnderTest(MemorySessionStore()))
/// }
/// ```
package struct StoreCheck: Sendable, CustomStringConvertible {
    /// What the store does.
    package let description: String
    let body: @Sendable (StoreUnderTest) async throws -> Void

    init(_ description: String, _ body: @escaping @Sendable (StoreUnderTest) async throws -> Void) {
        self.description = description
        self.body = body
    }

    /// - Throws: ``StoreFailure`` when the store does otherwise; what the store throws.
    package func run(_ store: StoreUnderTest) async throws {
        try await body(store)
    }

    /// All checks.
    package static let all = contents + conditions + ends + names + parallel
}

/// A store, and the time at which it is asked.
package struct StoreUnderTest: Sendable {
    let store: any SessionStore
    /// The moment of the first call: of now for stores whose database has its own clock.
    let start: Date

    package init(_ store: any SessionStore, at start: Date = Date()) {
        self.store = store
        self.start = start
    }

    /// An id that no other check uses, so that all may share a database.
    func id(_ name: String = "check") -> String { name + "-" + UUID().uuidString }

    /// The moment so many seconds after the first call.
    func after(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

    func load(_ id: String, after seconds: Double = 0) async throws -> SessionRecord? {
        try await store.load(id, at: after(seconds))
    }

    /// Saves for an hour.
    @discardableResult
    func save(
        _ id: String, _ content: JSONObject, if condition: SessionCondition = .always, lasting: Double = 3600,
        after seconds: Double = 0
    ) async throws -> SessionSaving {
        try await store.save(id, content, until: after(seconds + lasting), if: condition, at: after(seconds))
    }

    /// The revision of a session that has to be there.
    func revision(_ id: String) async throws -> SessionRevision {
        guard let revision = try await load(id)?.revision else { throw StoreFailure("the session has no revision") }
        return revision
    }
}

/// What a store did wrong.
package struct StoreFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Throws a ``StoreFailure`` when something doesn't hold.
func require(_ holds: Bool, _ message: @autoclosure () -> String) throws {
    if !holds { throw StoreFailure(message()) }
}
