#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension JSONTape {
    /// Decodes the value at `index`, which stands in `container`.
    ///
    /// Comparing types and taking the bits costs a fraction of a cast, which looks conformances up.
    func decode<Value: Decodable>(_ type: Value.Type, at index: Int, in container: Int) throws -> Value {
        if type == String.self {
            return unsafeBitCast(try string(at: index, in: container), to: type)
        } else if type == Int.self {
            return unsafeBitCast(try integer(Int.self, at: index, in: container), to: type)
        } else if type == Double.self {
            return unsafeBitCast(try double(at: index, in: container), to: type)
        } else if type == Bool.self {
            return unsafeBitCast(try bool(at: index, in: container), to: type)
        } else if type == JSON.self {
            return unsafeBitCast(try json(at: index, in: container), to: type)
        } else if type == Date.self {
            return unsafeBitCast(try date(at: index, in: container), to: type)
        } else if type == URL.self {
            return unsafeBitCast(try url(at: index, in: container), to: type)
        } else if type == Data.self {
            return unsafeBitCast(try data(at: index, in: container), to: type)
        } else if type == Decimal.self {
            return unsafeBitCast(try decimal(at: index, in: container), to: type)
        } else if type == JSONObject.self {
            guard view.entries[index].kind.isObject, case .object(let members) = try json(at: index, in: container)
            else { throw mismatch(type, "an object", at: index, in: container) }
            return unsafeBitCast(members, to: type)
        } else if type == [String].self {
            return unsafeBitCast(try list(at: index, in: container) { try string(at: $0, in: index) }, to: type)
        } else if type == [Int].self {
            return unsafeBitCast(
                try list(at: index, in: container) { try integer(Int.self, at: $0, in: index) }, to: type
            )
        }
        var reader = JSONValueReader(tape: self, index: index, container: container)
        if coding.keys != .useDefaultKeys, type is any JSONStringKeyed.Type {
            reader.keepsKeys = true
        }
        return try Value(from: reader)
    }

    private func list<Element>(
        at index: Int, in container: Int, each: (Int) throws -> Element
    ) throws -> [Element] {
        let entry = view.entries[index]
        guard entry.kind == .array else { throw mismatch([Element].self, "an array", at: index, in: container) }
        var elements: [Element] = []
        elements.reserveCapacity(entry.length)
        var element = index + 2
        while element < entry.next {
            view.entries[index].cursor = elements.count
            elements.append(try each(element))
            element = view.next(after: element)
        }
        return elements
    }

    private func date(at index: Int, in container: Int) throws -> Date {
        switch coding.dates {
        case .iso8601, .iso8601WithFractionalSeconds:
            let text = try string(at: index, in: container)
            guard let date = JSONDate.date(from: text) else {
                throw corrupted("Expected an ISO 8601 date", at: index, in: container)
            }
            return date
        case .secondsSince1970:
            return Date(timeIntervalSince1970: try double(at: index, in: container))
        case .millisecondsSince1970:
            return Date(timeIntervalSince1970: try double(at: index, in: container) / 1000)
        case .custom(_, let decode):
            return try decode(JSONValueReader(tape: self, index: index, container: container))
        }
    }

    private func url(at index: Int, in container: Int) throws -> URL {
        guard let url = URL(string: try string(at: index, in: container)) else {
            throw corrupted("Expected a URL", at: index, in: container)
        }
        return url
    }

    private func data(at index: Int, in container: Int) throws -> Data {
        guard let data = Data(base64Encoded: try string(at: index, in: container)) else {
            throw corrupted("Expected Base64", at: index, in: container)
        }
        return data
    }

    private func decimal(at index: Int, in container: Int) throws -> Decimal {
        guard view.entries[index].kind.isNumber else {
            throw mismatch(Decimal.self, "a number", at: index, in: container)
        }
        guard let decimal = Decimal(string: view.numberText(at: index)) else {
            throw corrupted("Expected a number that fits in Decimal", at: index, in: container)
        }
        return decimal
    }
}
