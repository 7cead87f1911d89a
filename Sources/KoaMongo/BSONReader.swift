#if MongoDB
    extension BSONDocument {
        /// Reads a document; nil for bytes that are none, or whose documents are more than 200 deep in each other.
        init?(bytes: some Collection<UInt8>) {
            var reader = BSONReader(bytes: Array(bytes))
            guard let document = reader.document(depth: 0), reader.isAtEnd else { return nil }
            self = document
        }
    }

    /// Reads BSON of any origin. What breaks a rule ends it with nil; it never reads outside of its bytes.
    private struct BSONReader {
        private let bytes: [UInt8]
        private var position = 0
        /// The end of the document that is being read.
        private var end: Int

        private static let deepest = 200

        init(bytes: [UInt8]) {
            self.bytes = bytes
            end = bytes.count
        }

        var isAtEnd: Bool { position == end }

        mutating func document(depth: Int) -> BSONDocument? {
            var document = BSONDocument()
            let isWhole = elements(depth: depth) { document.append($0, $1) }
            return isWhole ? document : nil
        }

        /// Hands over the elements of a document; false when it is none.
        private mutating func elements(depth: Int, _ take: (String, BSONValue) -> Void) -> Bool {
            let start = position
            guard depth <= Self.deepest, let length: Int32 = integer(), length >= 5, Int(length) <= end - start else {
                return false
            }
            let outer = end
            end = start + Int(length)
            defer { end = outer }
            while let type: UInt8 = integer() {
                if type == 0 { return position == end }
                guard let name = name(), let type = BSONType(rawValue: type), let value = value(type, depth) else {
                    return false
                }
                take(name, value)
            }
            return false
        }

        private mutating func value(_ type: BSONType, _ depth: Int) -> BSONValue? {
            switch type {
            case .double: integer().map { .double(Double(bitPattern: $0)) }
            case .string, .code, .symbol: text().map { .string($0) }
            case .document: document(depth: depth + 1).map { .document($0) }
            case .array: array(depth: depth + 1).map { .array($0) }
            case .binary: binary().map { .binary($0) }
            case .objectID: take(12).map { .objectID(Array($0)) }
            case .bool: (integer() as UInt8?).map { .bool($0 != 0) }
            case .date: integer().map { .date($0) }
            case .null: .null
            case .undefined: .undefined
            case .int32: integer().map { .int32($0) }
            case .int64: integer().map { .int64($0) }
            case .timestamp: take(8).map { _ in .other }
            case .decimal: take(16).map { _ in .other }
            case .minKey, .maxKey: .other
            case .regularExpression: name().flatMap { _ in name() }.map { _ in .other }
            case .pointer: text().flatMap { _ in take(12) }.map { _ in .other }
            case .codeWithScope: framed().map { _ in .other }
            }
        }

        private mutating func array(depth: Int) -> [BSONValue]? {
            var values: [BSONValue] = []
            let isWhole = elements(depth: depth) { _, value in values.append(value) }
            return isWhole ? values : nil
        }

        private mutating func binary() -> [UInt8]? {
            guard let length: Int32 = integer(), length >= 0, take(1) != nil else { return nil }
            return take(Int(length)).map { Array($0) }
        }

        /// What begins with its own length.
        private mutating func framed() -> ArraySlice<UInt8>? {
            guard let length: Int32 = integer(), length >= 4 else { return nil }
            return take(Int(length) - 4)
        }

        /// A text with its length before it and a zero behind it, which may have others within.
        private mutating func text() -> String? {
            guard let length: Int32 = integer(), length >= 1, let bytes = take(Int(length)), bytes.last == 0 else {
                return nil
            }
            return String(validating: bytes.dropLast(), as: UTF8.self)
        }

        /// A text that ends at a zero.
        private mutating func name() -> String? {
            guard let zero = bytes[position..<end].firstIndex(of: 0) else { return nil }
            defer { position = zero + 1 }
            return String(validating: bytes[position..<zero], as: UTF8.self)
        }

        private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard count <= end - position else { return nil }
            defer { position += count }
            return bytes[position..<position + count]
        }

        private mutating func integer<Integer: FixedWidthInteger>() -> Integer? {
            guard let bytes = take(MemoryLayout<Integer>.size) else { return nil }
            return bytes.reversed().reduce(0) { $0 << 8 | Integer(truncatingIfNeeded: $1) }
        }
    }
#endif
