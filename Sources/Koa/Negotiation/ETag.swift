/// An entity tag (RFC 9110 §8.8.3): `"v1"`, or `W/"v1"` when it is weak.
///
/// ```swift
/// let tag = ETag(#"W/"v1""#)
/// tag?.isWeak  // true
/// tag?.opaque  // "v1"
/// ETag.quoted("v1")  // "\"v1\""
/// ```
package struct ETag: Hashable, Sendable, CustomStringConvertible {
    /// Whether responses with the same tag may differ in bytes.
    package let isWeak: Bool
    /// What stands between the quotes.
    package let opaque: String

    /// The tag as a field carries it.
    package var description: String { isWeak ? "W/\"\(opaque)\"" : "\"\(opaque)\"" }

    /// Reads one tag, and nothing else: a capital `W/` or none, a quote, visible bytes without a quote, a quote.
    ///
    /// - Returns: nil when the text is not exactly an entity tag.
    package init?(_ text: some StringProtocol) {
        var bytes = Substring(text).utf8
        isWeak = bytes.starts(with: "W/".utf8)
        if isWeak { bytes.removeFirst(2) }
        let quote = UInt8(ascii: "\"")
        guard bytes.count >= 2, bytes.removeFirst() == quote, bytes.removeLast() == quote,
            bytes.allSatisfy({ $0 > 0x20 && $0 != quote && $0 != 0x7F })
        else { return nil }
        opaque = String(Substring(bytes))
    }

    /// The field value that `ctx.etag = …` sets: the text in quotes, unless it starts with a quote or `W/` and a quote.
    package static func quoted(_ text: String) -> String {
        text.utf8.starts(with: "\"".utf8) || text.utf8.starts(with: "W/\"".utf8) ? text : "\"\(text)\""
    }

    /// Whether both tags say the same and neither is weak (RFC 9110 §8.8.3.2).
    package func matchesStrongly(_ other: ETag) -> Bool {
        !isWeak && !other.isWeak && matchesWeakly(other)
    }

    /// Whether both tags say the same, weak or not.
    package func matchesWeakly(_ other: ETag) -> Bool {
        opaque.utf8.elementsEqual(other.opaque.utf8)
    }
}

extension ETag {
    /// The value of `If-Match` or `If-None-Match`: any tag, or one of a list.
    ///
    /// ```swift
    /// ETag.Condition(#""v1", W/"v2""#)?.includesWeakly(ETag(#""v2""#))  // true
    /// ```
    package enum Condition: Hashable, Sendable {
        /// `*`: whatever there is.
        case any
        /// One of these.
        case tags([ETag])

        /// How many tags of a list count. To the others no response matches, which makes the client get a whole
        /// response, or its change refused.
        package static let maximumTags = 1000

        /// Reads the field.
        ///
        /// - Returns: nil when it is neither `*` nor a list of entity tags with at least one.
        package init?(_ field: some StringProtocol) {
            if FieldText.trim(Substring(field)) == "*" {
                self = .any
                return
            }
            var tags: [ETag] = []
            for part in FieldParts(field, separator: ",", quoting: .plain) where !part.isEmpty {
                guard let tag = ETag(part) else { return nil }
                if tags.count < Self.maximumTags { tags.append(tag) }
            }
            guard !tags.isEmpty else { return nil }
            self = .tags(tags)
        }

        /// Whether a representation's tag is meant, by the strong comparison that `If-Match` needs.
        ///
        /// - Parameter tag: nil is a representation without a tag, which only `*` includes.
        package func includesStrongly(_ tag: ETag?) -> Bool {
            includes(tag) { $0.matchesStrongly($1) }
        }

        /// Whether a representation's tag is meant, by the weak comparison that `If-None-Match` needs.
        ///
        /// - Parameter tag: nil is a representation without a tag, which only `*` includes.
        package func includesWeakly(_ tag: ETag?) -> Bool {
            includes(tag) { $0.matchesWeakly($1) }
        }

        private func includes(_ tag: ETag?, by matches: (ETag, ETag) -> Bool) -> Bool {
            switch self {
            case .any: true
            case .tags(let tags): tag.map { tag in tags.contains { matches($0, tag) } } ?? false
            }
        }
    }
}
