/// The patterns of a router as one tree of segments: a path is looked up in one walk, however many patterns there are.
///
/// A node stands for the segments that lead to it, so each is visited once a path at most. What a tree can't tell by
/// segments, such as a parameter with text around it, is matched by the program of that pattern alone.
struct RouteTree: Sendable {
    /// An alternative of a layer's pattern.
    struct Leaf: Sendable {
        let layer: Int32
        /// The number of its first capture among the layer's.
        let firstCapture: Int32
        let alternative: Int32
        /// Whether the path has to end here, or one more slash may come.
        let isWhole: Bool
        let allowsTrailing: Bool
        let methods: MethodMask
    }

    final class Node: Sendable {
        let texts: SegmentTable<Node>
        let parameter: Node?
        /// Patterns that end with this node's segment.
        let ends: [Leaf]
        /// Patterns that go on with a wildcard to the end.
        let rests: [Leaf]
        /// Patterns that go on with something else.
        let tails: [(program: PatternProgram, leaf: Leaf)]

        init(
            texts: SegmentTable<Node>, parameter: Node?, ends: [Leaf], rests: [Leaf],
            tails: [(program: PatternProgram, leaf: Leaf)]
        ) {
            self.texts = texts
            self.parameter = parameter
            self.ends = ends
            self.rests = rests
            self.tails = tails
        }
    }

    let root: Node

    /// Adds the layers whose patterns match a path to `lookup`, in no order.
    func find(_ path: UnsafeBufferPointer<UInt8>, _ lookup: inout RouteLookup) {
        var walk = Walk(path: path)
        walk.visit(root, at: -1, &lookup)
    }

    private struct Walk {
        let path: UnsafeBufferPointer<UInt8>
        var captures = CaptureRanges()

        init(path: UnsafeBufferPointer<UInt8>) {
            self.path = path
        }

        /// - Parameter position: behind the node's segment; -1 before the first.
        mutating func visit(_ node: Node, at position: Int, _ lookup: inout RouteLookup) {
            if position >= 0 {
                for index in node.ends.indices where isEnd(position, of: node.ends[index]) {
                    add(node.ends[index], nil, to: &lookup)
                }
                if position == path.count { return }
            }
            let start = position + 1
            if start < path.count {
                for index in node.rests.indices {
                    add(node.rests[index], Int32(start)..<Int32(path.count), to: &lookup)
                }
            }
            if !node.tails.isEmpty { visitTails(of: node, from: start, &lookup) }
            var end = start
            while end < path.count, path[end] != PathBytes.slash { end += 1 }
            if let next = node.texts.value(of: UnsafeBufferPointer(rebasing: path[start..<end])) {
                visit(next, at: end, &lookup)
            }
            if let next = node.parameter, end > start {
                captures.append(Int32(start)..<Int32(end))
                visit(next, at: end, &lookup)
                captures.removeLast()
            }
        }

        private func visitTails(of node: Node, from start: Int, _ lookup: inout RouteLookup) {
            for (program, leaf) in node.tails where !leaf.methods.isDisjoint(with: lookup.methods) {
                guard let match = program.match(path, from: start) else { continue }
                lookup.add(leaf, captures: captures, and: match.captures)
            }
        }

        private func isEnd(_ position: Int, of leaf: Leaf) -> Bool {
            position == path.count || !leaf.isWhole || leaf.allowsTrailing && position + 1 == path.count
        }

        private func add(_ leaf: Leaf, _ rest: Range<Int32>?, to lookup: inout RouteLookup) {
            lookup.add(leaf, captures: captures, and: rest)
        }
    }
}
