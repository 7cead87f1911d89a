/// Checks a whole document against RFC 8259 in one pass and lays it out on a tape.
///
/// Nesting costs no stack. Nothing is copied: entries point into the document.
struct JSONScanner {
    /// The parent of a document's value.
    static let noContainer = Int(UInt32.max)

    let base: UnsafePointer<UInt8>
    let end: Int
    private let depthLimit: Int
    var position = 0

    private(set) var entries: UnsafeMutablePointer<JSONTapeEntry>
    private(set) var count = 0
    private var capacity: Int
    private var container = JSONScanner.noContainer
    private var isInObject = false
    private var depth = 0

    /// Room that is always there behind the last entry: `close` keeps the signatures of a small object there.
    private static let spare = 16
    static let mostRegularMembers = spare * 2

    /// Prepares to read `end` bytes from `base`; the caller frees `entries`.
    init(base: UnsafePointer<UInt8>, end: Int, depthLimit: Int) {
        self.base = base
        self.end = end
        self.depthLimit = depthLimit
        self.capacity = end / 8 + 2 * Self.spare
        self.entries = .allocate(capacity: capacity)
    }

    /// Reads the document.
    mutating func scan() throws(JSONError) {
        if end >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF {
            throw fail(.byteOrderMark, "A byte order mark is not allowed before JSON", at: 0)
        }
        try scanValues()
        skipWhitespace()
        if position < end {
            throw fail(.trailingContent, "Expected nothing after the value but found \(found(at: position))")
        }
    }

    private mutating func scanValues() throws(JSONError) {
        while true {
            skipWhitespace()
            let byte = position < end ? base[position] : 0
            switch byte {
            case UInt8(ascii: "\""):
                try scanString(isKey: false)
            case UInt8(ascii: "{"):
                try open(.object)
                skipWhitespace()
                if position < end, base[position] == UInt8(ascii: "}") {
                    close()
                } else {
                    try scanKey()
                    continue
                }
            case UInt8(ascii: "["):
                try open(.array)
                skipWhitespace()
                if position < end, base[position] == UInt8(ascii: "]") {
                    close()
                } else {
                    continue
                }
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                try scanNumber()
            case UInt8(ascii: "t"):
                try scanWord("true", .true)
            case UInt8(ascii: "f"):
                try scanWord("false", .false)
            case UInt8(ascii: "n"):
                try scanWord("null", .null)
            default:
                throw unexpected("a value")
            }
            guard try scanAfterValue() else { return }
        }
    }

    /// Closes what ends here; returns whether another value has to follow.
    private mutating func scanAfterValue() throws(JSONError) -> Bool {
        while container != Self.noContainer {
            skipWhitespace()
            let byte = position < end ? base[position] : 0
            if byte == UInt8(ascii: ",") {
                entries[container].cursor &+= 1
                position += 1
                if isInObject {
                    skipWhitespace()
                    try scanKey()
                }
                return true
            }
            guard byte == (isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw unexpected(isInObject ? "\",\" or \"}\"" : "\",\" or \"]\"")
            }
            entries[container].cursor &+= 1
            close()
        }
        return false
    }

    private mutating func scanKey() throws(JSONError) {
        guard position < end, base[position] == UInt8(ascii: "\"") else {
            throw unexpected("a key in quotes")
        }
        try scanString(isKey: true)
        skipWhitespace()
        guard position < end, base[position] == UInt8(ascii: ":") else {
            throw unexpected("\":\"")
        }
        position += 1
    }

    private mutating func scanWord(_ word: StaticString, _ kind: JSONKind) throws(JSONError) {
        let start = position
        for offset in 0..<word.utf8CodeUnitCount {
            guard position < end, base[position] == word.utf8Start[offset] else {
                throw unexpected("\"\(word)\"")
            }
            position += 1
        }
        append(JSONTapeEntry(kind, offset: start, length: position - start, payload: 0))
    }

    private mutating func open(_ kind: JSONKind) throws(JSONError) {
        guard depth < depthLimit else {
            throw fail(.tooDeep, "Arrays and objects are nested deeper than \(depthLimit)")
        }
        depth += 1
        let header = count
        append(JSONTapeEntry(kind, offset: position, length: 0, payload: 0))
        append(JSONTapeEntry(parent: container))
        container = header
        isInObject = kind == .object
        position += 1
    }

    private mutating func close() {
        position += 1
        depth -= 1
        let header = entries[container]
        let length = header.cursor
        var kind = header.kind
        if kind == .object, !hasDistinctKeys(members: length) {
            kind = .irregularObject
        }
        var closed = JSONTapeEntry(kind, offset: Int(header.offset), length: length, payload: 0)
        closed.next = count
        closed.cursor = isInObject ? container + 2 : 0
        entries[container] = closed
        let parent = entries[container + 1].offset
        container = Int(parent)
        isInObject = container != Self.noContainer && entries[container].kind.isObject
    }

    /// Whether the open container, an object, surely has no key twice. Only small objects are looked at.
    private func hasDistinctKeys(members: Int) -> Bool {
        guard members <= Self.mostRegularMembers else { return false }
        let signatures = UnsafeMutableRawPointer(entries + count)
        var index = container + 2
        for member in 0..<members {
            let signature = entries[index].payload
            for other in 0..<member
            where signatures.load(fromByteOffset: other &* 8, as: UInt64.self) == signature {
                return false
            }
            signatures.storeBytes(of: signature, toByteOffset: member &* 8, as: UInt64.self)
            let value = entries[index + 1]
            index = value.kind.isContainer ? value.next : index + 2
        }
        return true
    }

    @inline(__always)
    mutating func append(_ entry: JSONTapeEntry) {
        if count + Self.spare >= capacity {
            grow()
        }
        (entries + count).initialize(to: entry)
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        capacity *= 2
        let larger = UnsafeMutablePointer<JSONTapeEntry>.allocate(capacity: capacity)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
    }

    @inline(__always)
    private mutating func skipWhitespace() {
        while position < end, base[position] <= 0x20 {
            switch base[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private func unexpected(_ expected: String) -> JSONError {
        fail(
            position < end ? .unexpectedCharacter : .unexpectedEnd,
            "Expected \(expected) but found \(found(at: position))"
        )
    }

    /// The error for a fault at `offset`, by default where the scanner stands.
    @inline(never)
    func fail(_ code: JSONError.Code, _ message: String, at offset: Int? = nil) -> JSONError {
        let bytes = UnsafeRawBufferPointer(start: base, count: end)
        var place = JSONPosition()
        place.move(to: offset ?? position, in: bytes)
        let path = path()
        return JSONError(
            code: code, message: message, line: place.line, column: place.column, path: JSONPathKey.text(of: path)
        )
    }

    /// The path to what is being read: a member once its key was read, else the container.
    private func path() -> [JSONPathKey] {
        let tape = JSONTapeView(base: base, entries: entries)
        guard isInObject else { return tape.path(to: count, in: container) }
        var key = container + 2
        while key + 1 < count {
            key = tape.next(after: key + 1)
        }
        return key < count
            ? tape.path(to: count, in: container) : tape.path(to: container, in: tape.parent(of: container))
    }

    /// Names the character at `offset` for a message.
    @inline(never)
    func found(at offset: Int) -> String {
        guard offset < end else { return "the end of the text" }
        let length = max(1, JSONText.sequenceLength(base + offset, available: end - offset))
        let text = String(decoding: UnsafeBufferPointer(start: base + offset, count: length), as: UTF8.self)
        guard let scalar = text.unicodeScalars.first, scalar.value >= 0x20, scalar.value != 0x7F else {
            return "the byte 0x" + String(base[offset], radix: 16)
        }
        return "\"\(text)\""
    }
}
