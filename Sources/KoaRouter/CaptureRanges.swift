/// Which bytes of a path the parameters of patterns have captured, the first few without a place in the heap.
struct CaptureRanges: Sendable {
    private var first = (0..<0, 0..<0, 0..<0, 0..<0) as (Range<Int32>, Range<Int32>, Range<Int32>, Range<Int32>)
    private var others: [Range<Int32>] = []
    private(set) var count = 0

    mutating func append(_ range: Range<Int32>) {
        switch count {
        case 0: first.0 = range
        case 1: first.1 = range
        case 2: first.2 = range
        case 3: first.3 = range
        default: others.append(range)
        }
        count += 1
    }

    mutating func removeLast() {
        count -= 1
        if count >= 4 { others.removeLast() }
    }

    subscript(place: Int) -> Range<Int32> {
        switch place {
        case 0: first.0
        case 1: first.1
        case 2: first.2
        case 3: first.3
        default: others[place - 4]
        }
    }
}
