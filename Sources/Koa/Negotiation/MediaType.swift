/// A media type as `Content-Type` carries it (RFC 9110 §8.3.1): `text/html; charset=utf-8`.
///
/// Type, subtype and the names of parameters are kept in lower case, and the values of parameters as they were written,
/// without quotes and escapes. White space around `=` and empty parameters (`text/html;`) are forgiven; anything else
/// that the grammar does not know makes the whole text no media type.
///
/// ```swift
/// let type = MediaType(#"Multipart/Form-Data; boundary="a b""#)
/// type?.essence                // "multipart/form-data"
/// type?.parameter("boundary")  // "a b"
/// ```
package struct MediaType: Hashable, Sendable {
    /// One `name=value`.
    package struct Parameter: Hashable, Sendable {
        /// In lower case.
        package let name: String
        /// Without quotes and escapes.
        package let value: String
    }

    /// `text` of `text/html`.
    package let type: String
    /// `svg+xml` of `image/svg+xml`.
    package let subtype: String
    /// The parameters in the order in which they were written, repeated ones too.
    package let parameters: [Parameter]

    /// Type and subtype: `text/html`.
    package var essence: String { "\(type)/\(subtype)" }

    /// The structured syntax suffix (RFC 6838 §4.2.8), `xml` of `image/svg+xml`, or nil.
    package var suffix: Substring? {
        guard let plus = subtype.utf8.lastIndex(of: UInt8(ascii: "+")) else { return nil }
        let suffix = subtype[subtype.utf8.index(after: plus)...]
        return suffix.isEmpty ? nil : suffix
    }

    /// Whether both names are ones that could be registered (RFC 6838 §4.2): at most 127 letters, digits and
    /// `!#$&-^_.+`, a letter or digit first, and `.` and `+` in the subtype only. `text/*` has none.
    package var hasRegistrableNames: Bool {
        Self.isRegistrable(type, dotsAndPluses: false) && Self.isRegistrable(subtype, dotsAndPluses: true)
    }

    /// Reads a media type.
    ///
    /// - Parameter text: The field value. White space around it is not looked at.
    /// - Returns: nil when the text is not a media type.
    package init?(_ text: some StringProtocol) {
        let (head, tail) = FieldText.cut(Substring(text), at: UInt8(ascii: ";"))
        let (type, subtype) = FieldText.cut(FieldText.trim(head), at: UInt8(ascii: "/"))
        guard let subtype, FieldText.isToken(type), FieldText.isToken(subtype) else { return nil }
        self.type = type.lowercased()
        self.subtype = subtype.lowercased()
        var parameters: [Parameter] = []
        if let tail {
            for part in FieldParts(tail, separator: ";") where !part.isEmpty {
                guard let parameter = Parameter(part) else { return nil }
                parameters.append(parameter)
            }
        }
        self.parameters = parameters
    }

    /// The value of a parameter, whatever the case of its name, or nil. The last one counts where it is repeated.
    package func parameter(_ name: String) -> String? {
        parameters.last { FieldText.equalsIgnoringCase($0.name, name) }?.value
    }

    private static func isRegistrable(_ name: String, dotsAndPluses: Bool) -> Bool {
        guard name.utf8.count <= 127, let first = name.utf8.first, isAlphanumeric(first) else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "-"),
                UInt8(ascii: "^"), UInt8(ascii: "_"):
                true
            case UInt8(ascii: "."), UInt8(ascii: "+"): dotsAndPluses
            default: isAlphanumeric(byte)
            }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}

extension MediaType.Parameter {
    /// Reads `name=value` or `name="value"`.
    fileprivate init?(_ text: Substring) {
        let (before, after) = FieldText.cut(text, at: UInt8(ascii: "="))
        let name = FieldText.trim(before)
        guard let after, FieldText.isToken(name) else { return nil }
        let raw = FieldText.trim(after)
        if FieldText.isToken(raw) {
            value = String(raw)
        } else {
            guard let unquoted = Self.unquote(raw) else { return nil }
            value = unquoted
        }
        self.name = name.lowercased()
    }

    /// What a quoted string says (RFC 9110 §5.6.4), or nil when it is not one from its first byte to its last.
    private static func unquote(_ text: Substring) -> String? {
        let quote = UInt8(ascii: "\"")
        guard text.utf8.count >= 2, text.utf8.first == quote, text.utf8.last == quote else { return nil }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8.dropFirst().dropLast() {
            guard byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t") else { return nil }
            if !isEscaped && byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            guard isEscaped || byte != quote else { return nil }
            isEscaped = false
            bytes.append(byte)
        }
        return isEscaped ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
