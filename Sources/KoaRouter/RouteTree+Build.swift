extension RouteTree {
    /// Collects patterns, and makes the tree of them.
    struct Builder {
        /// A node that grows.
        private final class Draft {
            var texts: [[UInt8]: Draft] = [:]
            /// The keys of `texts` in the order in which they came.
            var order: [[UInt8]] = []
            var parameter: Draft?
            var ends: [Leaf] = []
            var rests: [Leaf] = []
            var tails: [(program: PatternProgram, leaf: Leaf)] = []

            func child(_ text: [UInt8]) -> Draft {
                if let draft = texts[text] { return draft }
                let draft = Draft()
                texts[text] = draft
                order.append(text)
                return draft
            }

            func parameterChild() -> Draft {
                if let parameter { return parameter }
                let draft = Draft()
                parameter = draft
                return draft
            }

            func node(sensitive: Bool) -> Node {
                let entries = order.compactMap { text in texts[text].map { (text, $0.node(sensitive: sensitive)) } }
                return Node(
                    texts: SegmentTable(entries, sensitive: sensitive),
                    parameter: parameter?.node(sensitive: sensitive),
                    ends: ends, rests: rests, tails: tails)
            }
        }

        private let root = Draft()
        private let isSensitive: Bool

        init(sensitive isSensitive: Bool) {
            self.isSensitive = isSensitive
        }

        /// Adds a pattern.
        ///
        /// - Parameters:
        ///   - isWhole: false for one that matches the beginning of a path, up to a slash or the end.
        ///   - allowsTrailing: whether one more slash may stand at the path's end.
        mutating func add(
            _ pattern: RoutePattern, layer: Int, isWhole: Bool, allowsTrailing: Bool, methods: MethodMask = .all
        ) {
            for (index, pieces) in pattern.alternatives.enumerated() {
                let leaf = Leaf(
                    layer: Int32(layer), firstCapture: Int32(pieces.compactMap(\.number).first ?? 0),
                    alternative: Int32(index), isWhole: isWhole, allowsTrailing: allowsTrailing, methods: methods)
                add(pieces, leaf)
            }
        }

        func tree() -> RouteTree {
            RouteTree(root: root.node(sensitive: isSensitive))
        }

        /// Follows the segments that are a text or a parameter as far as they go.
        private mutating func add(_ pieces: [PatternPiece], _ leaf: Leaf) {
            var draft = root
            var segments = Segments(pieces)
            while let start = segments.start {
                switch segments.next() {
                case .text(let text):
                    draft = draft.child(text.map { SegmentTable<Node>.folded($0, isSensitive) })
                case .parameter:
                    draft = draft.parameterChild()
                case .rest:
                    draft.rests.append(leaf)
                    return
                case .other:
                    let program = PatternProgram(
                        pieces, from: start.piece, offset: start.offset, end: leaf.isWhole,
                        trailing: leaf.allowsTrailing, sensitive: isSensitive)
                    draft.tails.append((program, leaf))
                    return
                }
            }
            draft.ends.append(leaf)
        }
    }

    /// An alternative, cut at its slashes.
    private struct Segments {
        enum Segment {
            case text(ArraySlice<UInt8>)
            case parameter
            /// A wildcard, and nothing behind it.
            case rest
            case other
        }

        struct Place {
            let piece: Int
            let offset: Int
        }

        private let pieces: [PatternPiece]
        /// Where the next segment begins; nil behind the last.
        private(set) var start: Place? = Place(piece: 0, offset: 0)

        init(_ pieces: [PatternPiece]) {
            self.pieces = pieces
        }

        mutating func next() -> Segment {
            guard let start, start.piece < pieces.count else {
                self.start = nil
                return .text([])
            }
            switch pieces[start.piece] {
            case .text(let text):
                let rest = text[start.offset...]
                if let end = rest.firstIndex(of: PathBytes.slash) {
                    self.start = Place(piece: start.piece, offset: end + 1)
                    return .text(rest[..<end])
                }
                if start.piece + 1 == pieces.count {
                    self.start = nil
                    return .text(rest)
                }
                // An empty text before a slash's other side: the segment begins with the next piece.
                guard rest.isEmpty else { return .other }
                self.start = Place(piece: start.piece + 1, offset: 0)
                return next()
            case .parameter:
                return parameter(at: start.piece)
            case .wildcard:
                return start.piece + 1 == pieces.count ? .rest : .other
            }
        }

        private mutating func parameter(at piece: Int) -> Segment {
            guard piece + 1 < pieces.count else {
                start = nil
                return .parameter
            }
            guard case .text(let text) = pieces[piece + 1], text.first == PathBytes.slash else { return .other }
            start = Place(piece: piece + 1, offset: 1)
            return .parameter
        }
    }
}
