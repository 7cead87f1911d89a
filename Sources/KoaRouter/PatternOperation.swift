/// A step of a program that is simulated.
enum PatternOperation: Sendable, Hashable {
    /// Takes this byte.
    case byte(UInt8)
    /// Takes a byte of the class with this number.
    case take(Int)
    /// Goes on at both operations; what the first finds counts more.
    case split(Int, Int)
    /// Goes on elsewhere.
    case jump(Int)
    /// Notes the offset in a slot: an even one for the begin of a capture, the next for its end.
    case note(Int)
    /// Ends, if a path can end here.
    case finish
}

/// The operations for the parts of a program, in order, from the first on.
struct PatternOperations: Sendable {
    private(set) var operations: [PatternOperation] = []
    /// The classes that the operations name by their numbers.
    private(set) var classes: [PatternClass] = []

    init(_ parts: some Sequence<PatternPart>) {
        var slot = 0
        for part in parts {
            switch part {
            case .text(let text):
                operations += text.map(PatternOperation.byte)
            case .capture(let choices):
                operations.append(.note(slot))
                append(choices[...])
                operations.append(.note(slot + 1))
                slot += 2
            }
        }
        operations.append(.finish)
    }

    private mutating func append(_ choices: ArraySlice<PatternPart.Choice>) {
        guard let first = choices.first else { return }
        guard choices.count > 1 else { return append(first) }
        let split = operations.count
        operations.append(.finish)
        append(first)
        let jump = operations.count
        operations.append(.finish)
        // The two places are known only now.
        operations[split] = .split(split + 1, jump + 1)
        append(choices.dropFirst())
        operations[jump] = .jump(operations.count)
    }

    private mutating func append(_ choice: PatternPart.Choice) {
        switch choice {
        case .run(let bytes):
            operations.append(.take(classes.count))
            operations.append(.split(operations.count - 1, operations.count + 1))
            classes.append(bytes)
        case .text(let text):
            operations += text.map(PatternOperation.byte)
        }
    }
}
