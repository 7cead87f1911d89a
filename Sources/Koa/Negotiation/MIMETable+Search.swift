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
    static func line(ofType type: Substring) -> Line? {
        search(for: type) { table, type in
            var range = 0..<table.count
            while !range.isEmpty {
                let line = line(at: range.lowerBound + range.count / 2, in: table)
                switch compare(type, table[line.type]) {
                case .same: return line
                case .before: range = range.lowerBound..<max(line.bytes.lowerBound - 1, range.lowerBound)
                case .after: range = min(line.bytes.upperBound + 1, range.upperBound)..<range.upperBound
                }
            }
            return nil
        }
    }

    /// The type that an extension stands for.
    ///
    /// - Parameter name: Without its dot, in any case.
    static func type(ofExtension name: Substring) -> String? {
        search(for: name) { table, name in
            var range = 0..<extensions.count
            while !range.isEmpty {
                let middle = range.lowerBound + range.count / 2
                let (start, end) = (Int(extensions[middle].start), Int(extensions[middle].end))
                switch compare(name, table[start..<end]) {
                case .same: return String(decoding: table[line(at: start, in: table).type], as: UTF8.self)
                case .before: range = range.lowerBound..<middle
                case .after: range = middle + 1..<range.upperBound
                }
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

    private enum Order {
        case before
        case same
        case after
    }

    /// Where a name, in any case, stands relative to a word of the table.
    private static func compare(_ name: UnsafeBufferPointer<UInt8>, _ word: Slice<UnsafeBufferPointer<UInt8>>) -> Order
    {
        for (byte, other) in zip(name, word) {
            let byte = FieldText.lowercase(byte)
            if byte != other { return byte < other ? .before : .after }
        }
        if name.count == word.count { return .same }
        return name.count < word.count ? .before : .after
    }

    private static func search<Result>(
        for name: Substring,
        _ body: (_ table: UnsafeBufferPointer<UInt8>, _ name: UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        var name = name
        return name.withUTF8 { name in text.withUTF8Buffer { body($0, name) } }
    }
}
