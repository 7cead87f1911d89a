import Koa

/// The text of cases: ISO-8859-1 with escapes, so that a line of print stands for any bytes.
enum CaseText {
    /// What the text stands for.
    static func unescape(_ text: some StringProtocol) throws(CaseProblem) -> [UInt8] {
        var rest = Array(text.utf8)[...]
        return try unescape(&rest, until: nil)
    }

    /// Up to the end, or to the `*` of a repetition.
    private static func unescape(_ rest: inout ArraySlice<UInt8>, until mark: UInt8?) throws(CaseProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == mark { return bytes }
            guard (0x20..<0x7F).contains(byte) else { throw CaseProblem("write \\xHH for what isn't printable ASCII") }
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"): bytes.append(try byteOfDigits(&rest))
            case UInt8(ascii: "{"): bytes += try repetition(&rest)
            default: throw CaseProblem("an unknown escape")
            }
        }
        guard mark == nil else { throw CaseProblem("a repetition without its count") }
        return bytes
    }

    private static func byteOfDigits(_ rest: inout ArraySlice<UInt8>) throws(CaseProblem) -> UInt8 {
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        rest = rest.dropFirst(2)
        guard digits.utf8.count == 2, let byte = UInt8(digits, radix: 16) else {
            throw CaseProblem("\\x takes two digits")
        }
        return byte
    }

    private static func repetition(_ rest: inout ArraySlice<UInt8>) throws(CaseProblem) -> [UInt8] {
        let bytes = try unescape(&rest, until: UInt8(ascii: "*"))
        let digits = rest.prefix { $0 != UInt8(ascii: "}") }
        rest = rest.dropFirst(digits.count + 1)
        guard let count = Int(String(decoding: digits, as: UTF8.self)), count > 0 else {
            throw CaseProblem("a repetition without its count")
        }
        return [[UInt8]](repeating: bytes, count: count).flatMap(\.self)
    }

    /// The text for bytes, given as ISO-8859-1.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\r": escaped += "\\r"
            case "\n": escaped += "\\n"
            case "\t": escaped += "\\t"
            case "\\": escaped += "\\\\"
            case " "..<"\u{7F}": escaped.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                escaped += "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return escaped
    }
}

/// What is wrong with a file of cases.
struct CaseProblem: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
