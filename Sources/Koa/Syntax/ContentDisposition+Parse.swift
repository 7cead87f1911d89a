extension ContentDisposition {
    /// How many parameters are read; a field with more is refused.
    private static let parameterLimit = 100

    /// Reads a field value (RFC 6266 §4, with RFC 8187's extended values).
    ///
    /// An extended value (`filename*`) wins over the plain one of its name (`filename`), whichever comes first. RFC 2231's
    /// continuations (`filename*0`) are not joined, but are parameters of their own.
    ///
    /// - Parameter value: The text, characters up to U+00FF standing for bytes.
    /// - Throws: ``ContentDispositionError``, the first that applies.
    package init(parsing value: String) throws(ContentDispositionError) {
        var reader = FieldReader(value)
        guard let type = reader.readToken() else { throw .invalidTypeFormat }
        reader.skipWhitespace()
        guard reader.isAtEnd || reader.next == UInt8(ascii: ";") else { throw .invalidTypeFormat }
        self.init(type: type.lowercased())

        var seen: Set<String> = []
        var extended: Set<String> = []
        while !reader.isAtEnd {
            let parameter = try Self.readParameter(&reader)
            let name = parameter.name
            guard seen.insert(name).inserted else { throw .duplicateParameter }
            guard seen.count <= Self.parameterLimit else { throw .tooManyParameters }
            if name.firstIndex(of: "*") == name.indices.last {
                guard !parameter.isQuoted else { throw .invalidExtendedValue }
                let plainName = String(name.dropLast())
                set(plainName, to: try Self.decodeExtended(parameter.value))
                extended.insert(plainName)
            } else if !extended.contains(name) {
                set(name, to: parameter.value)
            }
        }
    }

    private mutating func set(_ name: String, to value: String) {
        if let place = parameters.firstIndex(where: { $0.name == name }) {
            parameters[place].value = value
        } else {
            parameters.append((name, value))
        }
    }

    /// Takes a semicolon and one parameter.
    private static func readParameter(
        _ reader: inout FieldReader
    ) throws(ContentDispositionError) -> (name: String, value: String, isQuoted: Bool) {
        guard reader.take(";") else { throw .invalidParameterFormat }
        reader.skipWhitespace()
        guard let name = reader.readToken()?.lowercased() else { throw .invalidParameterFormat }
        reader.skipWhitespace()
        guard reader.take("=") else { throw .invalidParameterFormat }
        reader.skipWhitespace()
        let isQuoted = reader.next == UInt8(ascii: "\"")
        guard let value = reader.readTokenOrQuotedString() else { throw .invalidParameterFormat }
        reader.skipWhitespace()
        return (name, value, isQuoted)
    }

    /// Decodes `charset'language'escapes` (RFC 8187 §3.2).
    ///
    /// Of ISO-8859-1, what is not printable becomes `?`; of UTF-8, what is malformed becomes U+FFFD.
    private static func decodeExtended(_ value: String) throws(ContentDispositionError) -> String {
        let parts = value.utf8.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, isLanguage(parts[1]), !parts[2].isEmpty,
            parts[2].allSatisfy({ extendedValueCharacters.contains($0) }),
            let bytes = URLEncoding.decode(parts[2], isLenient: false)
        else { throw .invalidExtendedValue }
        switch Substring(parts[0]).lowercased() {
        case "iso-8859-1": return approximation(Latin1.decode(bytes))
        case "utf-8", "utf8": return String(decoding: bytes, as: UTF8.self)
        default: throw .unsupportedCharset
        }
    }

    /// `attr-char` of RFC 8187 and the percent sign.
    private static let extendedValueCharacters = ASCIISet.alphanumerics.union(ASCIISet("%!#$&+-.^_`|~"))

    /// Whether the text has the form of a language tag, or is empty.
    private static func isLanguage(_ text: Substring.UTF8View) -> Bool {
        let set = ASCIISet.alphanumerics
        return text.isEmpty
            || text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy { subtag in
                1...8 ~= subtag.count && subtag.allSatisfy { set.contains($0) }
            }
    }
}
