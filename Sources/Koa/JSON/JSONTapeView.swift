/// Read access to the entries of a document.
struct JSONTapeView {
    let base: UnsafePointer<UInt8>
    let entries: UnsafeMutablePointer<JSONTapeEntry>

    /// The index behind a value.
    @inline(__always)
    func next(after value: Int) -> Int {
        let entry = entries[value]
        return entry.kind.isContainer ? entry.next : value &+ 1
    }

    /// The container that a container stands in.
    func parent(of container: Int) -> Int {
        Int(entries[container + 1].offset)
    }

    /// Calls `body` with the index of each key of an object.
    func forEachMember(of object: Int, _ body: (Int) -> Void) {
        let end = entries[object].next
        var index = object + 2
        while index < end {
            body(index)
            index = next(after: index + 1)
        }
    }

    /// Whether the key at `index` has these bytes.
    @inline(__always)
    func isKey(_ index: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int, _ signature: UInt64) -> Bool {
        let entry = entries[index]
        guard entry.payload == signature else { return false }
        let text = base + Int(entry.offset)
        if entry.kind == .string {
            guard entry.length == count else { return false }
            return JSONText.areEqual(text, bytes, count: count)
        }
        return JSONText.withBytes(of: JSONText.unescaped(text, count: entry.length)) { other, otherCount in
            otherCount == count && JSONText.areEqual(other, bytes, count: count)
        }
    }

    /// The text of a string or key.
    @inline(__always)
    func string(at index: Int) -> String {
        let entry = entries[index]
        let text = base + Int(entry.offset)
        if entry.kind == .escapedString {
            return JSONText.unescaped(text, count: entry.length)
        }
        return String(decoding: UnsafeBufferPointer(start: text, count: entry.length), as: UTF8.self)
    }

    /// The text of a number as it was written.
    func numberText(at index: Int) -> String {
        let entry = entries[index]
        return String(
            decoding: UnsafeBufferPointer(start: base + Int(entry.offset), count: entry.length), as: UTF8.self
        )
    }

    /// The keys that lead to the value at `index`, which stands in `container`.
    func path(to index: Int, in container: Int) -> [JSONPathKey] {
        var path: [JSONPathKey] = []
        var index = index
        var container = container
        while container != JSONScanner.noContainer {
            if entries[container].kind.isObject {
                path.append(.name(clippedString(at: index - 1)))
            } else {
                path.append(.index(entries[container].cursor))
            }
            index = container
            container = parent(of: container)
        }
        return path.reversed()
    }

    /// A key for a report: one of any length must not make each report long.
    private func clippedString(at index: Int) -> String {
        let most = 256
        guard entries[index].length > most else { return string(at: index) }
        let start = base + Int(entries[index].offset)
        return String(decoding: UnsafeBufferPointer(start: start, count: most), as: UTF8.self) + "…"
    }
}
