/// Times two functions in turn, so that whatever else the machine does hits both alike.
enum Stopwatch {
    private static let rounds = 21
    private static let roundTime = Duration.milliseconds(60)

    /// The median times of one call, in nanoseconds. What a call returns is added up, so that no call is optimised away.
    static func medians(_ first: () throws -> Int, _ second: () throws -> Int) rethrows -> (Int, Int) {
        let calls = (try count(first), try count(second))
        var times: ([Int], [Int]) = ([], [])
        for _ in 1...rounds {
            times.0.append(try time(first, calls.0))
            times.1.append(try time(second, calls.1))
        }
        return (times.0.sorted()[rounds / 2], times.1.sorted()[rounds / 2])
    }

    /// So many calls fill a round; finding it out warms up too.
    private static func count(_ call: () throws -> Int) rethrows -> Int {
        var calls = 1
        while true {
            let nanoseconds = try time(call, calls) * calls
            if nanoseconds >= roundTime.nanoseconds / 2 { return calls * 2 }
            calls *= 2
        }
    }

    private static func time(_ call: () throws -> Int, _ calls: Int) rethrows -> Int {
        var sum = 0
        let started = ContinuousClock.now
        for _ in 1...calls { sum &+= try call() }
        let elapsed = (ContinuousClock.now - started).nanoseconds
        precondition(sum > 0)
        return elapsed / calls
    }
}

extension Duration {
    fileprivate var nanoseconds: Int {
        Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000)
    }
}
