/// Why a cookie was refused.
///
/// ``message`` is the reference's wording; ``hint`` says what to change, and `"\(error)"` gives both.
///
/// ```swift
/// do {
///     try ctx.cookies.setCookie("note", text, nil)
/// } catch where error.code == .invalidValue {
///     try ctx.cookies.setCookie("note", percentEncoded(text), nil)
/// }
/// ```
public struct CookieError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of refusal; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// The name is empty, or holds something else than visible ASCII, or `;` or `=`.
        public static let invalidName = Code("invalidName")
        /// The value holds `;`, a control character or a character above U+00FF.
        public static let invalidValue = Code("invalidValue")
        /// The path holds `;` or something else than printable ASCII.
        public static let invalidPath = Code("invalidPath")
        /// The domain holds `;` or something else than printable ASCII.
        public static let invalidDomain = Code("invalidDomain")
        /// The moment of expiry is not a finite number of seconds.
        public static let invalidExpires = Code("invalidExpires")
        /// The word is not a priority.
        public static let invalidPriority = Code("invalidPriority")
        /// The word is not a value of `samesite`.
        public static let invalidSameSite = Code("invalidSameSite")
        /// A signature was asked for, and the application has no keys.
        public static let keysRequired = Code("keysRequired")
        /// A secure cookie was to be set over a connection that is not encrypted.
        public static let insecureConnection = Code("insecureConnection")
    }

    /// The kind of refusal.
    public let code: Code

    /// What is wrong, in the reference's wording.
    public let message: String

    /// What to change.
    public let hint: String

    /// The message and the hint.
    public var description: String { "\(message): \(hint)" }

    static func invalidName(_ name: String) -> Self {
        .init(
            code: .invalidName,
            message: "argument name is invalid",
            hint: "\(quoted(name)) must be one or more visible ASCII characters, none of them ';' or '='"
        )
    }

    static func invalidValue(of name: String) -> Self {
        .init(
            code: .invalidValue,
            message: "argument value is invalid",
            hint: "the value of \(quoted(name)) has a ';', a control character or one above U+00FF; encode it first, "
                + "in base64 or percent-encoding"
        )
    }

    static func invalidPath(_ path: String) -> Self {
        .init(
            code: .invalidPath,
            message: "option path is invalid",
            hint: "\(quoted(path)) must be printable ASCII without ';'; percent-encode the rest"
        )
    }

    static func invalidDomain(_ domain: String) -> Self {
        .init(
            code: .invalidDomain,
            message: "option domain is invalid",
            hint: "\(quoted(domain)) must be printable ASCII without ';', such as \"example.com\""
        )
    }

    static let invalidExpires = Self(
        code: .invalidExpires,
        message: "option expires is invalid",
        hint: "its seconds since 1970 must be a finite number"
    )

    static func invalidPriority(_ word: String) -> Self {
        .init(
            code: .invalidPriority,
            message: "option priority is invalid",
            hint: "\(quoted(word)) must be low, medium or high"
        )
    }

    static func invalidSameSite(_ word: String) -> Self {
        .init(
            code: .invalidSameSite,
            message: "option sameSite is invalid",
            hint: "\(quoted(word)) must be strict, lax or none"
        )
    }

    static let keysRequired = Self(
        code: .keysRequired,
        message: ".keys required for signed cookies",
        hint: "import KoaKeygrip and set app.keys = [\"a long random secret\"], or pass signed: false"
    )

    static let insecureConnection = Self(
        code: .insecureConnection,
        message: "Cannot send secure cookie over unencrypted connection",
        hint: "serve over TLS, or set app.proxy = true behind a proxy that ends TLS and sends X-Forwarded-Proto"
    )

    /// The text as a Swift literal, so that a line break in it forges no line of a log, and not all of a long one.
    private static func quoted(_ text: String) -> String {
        let shown = text.prefix(64)
        return String(shown).debugDescription + (shown.endIndex < text.endIndex ? "…" : "")
    }
}
