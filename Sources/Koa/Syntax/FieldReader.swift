/// A cursor over a structured field value (RFC 9110 §5.6); each method takes what it names from the front, or nothing.
struct FieldReader {
    private var rest: Substring.UTF8View

    init(_ value: String) {
        rest = value[...].utf8
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { rest.isEmpty }

    /// The next byte, which stays.
    var next: UInt8? { rest.first }

    /// Takes one character, if it is the next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Takes spaces and tabs.
    mutating func skipWhitespace() {
        rest = rest.drop(while: \.isHTTPWhitespace)
    }

    /// Takes a token.
    mutating func readToken() -> String? {
        let set = ASCIISet.token
        let token = rest.prefix { set.contains($0) }
        guard !token.isEmpty else { return nil }
        rest = rest[token.endIndex...]
        return String(Substring(token))
    }

    /// Takes a quoted string and returns what it says: without the quotes, escapes undone. Characters are those of
    /// ISO-8859-1 that RFC 9110 §5.6.4 allows.
    mutating func readQuotedString() -> String? {
        guard rest.first == UInt8(ascii: "\"") else { return nil }
        var value: [UInt8] = []
        var isEscaped = false
        for index in rest.indices.dropFirst() {
            let byte = rest[index]
            guard byte == 0x09 || 0x20...0x7E ~= byte || 0x80...0xC3 ~= byte else { return nil }
            if isEscaped {
                value.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                rest = rest[rest.index(after: index)...]
                return String(decoding: value, as: UTF8.self)
            } else {
                value.append(byte)
            }
        }
        return nil
    }

    /// Takes either.
    mutating func readTokenOrQuotedString() -> String? {
        rest.first == UInt8(ascii: "\"") ? readQuotedString() : readToken()
    }
}
