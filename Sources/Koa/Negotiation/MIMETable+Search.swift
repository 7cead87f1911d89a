extension MIMETable {
    /// One line of the table, as offsets into ``text``.
    struct Line {
        /// The whole line.
        var bytes: Range<Int>
        /// The type, at its start.
        var type: Range<Int>
    }

    /// What is marked at a type.
    enum Mark: String {
        case utf8
        case zip
        case alias
    }

    /// The line of a type, found by halving the table.
    ///
    /// - Parameter type: Without parameters, in any case.
    static func line(ofType type: some StringProtocol) -> Line? {
        text.withUTF8Buffer { table in
            var range = 0..<table.count
            while !range.isEmpty {
                let line = line(at: range.lowerBound + range.count / 2, in: table)
                if table[line.type].elementsEqual(type.utf8, by: { $0 == FieldText.lowercase($1) }) { return line }
                if precedes(table[line.type], type) {
                    range = min(line.bytes.upperBound + 1, range.upperBound)..<range.upperBound
                } else {
                    range = range.lowerBound..<max(line.bytes.lowerBound - 1, range.lowerBound)
                }
            }
            return nil
        }
    }

    /// The type that an extension stands for.
    ///
    /// - Parameter name: Without its dot, in any case.
    static func type(ofExtension name: Substring) -> String? {
        text.withUTF8Buffer { table in
            var range = 0..<extensions.count
            while !range.isEmpty {
                let middle = range.lowerBound + range.count / 2
                let entry = extensions[middle]
                let bytes = table[Int(entry.start)..<Int(entry.end)]
                if bytes.elementsEqual(name.utf8, by: { $0 == FieldText.lowercase($1) }) {
                    return string(line(at: Int(entry.start), in: table).type)
                }
                range = precedes(bytes, name) ? middle + 1..<range.upperBound : range.lowerBound..<middle
            }
            return nil
        }
    }

    /// The extension that a new file of a type gets.
    static func firstExtension(in line: Line) -> String? {
        text.withUTF8Buffer { table in
            table[line.bytes].split(separator: UInt8(ascii: " ")).dropFirst().first.map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    /// Whether a line has a mark.
    static func has(_ mark: Mark, in line: Line) -> Bool {
        text.withUTF8Buffer { table in
            let marks = table[line.type.upperBound..<line.bytes.upperBound].prefix { $0 != UInt8(ascii: " ") }
            return marks.split(separator: UInt8(ascii: ";")).contains { $0.elementsEqual(mark.rawValue.utf8) }
        }
    }

    /// Where an extension stands in ``text``.
    private struct Extension {
        var start: UInt16
        var end: UInt16
    }

    /// All extensions in byte order: 5 KB, made at the first question that ``MIMETypes`` can't answer by heart.
    private static let extensions: [Extension] = text.withUTF8Buffer { table in
        var extensions: [Extension] = []
        for bytes in table.split(separator: UInt8(ascii: "\n")) {
            let line = line(at: bytes.startIndex, in: table)
            if has(.alias, in: line) { continue }
            for word in bytes.split(separator: UInt8(ascii: " ")).dropFirst() {
                guard let start = UInt16(exactly: word.startIndex), let end = UInt16(exactly: word.endIndex) else {
                    continue
                }
                extensions.append(Extension(start: start, end: end))
            }
        }
        return extensions.sorted {
            table[Int($0.start)..<Int($0.end)].lexicographicallyPrecedes(table[Int($1.start)..<Int($1.end)])
        }
    }

    private static func line(at offset: Int, in table: UnsafeBufferPointer<UInt8>) -> Line {
        let newline = UInt8(ascii: "\n")
        let start = table[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
        let end = table[offset...].firstIndex(of: newline) ?? table.count
        let typeEnd = table[start..<end].firstIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ";") } ?? end
        return Line(bytes: start..<end, type: start..<typeEnd)
    }

    private static func string(_ range: Range<Int>) -> String {
        text.withUTF8Buffer { String(decoding: $0[range], as: UTF8.self) }
    }

    private static func precedes(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ name: some StringProtocol) -> Bool {
        bytes.lexicographicallyPrecedes(name.utf8.lazy.map(FieldText.lowercase))
    }
}
