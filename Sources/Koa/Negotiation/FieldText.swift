/// The bytes of header fields: tokens, white space, and comparing names without regard to case.
///
/// Everything works on UTF-8 bytes, in one pass, and knows ASCII only; other bytes are never white space, part of a
/// token, or equal to one of another case.
package enum FieldText {
    /// Whether a byte may stand in a token (RFC 9110 §5.6.2).
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "^")...UInt8(ascii: "z"), UInt8(ascii: "#")...UInt8(ascii: "'"),
            UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// Whether a text is a token: at least one byte, and nothing but token bytes.
    package static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
    }

    /// Whether a byte is optional white space (RFC 9110 §5.6.3): a space or a tab.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// The text without the spaces and tabs around it.
    package static func trim(_ text: Substring) -> Substring {
        var utf8 = text.utf8
        while let first = utf8.first, isSpace(first) { utf8.removeFirst() }
        while let last = utf8.last, isSpace(last) { utf8.removeLast() }
        return Substring(utf8)
    }

    /// The byte, in lower case when it is an ASCII capital.
    static func lowercase(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }

    /// Whether two texts are the same but for the case of their ASCII letters.
    static func equalsIgnoringCase(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
        left.utf8.count == right.utf8.count
            && left.utf8.elementsEqual(right.utf8) { $0 == $1 || lowercase($0) == lowercase($1) }
    }

    /// Whether a text is `*`.
    static func isStar(_ text: Substring) -> Bool {
        text.utf8.count == 1 && text.utf8.first == UInt8(ascii: "*")
    }

    /// Cuts a text at the first of a byte: what stands before it, and what stands after it, or nil where it is not found.
    static func cut(_ text: Substring, at byte: UInt8) -> (before: Substring, after: Substring?) {
        guard let index = text.utf8.firstIndex(of: byte) else { return (text, nil) }
        return (text[..<index], text[text.utf8.index(after: index)...])
    }
}

/// The parts of a list such as `a, b;c="1,2", d`, one after the other, without the white space around them.
///
/// Empty parts are parts too: an empty text has one. A quote that is not closed reaches to the end of the text.
///
/// ```swift
/// Array(FieldParts(#"a , "b,c""#, separator: ","))  // ["a", #""b,c""#]
/// ```
struct FieldParts: Sequence, IteratorProtocol {
    /// What a double quote means inside the list.
    enum Quoting {
        /// Nothing: each separator separates.
        case none
        /// Separators between two quotes don't separate. There are no escapes, as in entity tags.
        case plain
        /// The same, and a backslash takes the meaning from the byte after it, as in quoted strings (RFC 9110 §5.6.4).
        case escaped
    }

    private var rest: Substring?
    private let separator: UInt8
    private let quoting: Quoting

    init(_ text: some StringProtocol, separator: Unicode.Scalar, quoting: Quoting = .escaped) {
        var text = Substring(text)
        text.makeContiguousUTF8()
        rest = text
        self.separator = UInt8(ascii: separator)
        self.quoting = quoting
    }

    mutating func next() -> Substring? {
        guard var text = rest else { return nil }
        guard let offset = text.withUTF8(offsetOfSeparator) else {
            rest = nil
            return FieldText.trim(text)
        }
        let index = text.utf8.index(text.startIndex, offsetBy: offset)
        rest = text[text.utf8.index(after: index)...]
        return FieldText.trim(text[..<index])
    }

    private func offsetOfSeparator(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var (isQuoted, isEscaped) = (false, false)
        for (offset, byte) in bytes.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\""), quoting != .none {
                isQuoted.toggle()
            } else if isQuoted {
                isEscaped = byte == UInt8(ascii: "\\") && quoting == .escaped
            } else if byte == separator {
                return offset
            }
        }
        return nil
    }
}
