public import Koa

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A session as a ``SessionStore`` has it.
///
/// ```swift
/// let record = SessionRecord(content: ["views": 1], expires: nil, revision: .number(3))
/// ```
public struct SessionRecord: Sendable, Hashable {
    /// What it holds, `_expire` and the like among it.
    public var content: JSONObject
    /// When it ends, if the store keeps that apart from the content; it then counts in place of the content's `_expire`.
    public var expires: Date?
    /// What tells this state of the session from later ones.
    public var revision: SessionRevision?

    /// Makes a record.
    public init(content: JSONObject, expires: Date? = nil, revision: SessionRevision? = nil) {
        self.content = content
        self.expires = expires
        self.revision = revision
    }
}

/// What tells one state of a stored session from the others: a number that counts up, or the text as it is stored.
///
/// ```swift
/// let revision: SessionRevision = .number(1)
/// ```
public enum SessionRevision: Sendable, Hashable {
    /// A number that each saving changes.
    case number(Int64)
    /// The stored text itself.
    case text(String)
}

/// When a ``SessionStore`` may save.
///
/// ```swift
/// let condition: SessionCondition = .unchanged(.number(1))
/// ```
public enum SessionCondition: Sendable, Hashable {
    /// In any case.
    case always
    /// As long as there is no session of that id.
    case absent
    /// As long as the session is there, and in the state of that revision.
    case unchanged(SessionRevision)
}

/// What became of saving a session.
///
/// ```swift
/// let saving: SessionSaving = .saved(.number(2))
/// ```
public enum SessionSaving: Sendable, Hashable {
    /// It was saved, and is now in the state of that revision; nil for a store that doesn't tell states apart.
    case saved(SessionRevision?)
    /// The condition didn't hold: nothing was changed.
    case refused
}

extension JSONObject {
    /// The object as compact JSON text: what stores of text keep.
    public var jsonText: String { JSON.object(self).description }

    /// Reads the JSON text of an object.
    ///
    /// - Throws: ``SessionError`` `.malformed` for any other text.
    public init(jsonText text: String) throws {
        let json: JSON
        do {
            json = try JSON(parsing: text)
        } catch {
            throw SessionError(.malformed, "The stored session is no JSON.", cause: error)
        }
        guard let object = json.object else {
            throw SessionError(.malformed, "The stored session is no JSON object.")
        }
        self = object
    }
}
