/// The layers that match a path and a method, and what their patterns captured.
///
/// Most requests find a single one, which needs no place in the heap.
struct RouteLookup: Sendable {
    struct Match: Sendable {
        let layer: Int32
        let alternative: Int32
        /// The number of its first capture among the layer's.
        let firstCapture: Int32
        /// Which of ``RouteLookup/captures`` are its own.
        let captures: Range<Int32>
    }

    /// Whether all alternatives of a pattern that match are kept, until it is known which are accepted.
    var keepsAlternatives = false
    /// Layers of none of these methods are left out.
    var methods = MethodMask.all
    /// Ranges of the path's bytes.
    private(set) var captures = CaptureRanges()
    private var first: Match?
    /// All matches, when there are several.
    private var several: [Match] = []

    /// In the order of the layers.
    var matches: [Match] { first.map { [$0] } ?? several }

    var count: Int { first == nil ? several.count : 1 }

    var isEmpty: Bool { first == nil && several.isEmpty }

    /// The match, when there is one alone.
    var only: Match? { first ?? (several.count == 1 ? several[0] : nil) }

    /// Adds a match of a pattern, in place of a later alternative's, unless an earlier one of the same pattern matched.
    mutating func add(
        _ leaf: RouteTree.Leaf, captures found: borrowing CaptureRanges, and rest: Range<Int32>?
    ) {
        guard !leaf.methods.isDisjoint(with: methods) else { return }
        let start = captures.count
        for index in 0..<found.count { captures.append(found[index]) }
        if let rest { captures.append(rest) }
        insert(leaf, start)
    }

    /// Adds a match of a pattern whose tail a program matched.
    mutating func add(
        _ leaf: RouteTree.Leaf, captures found: borrowing CaptureRanges, and rest: [Range<Int>]
    ) {
        let start = captures.count
        for index in 0..<found.count { captures.append(found[index]) }
        for range in rest { captures.append(Int32(range.lowerBound)..<Int32(range.upperBound)) }
        insert(leaf, start)
    }

    /// Adds a match without captures.
    mutating func add(layer: Int) {
        insert(
            Match(layer: Int32(layer), alternative: 0, firstCapture: 0, captures: 0..<0))
    }

    private mutating func insert(_ leaf: RouteTree.Leaf, _ start: Int) {
        insert(
            Match(
                layer: leaf.layer, alternative: leaf.alternative, firstCapture: leaf.firstCapture,
                captures: Int32(start)..<Int32(captures.count)))
    }

    /// In the order of the layers, which few matches are sorted into at once.
    private mutating func insert(_ match: Match) {
        if isEmpty {
            first = match
            return
        }
        if let first {
            several = [first]
            self.first = nil
        }
        var place = several.count
        while place > 0, several[place - 1].layer > match.layer { place -= 1 }
        if keepsAlternatives {
            while place > 0, several[place - 1].layer == match.layer, several[place - 1].alternative > match.alternative
            {
                place -= 1
            }
            several.insert(match, at: place)
        } else if place > 0, several[place - 1].layer == match.layer {
            if several[place - 1].alternative > match.alternative { several[place - 1] = match }
        } else {
            several.insert(match, at: place)
        }
    }

    /// The match of a layer.
    func match(of layer: Int) -> Match? {
        if let first { return first.layer == layer ? first : nil }
        return several.first { $0.layer == layer }
    }

    /// Leaves out all but the first match of each layer.
    mutating func dropAlternatives() {
        var last: Int32 = -1
        several.removeAll { match in
            defer { last = match.layer }
            return match.layer == last
        }
    }

    /// Leaves out the matches that a function refuses.
    mutating func filter(_ isKept: (Match) -> Bool) {
        if let match = first, !isKept(match) { first = nil }
        several.removeAll { !isKept($0) }
    }
}
