#if MongoDB
    /// A value of a BSON document (https://bsonspec.org, version 1.1), as far as sessions and replies need to tell them apart.
    enum BSONValue: Sendable, Hashable {
        case double(Double)
        case string(String)
        case document(BSONDocument)
        case array([BSONValue])
        /// Bytes of any subtype.
        case binary([UInt8])
        /// The 12 bytes of an ObjectId.
        case objectID([UInt8])
        case bool(Bool)
        /// Milliseconds since 1970.
        case date(Int64)
        case null
        case int32(Int32)
        case int64(Int64)
        /// JavaScript's `undefined`, which old drivers wrote.
        case undefined
        /// A value of a type that JSON has nothing for: a regular expression, a decimal, a timestamp. It is read over.
        case other

        /// The integer, if it is a number that is one.
        var integer: Int64? {
            switch self {
            case .int32(let value): Int64(value)
            case .int64(let value): value
            case .double(let value): Int64(exactly: value)
            default: nil
            }
        }

        /// The text, if it is one.
        var string: String? {
            if case .string(let value) = self { value } else { nil }
        }

        /// The document, if it is one.
        var document: BSONDocument? {
            if case .document(let value) = self { value } else { nil }
        }

        /// The elements, if it is an array.
        var array: [BSONValue]? {
            if case .array(let value) = self { value } else { nil }
        }

        /// Milliseconds since 1970, if it is a date.
        var date: Int64? {
            if case .date(let value) = self { value } else { nil }
        }
    }

    /// The elements of a BSON document in their order; a foreign one may have several of one name.
    struct BSONDocument: Sendable, Hashable {
        /// An element.
        struct Element: Sendable, Hashable {
            var name: String
            var value: BSONValue
        }

        var elements: [Element] = []

        /// The value of the first element of a name.
        subscript(name: String) -> BSONValue? {
            elements.first { $0.name == name }?.value
        }

        /// Adds an element behind the others.
        mutating func append(_ name: String, _ value: BSONValue) {
            elements.append(Element(name: name, value: value))
        }
    }

    extension BSONDocument: ExpressibleByDictionaryLiteral {
        init(dictionaryLiteral elements: (String, BSONValue)...) {
            self.elements = elements.map { Element(name: $0.0, value: $0.1) }
        }
    }

    extension BSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
        ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
    {
        init(dictionaryLiteral elements: (String, BSONValue)...) {
            self = .document(BSONDocument(elements: elements.map { .init(name: $0.0, value: $0.1) }))
        }

        init(arrayLiteral elements: BSONValue...) {
            self = .array(elements)
        }

        init(stringLiteral value: String) {
            self = .string(value)
        }

        init(integerLiteral value: Int32) {
            self = .int32(value)
        }

        init(booleanLiteral value: Bool) {
            self = .bool(value)
        }
    }
#endif
