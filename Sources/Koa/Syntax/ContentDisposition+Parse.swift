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
            let (name, text) = try Self.readParameter(&reader)
            guard seen.insert(name).inserted else { throw .duplicateParameter }
            guard seen.count <= Self.parameterLimit else { throw .tooManyParameters }
            if name.utf8.firstIndex(of: UInt8(ascii: "*")) == name.utf8.indices.last {
                let plainName = String(name.dropLast())
                set(plainName, to: try Self.decodeExtended(text))
                extended.insert(plainName)
            } else if !extended.contains(name) {
                set(name, to: Self.unquoted(text))
            }
        }
    }
}
