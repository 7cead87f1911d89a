#if MongoDB
    import Koa

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    extension BSONDocument {
        /// A JSON object as a document, in its order; nil when MongoDB can't keep it as one.
        init?(_ object: JSONObject, depth: Int = 0) {
            guard depth < Self.deepest else { return nil }
            elements.reserveCapacity(object.count)
            for (key, json) in object {
                guard Self.isStorable(key), let value = BSONValue(json, depth: depth + 1) else { return nil }
                append(key, value)
            }
        }

        /// MongoDB keeps 100 levels, and the session's own document is one within another.
        static let deepest = 90

        /// Whether every version of MongoDB keeps a name, and finds it again.
        private static func isStorable(_ name: String) -> Bool {
            !name.isEmpty && name.utf8.first != UInt8(ascii: "$")
                && !name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: ".") }
        }

        /// The document as a JSON object; what JSON has nothing for is null. Of elements of one name the last counts.
        var json: JSONObject {
            var object = JSONObject()
            for element in elements where element.value != .undefined {
                object.updateValue(element.value.json, forKey: element.name)
            }
            return object
        }
    }

    extension BSONValue {
        fileprivate init?(_ json: JSON, depth: Int) {
            switch json {
            case .null: self = .null
            case .bool(let value): self = .bool(value)
            case .number(let value):
                guard let number = BSONValue(value) else { return nil }
                self = number
            case .string(let value): self = .string(value)
            case .array(let values):
                guard depth < BSONDocument.deepest else { return nil }
                var elements: [BSONValue] = []
                elements.reserveCapacity(values.count)
                for value in values {
                    guard let element = BSONValue(value, depth: depth + 1) else { return nil }
                    elements.append(element)
                }
                self = .array(elements)
            case .object(let object):
                guard let document = BSONDocument(object, depth: depth) else { return nil }
                self = .document(document)
            }
        }

        /// Integers as the drivers write them, in 32 bits where they fit; nil for those above `Int64.max`.
        private init?(_ number: JSONNumber) {
            if let value = number.exactly(Int32.self) {
                self = .int32(value)
            } else if let value = number.exactly(Int64.self) {
                self = .int64(value)
            } else if number.exactly(UInt64.self) != nil {
                return nil
            } else {
                // What isn't finite is null in JSON.
                self = number.double.isFinite ? .double(number.double) : .null
            }
        }

        /// The value as JavaScript's `JSON.stringify` has it: dates as ISO 8601, ids of objects in hexadecimal digits, bytes
        /// in base64; what JSON has nothing for is null.
        var json: JSON {
            switch self {
            case .null, .undefined, .other: .null
            case .bool(let value): .bool(value)
            case .int32(let value): JSON(value)
            case .int64(let value): JSON(value)
            case .double(let value): value.isFinite ? JSON(value) : .null
            case .string(let value): .string(value)
            case .document(let value): .object(value.json)
            case .array(let values): .array(values.map(\.json))
            case .binary(let bytes): .string(Data(bytes).base64EncodedString())
            case .objectID(let bytes): .string(Self.hexadecimal(bytes))
            case .date(let milliseconds):
                JSONDate.text(of: Date(timeIntervalSince1970: Double(milliseconds) / 1000), withFraction: true)
                    .map { .string($0) } ?? .null
            }
        }

        private static func hexadecimal(_ bytes: [UInt8]) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
#endif
