extension JSONTape {
    /// The keys that lead to the value at `index`, which stands in `container`.
    func path(to index: Int, in container: Int) -> [any CodingKey] {
        view.path(to: index, in: container)
    }

    /// The error for a value of the wrong kind.
    @inline(never)
    func mismatch(_ type: Any.Type, _ expected: String, at index: Int, in container: Int) -> DecodingError {
        let context = context("Expected \(expected)", at: index, in: container)
        return isNull(at: index) ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    /// The error for a value of the right kind that the type can't hold.
    @inline(never)
    func corrupted(_ expected: String, at index: Int, in container: Int) -> DecodingError {
        .dataCorrupted(context(expected, at: index, in: container))
    }

    /// The error for a member that an object does not have.
    @inline(never)
    func missing(_ key: some CodingKey, of object: Int) -> DecodingError {
        let path = path(to: object, in: view.parent(of: object))
        let message = "No value for the key \(JSON.string(key.stringValue)) in the object at \(place(of: object))."
        return .keyNotFound(key, .init(codingPath: path, debugDescription: message))
    }

    /// The error for reading on behind the last of an array's elements.
    @inline(never)
    func exhausted(_ type: Any.Type, array: Int) -> DecodingError {
        view.entries[array].cursor = view.entries[array].length
        let path = path(to: array, in: view.parent(of: array)) + [JSONPathKey.index(view.entries[array].length)]
        let message = "The array at \(place(of: array)) has only \(view.entries[array].length) elements."
        return .valueNotFound(type, .init(codingPath: path, debugDescription: message))
    }

    /// The error for a number that no `Double` holds.
    func outOfRange(at index: Int, in container: Int) -> JSONError {
        let (line, column) = lineAndColumn(of: index)
        return JSONError(
            code: .numberOutOfRange, message: "Expected a number that fits in Double but found \(found(at: index))",
            line: line, column: column, path: JSONPathKey.text(of: path(to: index, in: container))
        )
    }

    private func context(_ expected: String, at index: Int, in container: Int) -> DecodingError.Context {
        DecodingError.Context(
            codingPath: path(to: index, in: container),
            debugDescription: "\(expected) but found \(found(at: index)) at \(place(of: index))."
        )
    }

    private func place(of index: Int) -> String {
        let (line, column) = lineAndColumn(of: index)
        return "line \(line), column \(column)"
    }

    /// The kind of a value, and how it begins.
    private func found(at index: Int) -> String {
        let entry = view.entries[index]
        switch entry.kind {
        case .null: return "null"
        case .true: return "true"
        case .false: return "false"
        case .integer, .double, .number: return "the number \(snippet(of: entry))"
        case .string, .escapedString: return "the string \"\(snippet(of: entry))\""
        case .array: return entry.length == 1 ? "an array of 1 element" : "an array of \(entry.length) elements"
        case .object, .irregularObject:
            return entry.length == 1 ? "an object of 1 member" : "an object of \(entry.length) members"
        }
    }

    /// The beginning of a text, as it stands in the document.
    private func snippet(of entry: JSONTapeEntry) -> String {
        let most = 40
        let start = view.base + Int(entry.offset)
        guard entry.length > most else {
            return String(decoding: UnsafeBufferPointer(start: start, count: entry.length), as: UTF8.self)
        }
        var count = most
        while count > 0, start[count] & 0xC0 == 0x80 {
            count -= 1
        }
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) + "…"
    }
}
