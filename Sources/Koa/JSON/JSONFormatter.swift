import NIOCore

/// Writes a document anew, indented or with its members sorted; of equal keys it keeps the last value.
struct JSONFormatter {
    let coding: JSONCoding

    /// Formats `compact` into `buffer`.
    func format(_ compact: ByteBuffer, into buffer: inout ByteBuffer) throws(JSONError) {
        var reading = coding
        reading.limits = JSONLimits(depth: JSONLimits.maximumDepth, bytes: JSONLimits.maximumBytes)
        let tape = try JSONTape(scanning: compact, coding: reading)
        let writer = JSONWriter(coding, capacity: compact.readableBytes * 2)
        write(0, of: tape.view, depth: 0, into: writer)
        writer.finish(into: &buffer)
    }

    private func write(_ index: Int, of tape: JSONTapeView, depth: Int, into writer: JSONWriter) {
        let entry = tape.entries[index]
        switch entry.kind {
        case .array:
            writer.write(byte: UInt8(ascii: "["))
            var element = index + 2
            while element < entry.next {
                separate(isFirst: element == index + 2, depth: depth + 1, in: writer)
                write(element, of: tape, depth: depth + 1, into: writer)
                element = tape.next(after: element)
            }
            end(with: UInt8(ascii: "]"), isEmpty: entry.length == 0, depth: depth, in: writer)
        case .object, .irregularObject:
            writer.write(byte: UInt8(ascii: "{"))
            var isFirst = true
            for key in members(of: index, tape) {
                separate(isFirst: isFirst, depth: depth + 1, in: writer)
                isFirst = false
                writeText(key, of: tape, into: writer)
                writer.write(ascii: coding.indent > 0 ? ": " : ":")
                write(key + 1, of: tape, depth: depth + 1, into: writer)
            }
            end(with: UInt8(ascii: "}"), isEmpty: entry.length == 0, depth: depth, in: writer)
        default:
            writeText(index, of: tape, into: writer)
        }
    }

    /// Copies a scalar or key as it stands.
    private func writeText(_ index: Int, of tape: JSONTapeView, into writer: JSONWriter) {
        let entry = tape.entries[index]
        let isText = entry.kind == .string || entry.kind == .escapedString
        let quote = isText ? 1 : 0
        writer.write(bytes: tape.base + Int(entry.offset) - quote, count: entry.length + 2 * quote)
    }

    /// The keys to write, each once.
    private func members(of object: Int, _ tape: JSONTapeView) -> [Int] {
        var keys: [Int] = []
        if tape.entries[object].kind == .object {
            tape.forEachMember(of: object) { keys.append($0) }
        } else {
            var places: [JSONMemberName: Int] = [:]
            tape.forEachMember(of: object) { key in
                let name = JSONMemberName(tape.string(at: key))
                if let place = places[name] {
                    keys[place] = key
                } else {
                    places[name] = keys.count
                    keys.append(key)
                }
            }
        }
        guard coding.sortedKeys else { return keys }
        return keys.map { (key: $0, name: tape.string(at: $0)) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map(\.key)
    }

    private func separate(isFirst: Bool, depth: Int, in writer: JSONWriter) {
        if !isFirst { writer.write(byte: UInt8(ascii: ",")) }
        breakLine(depth: depth, in: writer)
    }

    private func end(with bracket: UInt8, isEmpty: Bool, depth: Int, in writer: JSONWriter) {
        if !isEmpty { breakLine(depth: depth, in: writer) }
        writer.write(byte: bracket)
    }

    private func breakLine(depth: Int, in writer: JSONWriter) {
        guard coding.indent > 0 else { return }
        writer.write(byte: UInt8(ascii: "\n"))
        for _ in 0..<depth * min(coding.indent, 10) {
            writer.write(byte: UInt8(ascii: " "))
        }
    }
}
