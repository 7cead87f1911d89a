public import Koa

/// What ``SessionOptions/onEvent`` is told: that a session which a client named isn't granted.
///
/// ```swift
/// var options = SessionOptions()
/// options.onEvent = { event, ctx in ctx.logger.info("session \(event.kind)") }
/// ```
public struct SessionEvent: Sendable {
    /// Why the client got a new session instead.
    public enum Kind: String, Sendable, Hashable {
        /// The store has none of that id (`session:missed` in the reference).
        case missed
        /// Its time is over (`session:expired`).
        case expired
        /// ``SessionOptions/valid`` refused it (`session:invalid`).
        case invalid
    }

    /// Why.
    public let kind: Kind
    /// The id in the store; nil for a session in a cookie.
    public let id: String?
    /// What the session held; nil where it was missed.
    public let content: JSONObject?
}
