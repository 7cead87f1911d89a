/// Additions to the `Vary` field: `ctx.vary("Accept-Encoding")`.
///
/// ```swift
/// try Vary.append("Origin, accept", to: "Accept")  // "Accept, Origin"
/// try Vary.append("*", to: "Accept")               // "*"
/// ```
package enum Vary {
    /// Adds field names to a value of `Vary`.
    ///
    /// A name that is there already, in whatever case, is not added again; the others keep their spelling and order.
    /// A `*` on either side makes the value `*`.
    ///
    /// - Parameters:
    ///   - fields: One name each. None leaves the value as it is.
    ///   - header: The value so far, which may be empty.
    /// - Throws: ``VaryError/invalidName(_:)`` when one of them is not a field name.
    package static func append(_ fields: [String], to header: String) throws(VaryError) -> String {
        for field in fields where !FieldText.isToken(field) { throw .invalidName(field) }
        if header == "*" || fields.contains("*") { return "*" }
        var known: Set<String> = []
        for name in FieldParts(header, separator: ",", quoting: .none) {
            if name == "*" { return "*" }
            known.insert(name.lowercased())
        }
        var value = header
        for field in fields where known.insert(field.lowercased()).inserted {
            if !value.isEmpty { value += ", " }
            value += field
        }
        return value
    }

    /// Adds the field names of a list such as `Accept, Origin` to a value of `Vary`.
    ///
    /// - Throws: ``VaryError/missingField`` when the list is empty, ``VaryError/invalidName(_:)`` when something in it is
    ///   not a field name.
    package static func append(_ field: String, to header: String) throws(VaryError) -> String {
        guard !field.isEmpty else { throw .missingField }
        return try append(FieldParts(field, separator: ",", quoting: .none).map(String.init), to: header)
    }
}

/// Why a field can't be added to `Vary`.
package enum VaryError: Error, Hashable, CustomStringConvertible {
    /// There is no field name.
    case missingField
    /// This is not a field name: it is empty, or has bytes that no token has.
    case invalidName(String)

    /// The message of the error.
    package var description: String {
        switch self {
        case .missingField: "field argument is required"
        case .invalidName: "field argument contains an invalid header name"
        }
    }
}
