import Koa
import NIOCore

/// Reads `application/x-www-form-urlencoded`.
enum FormText {
    /// The tree of a form's fields, in which names nest as `qs` has it.
    ///
    /// An escape that is none, or whose bytes aren't UTF-8, leaves its text as it was sent.
    ///
    /// - Throws: ``BodyError`` `.tooLarge` for more fields than allowed.
    static func parse(_ bytes: ByteBuffer, limits: FormLimits) throws -> FormNode {
        var tree = FormTree(limits: limits)
        let text = Array(bytes.withoutByteOrderMark.readableBytesView)
        for part in text.split(separator: UInt8(ascii: "&")) {
            let field = unescapingBrackets(part)
            let equals = separator(of: field)
            let name = decode(field[..<(equals ?? field.endIndex)])
            let value = equals.map { decode(field[($0 + 1)...]) } ?? ""
            try tree.add(name, .text(value))
        }
        return tree.finish()
    }

    /// The place of the `=` that ends the name: the one behind a bracket, else the first.
    private static func separator(of field: ArraySlice<UInt8>) -> Int? {
        let equals = UInt8(ascii: "=")
        var first: Int?
        for index in field.indices where field[index] == equals {
            if index > field.startIndex, field[index - 1] == UInt8(ascii: "]") { return index }
            if first == nil { first = index }
        }
        return first
    }

    /// `%5B` and `%5D` are brackets wherever they stand.
    private static func unescapingBrackets(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.contains(UInt8(ascii: "%")) else { return bytes }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.endIndex, bytes[index + 1] == UInt8(ascii: "5"),
                let bracket = bracket(bytes[index + 2])
            {
                output.append(bracket)
                index += 3
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output[...]
    }

    private static func bracket(_ digit: UInt8) -> UInt8? {
        switch digit | 0x20 {
        case UInt8(ascii: "b"): UInt8(ascii: "[")
        case UInt8(ascii: "d"): UInt8(ascii: "]")
        default: nil
        }
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        let isPlain = bytes.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }
        guard !isPlain else { return String(decoding: bytes, as: UTF8.self) }
        let spaced = bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        let text = String(decoding: spaced, as: UTF8.self)
        return URLEncoding.decodeComponent(text) ?? text
    }
}
