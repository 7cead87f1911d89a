/// Bytes that count how often one of them is looked at.
struct CountedBytes: RandomAccessCollection {
    private final class Counter {
        var reads = 0
    }

    private let bytes: [UInt8]
    private let counter = Counter()

    init(_ text: String) { bytes = Array(text.utf8) }

    var reads: Int { counter.reads }
    var startIndex: Int { 0 }
    var endIndex: Int { bytes.count }

    subscript(index: Int) -> UInt8 {
        counter.reads += 1
        return bytes[index]
    }
}
