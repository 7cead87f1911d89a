import NIOCore

/// Growing memory that JSON is written into, and the encoder that writes it.
///
/// Values are written where they belong as they are encoded; nothing is built first. Only what may be filled in later,
/// out of order (nested containers and super encoders), gets a writer of its own that is put in its place at the end.
final class JSONWriter {
    let coding: JSONCoding
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int

    /// The value that is being encoded, and how many values it stands in.
    var level = JSONLevel()
    var depth: Int
    /// The keys of the values that are being encoded.
    ///
    /// Nothing holds on to it while a value encodes itself, so that checking each access would be in vain.
    @exclusivity(unchecked) var path: [JSONPathKey]
    private var fragments: [(offset: Int, writer: JSONWriter)] = []
    private var fragmentCount = 0

    init(_ coding: JSONCoding, capacity: Int = 1024, depth: Int = 0, path: [JSONPathKey] = []) {
        self.coding = coding
        self.capacity = capacity
        self.base = .allocate(capacity: capacity)
        self.depth = depth
        self.path = path
    }

    deinit {
        base.deallocate()
    }

    /// Makes room for `size` more bytes.
    @inline(__always)
    func reserve(_ size: Int) {
        if count &+ size > capacity {
            grow(by: size)
        }
    }

    @inline(never)
    private func grow(by size: Int) {
        let larger = max(capacity * 2, count + size)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        memory.update(from: base, count: count)
        base.deallocate()
        base = memory
        capacity = larger
    }

    /// Writes a byte that room was made for.
    @inline(__always)
    func put(_ byte: UInt8) {
        base[count] = byte
        count &+= 1
    }

    /// Notes that bytes were put behind the last one.
    @inline(__always)
    func advance(by size: Int) {
        count &+= size
    }

    /// Writes a byte.
    @inline(__always)
    func write(byte: UInt8) {
        reserve(1)
        put(byte)
    }

    /// Writes ASCII characters.
    @inline(__always)
    func write(ascii text: StaticString) {
        write(bytes: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// Writes bytes as they are.
    @inline(__always)
    func write(bytes: UnsafePointer<UInt8>, count size: Int) {
        reserve(size)
        (base + count).update(from: bytes, count: size)
        count &+= size
    }

    /// What was written, as text.
    var text: String {
        String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
    }

    /// A writer for a value that stands here.
    func fragment(path: [JSONPathKey]) -> JSONWriter {
        let writer = JSONWriter(coding, capacity: 64, depth: depth + 1, path: path)
        fragments.append((count, writer))
        fragmentCount += 1
        return writer
    }

    /// A writer that refuses everything.
    static func closed(_ coding: JSONCoding) -> JSONWriter {
        let writer = JSONWriter(coding, capacity: 1)
        writer.level.kind = .single
        return writer
    }

    /// Ends the document and appends it to `buffer`; containers that are still held write nothing from here on.
    func finish(into buffer: inout ByteBuffer) {
        closeLevel()
        depth = .min
        guard fragments.isEmpty else {
            let whole = JSONWriter(coding, capacity: count * 2)
            assemble(into: whole)
            buffer.writeBytes(UnsafeRawBufferPointer(start: whole.base, count: whole.count))
            return
        }
        buffer.writeBytes(UnsafeRawBufferPointer(start: base, count: count))
    }

    private func assemble(into whole: JSONWriter) {
        var start = 0
        for (offset, writer) in fragments {
            whole.write(bytes: base + start, count: offset - start)
            writer.closeLevel()
            if writer.level.kind == .unset { writer.write(ascii: "{}") }
            writer.depth = .min
            writer.assemble(into: whole)
            start = offset
        }
        whole.write(bytes: base + start, count: count - start)
    }

    /// How much was written, to come back to.
    struct Mark {
        fileprivate let count: Int
        fileprivate let fragmentCount: Int
        fileprivate let level: JSONLevel
    }

    /// The state before something that may fail.
    @inline(__always)
    var mark: Mark {
        Mark(count: count, fragmentCount: fragmentCount, level: level)
    }

    /// Takes back what was written of the value at hand since `mark`.
    @inline(never)
    func rewind(to mark: Mark) {
        count = mark.count
        fragments.removeSubrange(mark.fragmentCount...)
        fragmentCount = mark.fragmentCount
        level = mark.level
    }
}

/// How far the encoding of one value has come.
struct JSONLevel {
    enum Kind: UInt8 {
        case unset, keyed, unkeyed, single
    }

    var kind = Kind.unset
    /// Whether keys are written as they are, as those of a dictionary are.
    var keepsKeys = false
    /// How many members or elements were written.
    var count = 0
}
