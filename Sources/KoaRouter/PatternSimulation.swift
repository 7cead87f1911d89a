/// A run of a program over a path, all ways to divide the path at once (Pike's simulation of a regular expression).
///
/// A thread is an operation and the captures that led there. The threads at an offset are kept in the order of
/// preference, and of those at one operation only the first, so that their number is bounded by the program and the
/// time is linear in the path's length. The thread that ends with the greatest preference has the captures that
/// backtracking would find.
struct PatternSimulation {
    /// How many operations were looked at so far: at most two times the program's count for each offset of the path.
    private(set) var steps = 0

    private struct Threads {
        var count = 0
        /// The operation of each thread.
        var operations: [Int]
        /// The slots of each thread, one after another.
        var slots: [Int]

        init(capacity: Int, slotCount: Int) {
            operations = Array(repeating: 0, count: capacity)
            slots = Array(repeating: 0, count: capacity * slotCount)
        }
    }

    private let program: PatternOperations
    private let ending: PatternProgram.Ending
    private let slotCount: Int
    private var current: Threads
    private var following: Threads
    /// For each operation the offset at which it was last reached.
    private var reached: [Int]
    /// The slots of the thread that is followed.
    private var slots: [Int]

    init(_ program: PatternOperations, captureCount: Int, ending: PatternProgram.Ending) {
        self.program = program
        self.ending = ending
        slotCount = captureCount * 2
        current = Threads(capacity: program.operations.count, slotCount: slotCount)
        following = current
        reached = Array(repeating: -1, count: program.operations.count)
        slots = Array(repeating: 0, count: slotCount)
    }

    /// Runs over a path from an offset on, once.
    mutating func run(_ path: PathBytes, from start: Int) -> PatternMatch? {
        var match: PatternMatch?
        var offset = start
        follow(0, at: offset)
        while following.count > 0 {
            swap(&current, &following)
            following.count = 0
            threads: for thread in 0..<current.count {
                let operation = current.operations[thread]
                steps += 1
                switch program.operations[operation] {
                case .byte(let byte):
                    guard offset < path.count, path[offset] == byte else { continue }
                case .take(let number):
                    guard offset < path.count, program.classes[number].contains(path, at: offset) else { continue }
                case .finish:
                    guard let end = ending.end(of: path, at: offset) else { continue }
                    match = PatternMatch(end: end, captures: captures(of: thread))
                    // What is left of the threads counts less.
                    break threads
                case .split, .jump, .note:
                    continue
                }
                for slot in 0..<slotCount { slots[slot] = current.slots[thread * slotCount + slot] }
                follow(operation + 1, at: offset + 1)
            }
            offset += 1
        }
        return match
    }

    /// Adds the threads that an operation leads to without taking a byte. Every loop takes one, so this ends.
    private mutating func follow(_ operation: Int, at offset: Int) {
        guard reached[operation] != offset else { return }
        reached[operation] = offset
        steps += 1
        switch program.operations[operation] {
        case .split(let first, let second):
            follow(first, at: offset)
            follow(second, at: offset)
        case .jump(let target):
            follow(target, at: offset)
        case .note(let slot):
            // It need not be undone: what is followed before another thread's slots are copied here comes after it.
            slots[slot] = offset
            follow(operation + 1, at: offset)
        case .byte, .take, .finish:
            let thread = following.count
            following.operations[thread] = operation
            for slot in 0..<slotCount { following.slots[thread * slotCount + slot] = slots[slot] }
            following.count += 1
        }
    }

    private func captures(of thread: Int) -> [Range<Int>] {
        let first = thread * slotCount
        return stride(from: first, to: first + slotCount, by: 2).map { current.slots[$0]..<current.slots[$0 + 1] }
    }
}
