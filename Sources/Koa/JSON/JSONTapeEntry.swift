/// What a tape entry stands for.
enum JSONKind: UInt8 {
    case null, `true`, `false`
    /// A number whose payload is its exact `Int64`.
    case integer
    /// A number whose payload is the bits of its `Double`.
    case double
    /// A number that is read from its text when it is asked for.
    case number
    case string
    /// A string (or key) with escapes to resolve.
    case escapedString
    case array
    /// An object whose keys are known to differ.
    case object
    /// An object that may hold a key twice, or holds many: it is looked up with care.
    case irregularObject

    var isNumber: Bool {
        self == .integer || self == .double || self == .number
    }

    var isContainer: Bool {
        rawValue >= JSONKind.array.rawValue
    }

    var isObject: Bool {
        rawValue >= JSONKind.object.rawValue
    }
}

/// A value or key of a scanned document, in 16 bytes.
///
/// Entries stand in document order. A container takes two, a header and a link to its parent, and its content follows;
/// in an object each value follows its key.
struct JSONTapeEntry {
    /// Where the text begins, after the quote of a string; for a link, the parent's index.
    var offset: UInt32
    private var lengthAndKind: UInt32
    /// A number's value, a key's signature, or ``next`` and ``cursor`` of a container.
    var payload: UInt64

    init(_ kind: JSONKind, offset: Int, length: Int, payload: UInt64) {
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.lengthAndKind = UInt32(truncatingIfNeeded: length) &<< 4 | UInt32(kind.rawValue)
        self.payload = payload
    }

    /// The link from a container to its parent.
    init(parent: Int) {
        self.init(.null, offset: parent, length: 0, payload: 0)
    }

    @inline(__always)
    var kind: JSONKind {
        // Only a kind's raw value is ever stored there, and those count the cases.
        unsafeBitCast(UInt8(truncatingIfNeeded: lengthAndKind & 0xF), to: JSONKind.self)
    }

    /// The length of a text in bytes, or the number of elements or members.
    @inline(__always)
    var length: Int {
        Int(truncatingIfNeeded: lengthAndKind &>> 4)
    }

    /// The index of the entry after a container's end.
    @inline(__always)
    var next: Int {
        get { Int(truncatingIfNeeded: payload & 0xFFFF_FFFF) }
        set { payload = payload & ~0xFFFF_FFFF | UInt64(truncatingIfNeeded: newValue) & 0xFFFF_FFFF }
    }

    /// The element of an array that is being read, or the key of an object that was found last.
    @inline(__always)
    var cursor: Int {
        get { Int(truncatingIfNeeded: payload &>> 32) }
        set { payload = payload & 0xFFFF_FFFF | UInt64(truncatingIfNeeded: newValue) &<< 32 }
    }
}
