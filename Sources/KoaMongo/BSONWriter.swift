#if MongoDB
    extension BSONDocument {
        /// The document as BSON. Its names, and those of the documents in it, have no NUL: where JSON has given them,
        /// ``StoredSession`` has seen to that.
        var bytes: [UInt8] {
            var writer = BSONWriter()
            writer.write(self)
            return writer.bytes
        }
    }

    /// Writes BSON.
    struct BSONWriter {
        private(set) var bytes: [UInt8] = []

        mutating func write(_ document: BSONDocument) {
            frame { writer in
                for element in document.elements { writer.write(element.value, named: element.name.utf8) }
            }
        }

        private mutating func write(_ elements: [BSONValue]) {
            frame { writer in
                for (index, value) in elements.enumerated() { writer.write(value, named: String(index).utf8) }
            }
        }

        /// Puts the length before what `body` writes, and a zero behind it.
        private mutating func frame(_ body: (inout BSONWriter) -> Void) {
            let start = bytes.count
            bytes += [0, 0, 0, 0]
            body(&self)
            bytes.append(0)
            let length = UInt32(truncatingIfNeeded: bytes.count - start)
            for index in 0..<4 { bytes[start + index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index))) }
        }

        private mutating func write(_ value: BSONValue, named name: String.UTF8View) {
            switch value {
            case .undefined, .other: begin(.null, name)
            case .null: begin(.null, name)
            case .double(let value):
                begin(.double, name)
                append(value.bitPattern)
            case .string(let value):
                begin(.string, name)
                append(UInt32(truncatingIfNeeded: value.utf8.count + 1))
                bytes += value.utf8
                bytes.append(0)
            case .document(let value):
                begin(.document, name)
                write(value)
            case .array(let value):
                begin(.array, name)
                write(value)
            case .binary(let value):
                begin(.binary, name)
                append(UInt32(truncatingIfNeeded: value.count))
                bytes.append(0)
                bytes += value
            case .objectID(let value):
                begin(.objectID, name)
                bytes += value
            case .bool(let value):
                begin(.bool, name)
                bytes.append(value ? 1 : 0)
            case .date(let value):
                begin(.date, name)
                append(UInt64(bitPattern: value))
            case .int32(let value):
                begin(.int32, name)
                append(UInt32(bitPattern: value))
            case .int64(let value):
                begin(.int64, name)
                append(UInt64(bitPattern: value))
            }
        }

        private mutating func begin(_ type: BSONType, _ name: String.UTF8View) {
            bytes.append(type.rawValue)
            bytes += name
            bytes.append(0)
        }

        private mutating func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
        }
    }

    /// The types of BSON's elements, by their bytes.
    enum BSONType: UInt8 {
        case double = 0x01
        case string = 0x02
        case document = 0x03
        case array = 0x04
        case binary = 0x05
        case undefined = 0x06
        case objectID = 0x07
        case bool = 0x08
        case date = 0x09
        case null = 0x0A
        case regularExpression = 0x0B
        case pointer = 0x0C
        case code = 0x0D
        case symbol = 0x0E
        case codeWithScope = 0x0F
        case int32 = 0x10
        case timestamp = 0x11
        case int64 = 0x12
        case decimal = 0x13
        case minKey = 0xFF
        case maxKey = 0x7F
    }
#endif
