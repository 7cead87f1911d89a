/// The layers that match a path, and what their patterns captured.
struct RouteLookup: Sendable {
    struct Match: Sendable {
        let layer: Int32
        let alternative: Int32
        /// The number of its first capture among the layer's.
        let firstCapture: Int32
        /// Which of ``RouteLookup/captures`` are its own.
        let captures: Range<Int32>
    }

    private(set) var matches: [Match] = []
    /// Ranges of the path's bytes.
    private(set) var captures: [Range<Int32>] = []

    init() {
        matches.reserveCapacity(4)
        captures.reserveCapacity(4)
    }

    /// Adds a match of a pattern, unless an earlier alternative of the same pattern matched.
    mutating func add(
        _ leaf: RouteTree.Leaf, captures found: Slice<UnsafeMutableBufferPointer<Range<Int32>>>, and rest: Range<Int32>?
    ) {
        let first = Int32(captures.count)
        captures.append(contentsOf: found)
        if let rest { captures.append(rest) }
        insert(leaf, first)
    }

    /// Adds a match of a pattern whose tail a program matched.
    mutating func add(
        _ leaf: RouteTree.Leaf, captures found: Slice<UnsafeMutableBufferPointer<Range<Int32>>>, and rest: [Range<Int>]
    ) {
        let first = Int32(captures.count)
        captures.append(contentsOf: found)
        for range in rest { captures.append(Int32(range.lowerBound)..<Int32(range.upperBound)) }
        insert(leaf, first)
    }

    /// Adds a match without captures.
    mutating func add(layer: Int) {
        insert(
            .init(layer: Int32(layer), firstCapture: 0, alternative: 0, isWhole: false, allowsTrailing: true),
            Int32(captures.count))
    }

    /// In the order of the layers, which few matches are sorted into at once.
    private mutating func insert(_ leaf: RouteTree.Leaf, _ firstCapture: Int32) {
        let match = Match(
            layer: leaf.layer, alternative: leaf.alternative, firstCapture: leaf.firstCapture,
            captures: firstCapture..<Int32(captures.count))
        var place = matches.count
        while place > 0, matches[place - 1].layer > match.layer { place -= 1 }
        if place > 0, matches[place - 1].layer == match.layer {
            if matches[place - 1].alternative > match.alternative { matches[place - 1] = match }
        } else {
            matches.insert(match, at: place)
        }
    }

    /// The match of a layer.
    func match(of layer: Int) -> Match? {
        matches.first { $0.layer == layer }
    }

    /// Leaves out the matches that a function refuses.
    mutating func filter(_ isKept: (Match) -> Bool) {
        matches.removeAll { !isKept($0) }
    }
}
