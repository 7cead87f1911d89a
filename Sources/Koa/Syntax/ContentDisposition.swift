/// The `Content-Disposition` field (RFC 6266): how a client should present a response, and a name to save it by.
///
/// Header text is ISO-8859-1 here, see ``Latin1``, so a name of its printable characters is sent as it is; any other is
/// sent twice, as a readable approximation in `filename` and in UTF-8 in `filename*` (RFC 8187).
package struct ContentDisposition: Sendable {
    /// A parameter, its name in lower case.
    package typealias Parameter = (name: String, value: String)

    /// The disposition, in lower case: `attachment`, `inline`, `form-data`.
    package var type: String

    /// The parameters, decoded, in the order in which they were first written.
    package var parameters: [Parameter]

    /// What stands in `filename` where the name itself cannot.
    package enum Fallback: Sendable, Hashable {
        /// The name with a `?` for each character outside ISO-8859-1.
        case automatic
        /// Nothing: such a name is in `filename*` alone.
        case none
        /// This text, of ISO-8859-1, for every name that differs from it.
        case text(String)
    }

    /// A disposition of its parts.
    package init(type: String, parameters: [Parameter] = []) {
        self.type = type
        self.parameters = parameters
    }

    /// The value of a parameter.
    ///
    /// - Parameter name: The name in lower case.
    package subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// Writes the field for a file.
    ///
    /// - Parameters:
    ///   - filename: The file's name, or its path, of which the last part counts; nil for none.
    ///   - type: The disposition, a token of either case.
    ///   - fallback: What older clients see.
    /// - Throws: ``ContentDispositionError/invalidType`` or ``ContentDispositionError/invalidFallback``.
    package static func format(
        filename: String?, type: String = "attachment", fallback: Fallback = .automatic
    ) throws(ContentDispositionError) -> String {
        guard Latin1.isToken(type) else { throw .invalidType }
        var header = type.lowercased()
        guard let filename else { return header }

        let name = baseName(filename)
        let fallbackName: String?
        switch fallback {
        case .automatic:
            fallbackName = approximation(name)
        case .none:
            fallbackName = nil
        case .text(let text):
            guard text.unicodeScalars.allSatisfy(isPrintable) else { throw .invalidFallback }
            fallbackName = baseName(text)
        }
        let replacement = fallbackName.flatMap { isSame($0, name) ? nil : $0 }
        let isText = !name.isEmpty && name.unicodeScalars.allSatisfy { isPrintable($0) || 0x80...0x9F ~= $0.value }
        if isText || replacement != nil {
            header += "; filename=\(quoted(replacement ?? name))"
        }
        if replacement != nil || !isText || hasEscape(name) {
            header += "; filename*=UTF-8''\(URLEncoding.encode(name, keeping: extendedCharacters))"
        }
        return header
    }

    /// What an extended value may hold as it is: `attr-char` of RFC 8187 as far as the reference leaves it.
    private static let extendedCharacters = ASCIISet.alphanumerics.union(ASCIISet("-_.!~"))

    /// Whether a character is one of ISO-8859-1 that can be seen, or a space.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        0x20...0x7E ~= scalar.value || 0xA0...0xFF ~= scalar.value
    }

    /// The text with a `?` for each UTF-16 unit that is not printable ISO-8859-1.
    static func approximation(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if isPrintable(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += scalar.value > 0xFFFF ? "??" : "?"
            }
        }
        return result
    }

    /// The last part of a path; slashes at its end don't count.
    private static func baseName(_ path: String) -> String {
        let slash = UInt8(ascii: "/")
        let end = path.utf8.lastIndex { $0 != slash }.map(path.utf8.index(after:)) ?? path.startIndex
        let start = path.utf8[..<end].lastIndex(of: slash).map(path.utf8.index(after:)) ?? path.startIndex
        return String(Substring(path.utf8[start..<end]))
    }

    /// Whether two texts are the same characters; Swift's `==` also unites composed and decomposed ones.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }

    /// Whether clients that decode what they should not would find an escape.
    private static func hasEscape(_ text: String) -> Bool {
        var digits: Int?
        for byte in text.utf8 {
            if byte == UInt8(ascii: "%") {
                digits = 0
            } else if let count = digits, byte.hexDigitValue != nil {
                if count == 1 { return true }
                digits = 1
            } else {
                digits = nil
            }
        }
        return false
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}

/// Why a `Content-Disposition` cannot be written or read.
package enum ContentDispositionError: Error, Hashable, CustomStringConvertible {
    /// The disposition to write is not a token.
    case invalidType
    /// The fallback has a character that is not printable ISO-8859-1.
    case invalidFallback
    /// The field to read does not begin with a token alone.
    case invalidTypeFormat
    /// What follows the type is not a list of parameters.
    case invalidParameterFormat
    /// A parameter stands there twice.
    case duplicateParameter
    /// A parameter whose name ends in `*` is not `charset'language'escapes`.
    case invalidExtendedValue
    /// An extended value's charset is neither UTF-8 nor ISO-8859-1.
    case unsupportedCharset
    /// There are more parameters than are read.
    case tooManyParameters

    package var description: String {
        switch self {
        case .invalidType: "invalid type"
        case .invalidFallback: "fallback must be ISO-8859-1 string"
        case .invalidTypeFormat: "invalid type format"
        case .invalidParameterFormat: "invalid parameter format"
        case .duplicateParameter: "invalid duplicate parameter"
        case .invalidExtendedValue: "invalid extended field value"
        case .unsupportedCharset: "unsupported charset in extended field"
        case .tooManyParameters: "too many parameters"
        }
    }
}
