/// A run of a program over a path, all ways to divide the path at once (Pike's simulation of a regular expression).
///
/// A thread is an operation and the captures that led there. The threads at an offset are kept in the order of preference,
/// and of those at one operation only the first, so that their number is bounded by the program and the time is linear in
/// the path's length. The thread that ends with the greatest preference has the captures that backtracking would find.
struct PatternSimulation {
    /// How many operations were looked at so far: at most the program's count for each offset of the path, twice.
    private(set) var steps = 0

    private struct Threads {
        var operations: [Int] = []
        /// The slots of each thread, one after another.
        var slots: [Int] = []

        mutating func removeAll() {
            operations.removeAll(keepingCapacity: true)
            slots.removeAll(keepingCapacity: true)
        }
    }

    private let operations: [PatternOperation]
    private let ending: PatternProgram.Ending
    private let slotCount: Int
    private var current = Threads()
    private var following = Threads()
    /// For each operation the offset at which it was last reached.
    private var reached: [Int]
    /// The slots of the thread that is followed.
    private var slots: [Int]

    /// A simulation of a program, be it plain or not.
    init(_ program: PatternProgram) {
        operations = program.isPlain ? PatternOperation.operations(for: program.parts) : program.operations
        ending = program.ending
        slotCount = program.captures.count * 2
        reached = Array(repeating: -1, count: operations.count)
        slots = Array(repeating: 0, count: slotCount)
    }

    /// Runs over a path from an offset on, once.
    mutating func run(_ path: PathBytes, from start: Int) -> PatternMatch? {
        var match: PatternMatch?
        var offset = start
        follow(0, at: offset)
        while !following.operations.isEmpty {
            swap(&current, &following)
            following.removeAll()
            for thread in current.operations.indices {
                let operation = current.operations[thread]
                if case .finish = operations[operation] {
                    guard let end = ending.end(of: path, at: offset) else { continue }
                    // What is left of the threads counts less.
                    match = PatternMatch(end: end, captures: captures(of: thread))
                    break
                }
                guard takes(operation, path, at: offset) else { continue }
                for slot in 0..<slotCount { slots[slot] = current.slots[thread * slotCount + slot] }
                follow(operation + 1, at: offset + 1)
            }
            offset += 1
        }
        return match
    }

    /// Whether an operation takes the byte at an offset.
    private mutating func takes(_ operation: Int, _ path: PathBytes, at offset: Int) -> Bool {
        steps += 1
        guard offset < path.count else { return false }
        return switch operations[operation] {
        case .byte(let byte): path[offset] == byte
        case .take(let bytes): bytes.contains(path, at: offset)
        case .split, .jump, .note, .finish: false
        }
    }

    /// Adds the threads that an operation leads to without taking a byte. Every loop takes one, so this ends.
    private mutating func follow(_ operation: Int, at offset: Int) {
        guard reached[operation] != offset else { return }
        reached[operation] = offset
        steps += 1
        switch operations[operation] {
        case .split(let first, let second):
            follow(first, at: offset)
            follow(second, at: offset)
        case .jump(let target):
            follow(target, at: offset)
        case .note(let slot):
            let old = slots[slot]
            slots[slot] = offset
            follow(operation + 1, at: offset)
            slots[slot] = old
        case .byte, .take, .finish:
            following.operations.append(operation)
            following.slots += slots
        }
    }

    private func captures(of thread: Int) -> [Range<Int>] {
        let first = thread * slotCount
        return stride(from: first, to: first + slotCount, by: 2).map { current.slots[$0]..<current.slots[$0 + 1] }
    }
}
