import NIOCore

/// A scanned document: its bytes, its entries and what decoding remembers of them.
///
/// It keeps the bytes alive, so that a container that outlives `decode` stays safe.
final class JSONTape {
    let view: JSONTapeView
    let coding: JSONCoding
    private let bytes: UnsafeRawBufferPointer
    private let owner: AnyObject?
    private var position = JSONPosition()
    private var memberIndexes: [Int: [JSONMemberName: Int]] = [:]
    private var camelIndexes: [Int: [JSONMemberName: Int]] = [:]

    /// Scans the readable bytes of `buffer`.
    convenience init(scanning buffer: ByteBuffer, coding: JSONCoding) throws(JSONError) {
        let (bytes, owner) = buffer.withUnsafeReadableBytesWithStorageManagement { bytes, storage in
            (bytes, storage.takeUnretainedValue())
        }
        try self.init(scanning: bytes, owner: owner, coding: coding)
    }

    /// Scans bytes.
    ///
    /// - Parameter owner: keeps the bytes; without one they have to outlive the tape.
    init(
        scanning bytes: UnsafeRawBufferPointer, owner: AnyObject? = nil, coding: JSONCoding
    ) throws(JSONError) {
        let limits = coding.limits
        guard bytes.count <= limits.bytes else {
            throw .tooLarge(bytes.count, limit: limits.bytes)
        }
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            throw JSONError(
                code: .unexpectedEnd, message: "Expected a value but found the end of the text",
                line: 1, column: 1, path: ""
            )
        }
        let base = start.assumingMemoryBound(to: UInt8.self)
        var scanner = JSONScanner(base: base, end: bytes.count, depthLimit: limits.depth)
        do {
            try scanner.scan()
        } catch {
            scanner.entries.deallocate()
            throw error
        }
        self.view = JSONTapeView(base: base, entries: scanner.entries)
        self.coding = coding
        self.bytes = bytes
        self.owner = owner
    }

    deinit {
        view.entries.deallocate()
    }

    /// Where an entry begins.
    func lineAndColumn(of index: Int) -> (line: Int, column: Int) {
        let entry = view.entries[index]
        let isText = entry.kind == .string || entry.kind == .escapedString
        position.move(to: Int(entry.offset) - (isText ? 1 : 0), in: bytes)
        return (position.line, position.column)
    }

    /// The value of `key` in an object, with the last of equal keys winning.
    func member(_ key: String, of object: Int) -> Int? {
        JSONText.withBytes(of: key) { bytes, count in
            let signature = JSONText.signature(bytes, count: count)
            let header = view.entries[object]
            guard header.kind == .object else {
                return irregularMember(key, bytes, count, signature, of: object)
            }
            let cursor = header.cursor
            let end = header.next
            var index = cursor
            while index < end {
                if view.isKey(index, bytes, count, signature) {
                    view.entries[object].cursor = index
                    return index + 1
                }
                index = view.next(after: index + 1)
            }
            index = object + 2
            while index < cursor {
                if view.isKey(index, bytes, count, signature) {
                    view.entries[object].cursor = index
                    return index + 1
                }
                index = view.next(after: index + 1)
            }
            return nil
        }
    }

    private func irregularMember(
        _ key: String, _ bytes: UnsafePointer<UInt8>, _ count: Int, _ signature: UInt64, of object: Int
    ) -> Int? {
        if view.entries[object].length > JSONScanner.mostRegularMembers {
            return memberIndex(of: object)[JSONMemberName(key)]
        }
        var found: Int?
        view.forEachMember(of: object) { index in
            if view.isKey(index, bytes, count, signature) {
                found = index + 1
            }
        }
        return found
    }

    /// Where the values of a big object are, by key.
    private func memberIndex(of object: Int) -> [JSONMemberName: Int] {
        if let index = memberIndexes[object] {
            return index
        }
        var index = [JSONMemberName: Int](minimumCapacity: view.entries[object].length)
        view.forEachMember(of: object) { key in
            index[JSONMemberName(view.string(at: key))] = key + 1
        }
        memberIndexes[object] = index
        return index
    }

    /// The value of a key that is converted to snake case, or else that is there as it is or converts back to `key`.
    func convertedMember(_ key: String, of object: Int) -> Int? {
        if let index = member(JSONKeyNames.snakeCase(key), of: object) ?? member(key, of: object) {
            return index
        }
        if view.entries[object].length > JSONScanner.mostRegularMembers {
            return camelIndex(of: object)[JSONMemberName(key)]
        }
        var found: Int?
        view.forEachMember(of: object) { index in
            if JSONText.areIdentical(JSONKeyNames.camelCase(view.string(at: index)), key) {
                found = index + 1
            }
        }
        return found
    }

    /// Where the values of a big object are, by key converted from snake case.
    private func camelIndex(of object: Int) -> [JSONMemberName: Int] {
        if let index = camelIndexes[object] {
            return index
        }
        var index: [JSONMemberName: Int] = [:]
        view.forEachMember(of: object) { key in
            index[JSONMemberName(JSONKeyNames.camelCase(view.string(at: key)))] = key + 1
        }
        camelIndexes[object] = index
        return index
    }

    /// The keys of an object, each once.
    func keys(of object: Int) -> [String] {
        var keys: [String] = []
        keys.reserveCapacity(view.entries[object].length)
        guard view.entries[object].kind != .object else {
            view.forEachMember(of: object) { keys.append(view.string(at: $0)) }
            return keys
        }
        var seen: Set<JSONMemberName> = []
        view.forEachMember(of: object) { index in
            let key = view.string(at: index)
            if seen.insert(JSONMemberName(key)).inserted {
                keys.append(key)
            }
        }
        return keys
    }
}
