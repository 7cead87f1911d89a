extension CookieOptions {
    /// Which requests of other sites carry a cookie (the `samesite` attribute).
    ///
    /// It is no Optional, so that ``none`` means `samesite=none` and not the attribute's absence. A Boolean literal
    /// reads as the reference's does: `true` is ``strict``, `false` is ``unset``.
    ///
    /// ```swift
    /// var options = CookieOptions(sameSite: .lax)
    /// options.sameSite = try .init(configuration["samesite"] ?? "strict")
    /// ```
    public struct SameSite: Sendable, Hashable, ExpressibleByBooleanLiteral {
        /// The word of the attribute in lower case, nil when there is none.
        package let word: String?

        private init(word: String?) {
            self.word = word
        }

        /// No attribute: the browser's own default.
        public static let unset = SameSite(word: nil)

        /// Requests of the same site alone.
        public static let strict = SameSite(word: "strict")

        /// Requests of the same site, and links followed from another.
        public static let lax = SameSite(word: "lax")

        /// Requests of every site; browsers want the cookie to be `secure`, too.
        public static let none = SameSite(word: "none")

        /// ``strict`` for `true`, ``unset`` for `false`.
        public init(booleanLiteral value: Bool) {
            self = value ? .strict : .unset
        }

        /// The value named by `strict`, `lax` or `none`, whatever the case of its letters.
        ///
        /// - Throws: ``CookieError`` `option sameSite is invalid` for any other word.
        public init(_ word: String) throws(CookieError) {
            let word = word.lowercased()
            guard ["strict", "lax", "none"].contains(word) else { throw .invalidSameSite(word) }
            self.init(word: word)
        }
    }

    /// What a browser evicts first when it has too many cookies of one site (the `priority` attribute).
    ///
    /// ```swift
    /// ctx.cookies.set("theme", "dark", .init(priority: .low))
    /// ```
    public struct Priority: Sendable, Hashable {
        /// The word of the attribute in lower case.
        package let word: String

        private init(word: String) {
            self.word = word
        }

        /// Evicted first.
        public static let low = Priority(word: "low")

        /// What browsers take for a cookie that names none.
        public static let medium = Priority(word: "medium")

        /// Evicted last.
        public static let high = Priority(word: "high")

        /// The value named by `low`, `medium` or `high`, whatever the case of its letters.
        ///
        /// - Throws: ``CookieError`` `option priority is invalid` for any other word.
        public init(_ word: String) throws(CookieError) {
            let word = word.lowercased()
            guard ["low", "medium", "high"].contains(word) else { throw .invalidPriority(word) }
            self.init(word: word)
        }
    }
}
