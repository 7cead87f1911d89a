/// Why keys were refused.
///
/// ```swift
/// do {
///     app.signer = try Keygrip(secrets)
/// } catch {
///     app.logger.warning("cookies are not signed: \(error)")
/// }
/// ```
public struct KeygripError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of refusal; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The list of keys is empty.
        public static let keysRequired = Code(description: "keysRequired")

        /// One of the keys is empty, by which anyone could sign.
        public static let emptyKey = Code(description: "emptyKey")
    }

    /// The kind of refusal.
    public let code: Code

    /// What is wrong.
    public let message: String

    /// What to change.
    public let hint: String

    /// The message and the hint.
    public var description: String { "\(message) \(hint)" }

    static let keysRequired = Self(
        code: .keysRequired,
        message: "Keys must be provided.",
        hint: "Pass at least one, such as Keygrip([\"a long random secret\"])."
    )

    static let emptyKey = Self(
        code: .emptyKey,
        message: "Keys must not be empty.",
        hint: "Anyone can sign by an empty key; is the variable that holds it set?"
    )
}
