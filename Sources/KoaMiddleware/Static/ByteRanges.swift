import Koa

/// What a `Range` field asks for of a file (RFC 9110 section 14).
enum ByteRanges: Equatable {
    /// All of it: the field can't be read, has another unit, or asks for too much.
    case whole
    /// These parts, none empty and none overlapping, in the order in which they were asked for.
    case parts([Range<Int>])
    /// Nothing that the file has: 416.
    case unsatisfiable

    /// Reads a field.
    ///
    /// Ranges that overlap or touch become one, so that no request gets more than the file. A file without bytes has
    /// no ranges, and is sent as it is: clients put a range in every request to bound what they get.
    ///
    /// - Parameters:
    ///   - size: of the file, in bytes.
    ///   - limit: how many ranges may be asked for.
    init(_ field: String, size: Int, limit: Int) {
        guard let specifiers = Self.specifiers(field[...]), specifiers.count <= limit, size > 0 else {
            self = .whole
            return
        }
        var parts: [Range<Int>] = []
        for specifier in specifiers {
            guard let range = specifier.range(within: size) else { continue }
            parts = Self.adding(range, to: parts)
        }
        self = parts.isEmpty ? .unsatisfiable : .parts(parts)
    }

    /// One range as it was written.
    private enum Specifier {
        case from(Int, through: Int?)
        case last(Int)

        /// - Returns: nil when the file has nothing of it.
        func range(within size: Int) -> Range<Int>? {
            switch self {
            case .from(let first, let last):
                guard first < size else { return nil }
                // Compared before it is added to: the last one may be the largest number.
                let end = last.map { $0 < size ? $0 + 1 : size } ?? size
                return first..<end
            case .last(let count):
                return count > 0 ? (size - min(count, size))..<size : nil
            }
        }
    }

    /// - Returns: nil for what the grammar doesn't have.
    private static func specifiers(_ field: Substring) -> [Specifier]? {
        guard let equals = field.utf8.firstIndex(of: UInt8(ascii: "=")),
            trimmed(field[..<equals]).equalsIgnoringCase("bytes")
        else { return nil }
        var specifiers: [Specifier] = []
        let list = field[field.utf8.index(after: equals)...]
        for part in list.split(separator: ",") {
            let part = trimmed(part)
            if part.isEmpty { continue }
            guard let dash = part.utf8.firstIndex(of: UInt8(ascii: "-")) else { return nil }
            let left = part[..<dash]
            let right = part[part.utf8.index(after: dash)...]
            switch (left.isEmpty, right.isEmpty) {
            case (true, true): return nil
            case (true, false):
                guard let count = number(right) else { return nil }
                specifiers.append(.last(count))
            case (false, true):
                guard let first = number(left) else { return nil }
                specifiers.append(.from(first, through: nil))
            case (false, false):
                guard let first = number(left), let last = number(right), first <= last else { return nil }
                specifiers.append(.from(first, through: last))
            }
        }
        return specifiers.isEmpty ? nil : specifiers
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let start = text.utf8.drop(while: isSpace)
        let end = start.lastIndex { !isSpace($0) }.map { start.index(after: $0) } ?? start.startIndex
        return String(Substring(start[..<end]))
    }

    /// Digits alone; what is too large for a number is as good as the largest one.
    private static func number(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return Int(text) ?? .max
    }

    /// Puts a range in, at the place of the first one that it overlaps or touches.
    private static func adding(_ range: Range<Int>, to parts: [Range<Int>]) -> [Range<Int>] {
        var merged = range
        var place: Int?
        var others: [Range<Int>] = []
        // Again from the start after growing: a larger range may touch one that the smaller did not.
        var pending = parts
        var hasGrown = true
        while hasGrown {
            hasGrown = false
            others = []
            for part in pending {
                if part.lowerBound <= merged.upperBound, merged.lowerBound <= part.upperBound {
                    merged = min(part.lowerBound, merged.lowerBound)..<max(part.upperBound, merged.upperBound)
                    place = min(place ?? others.count, others.count)
                    hasGrown = true
                } else {
                    others.append(part)
                }
            }
            pending = others
        }
        others.insert(merged, at: place ?? others.count)
        return others
    }
}
