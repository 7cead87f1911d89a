/// A step of a program that is simulated.
enum PatternOperation: Sendable, Hashable {
    /// Takes this byte.
    case byte(UInt8)
    /// Takes a byte of a class.
    case take(PatternClass)
    /// Goes on at both operations; what the first finds counts more.
    case split(Int, Int)
    /// Goes on elsewhere.
    case jump(Int)
    /// Notes the offset in a slot: an even one for the begin of a capture, the next for its end.
    case note(Int)
    /// Ends, if a path can end here.
    case finish

    /// The operations for parts, in order, from the first on.
    static func operations(for parts: [PatternPart]) -> [PatternOperation] {
        var operations: [PatternOperation] = []
        var slot = 0
        for part in parts {
            switch part {
            case .text(let text):
                operations += text.map(PatternOperation.byte)
            case .capture(let choices):
                operations.append(.note(slot))
                append(choices, to: &operations)
                operations.append(.note(slot + 1))
                slot += 2
            }
        }
        operations.append(.finish)
        return operations
    }

    private static func append(_ choices: [PatternPart.Choice], to operations: inout [PatternOperation]) {
        guard let first = choices.first else { return }
        guard choices.count > 1 else { return append(first, to: &operations) }
        let split = operations.count
        operations.append(.finish)
        append(first, to: &operations)
        let jump = operations.count
        operations.append(.finish)
        // The two places are known only now.
        operations[split] = .split(split + 1, jump + 1)
        append(Array(choices.dropFirst()), to: &operations)
        operations[jump] = .jump(operations.count)
    }

    private static func append(_ choice: PatternPart.Choice, to operations: inout [PatternOperation]) {
        switch choice {
        case .run(let bytes):
            operations.append(.take(bytes))
            operations.append(.split(operations.count - 1, operations.count + 1))
        case .text(let text):
            operations += text.map(PatternOperation.byte)
        }
    }
}
