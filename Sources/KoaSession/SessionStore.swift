public import Koa

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Where sessions are kept when not in the cookie: in memory, in files, or in a database that several servers share.
///
/// ```swift
/// struct Forgetful: SessionStore {
///     func load(_ id: String, at now: Date) async throws -> SessionRecord? { nil }
///     func save(
///         _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
///     ) async throws -> SessionSaving { .saved(nil) }
///     func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async throws -> Bool { false }
///     func destroy(_ id: String) async throws {}
/// }
/// ```
///
/// Each call answers or throws within a few seconds, whatever has become of the database: what it throws makes the request
/// a 503 (``SessionOptions/storeFailure``). Calls come from many tasks at a time. Ids have 1 to 255 characters of ASCII, no
/// control characters among them, and may otherwise be anything a client can send: quotes, slashes, dots, spaces.
public protocol SessionStore: Sendable {
    /// The session of an id; nil when there is none, or its time is over at `now`.
    ///
    /// - Throws: when the store can't be reached. What is stored and can't be read counts as none.
    nonisolated(nonsending) func load(_ id: String, at now: Date) async throws -> SessionRecord?

    /// Saves a session, if the condition holds; both in one step, so that of two requests at a time one is refused. A
    /// session whose time is over at `now` counts as none.
    ///
    /// - Returns: ``SessionSaving/saved(_:)``, or ``SessionSaving/refused`` when the condition doesn't hold.
    nonisolated(nonsending) func save(
        _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
    ) async throws -> SessionSaving

    /// Puts off the end of a session that is there, and leaves alone what others have saved meanwhile.
    ///
    /// - Parameter content: as it was loaded, for stores that keep the end within it.
    /// - Returns: whether it is there.
    nonisolated(nonsending) func touch(
        _ id: String, _ content: JSONObject, until expiry: Date, at now: Date
    ) async throws -> Bool

    /// Removes a session, if there is one.
    nonisolated(nonsending) func destroy(_ id: String) async throws

    /// Removes the sessions whose time is over.
    ///
    /// Nothing by default: for stores that do so by themselves.
    ///
    /// - Returns: how many they were, as far as that is known.
    @discardableResult
    func removeExpired(at now: Date) async throws -> Int
}

extension SessionStore {
    /// Nothing to remove.
    @discardableResult
    public func removeExpired(at now: Date) async throws -> Int { 0 }
}
