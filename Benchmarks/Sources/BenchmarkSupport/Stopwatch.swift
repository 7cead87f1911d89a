/// Times several functions in turn, so that whatever else the machine does hits all alike.
package enum Stopwatch {
    private static let rounds = 21
    private static let roundTime = Duration.milliseconds(60)

    /// The median times of one call of each, in nanoseconds. What a call returns is added up, so that no call is optimised
    /// away.
    package static func medians(_ calls: [() throws -> Int]) throws -> [Double] {
        let counts = try calls.map(count)
        var times = calls.map { _ in [Double]() }
        for _ in 1...rounds {
            for (index, call) in calls.enumerated() { times[index].append(try time(call, counts[index])) }
        }
        return times.map { $0.sorted()[rounds / 2] }
    }

    /// So many calls fill a round; finding it out warms up too.
    private static func count(_ call: () throws -> Int) throws -> Int {
        var calls = 1
        while true {
            let nanoseconds = try time(call, calls) * Double(calls)
            if nanoseconds >= roundTime.nanoseconds / 2 { return calls * 2 }
            calls *= 2
        }
    }

    private static func time(_ call: () throws -> Int, _ calls: Int) throws -> Double {
        var sum = 0
        let started = ContinuousClock.now
        for _ in 1...calls { sum &+= try call() }
        let elapsed = (ContinuousClock.now - started).nanoseconds
        precondition(sum > 0)
        return elapsed / Double(calls)
    }
}

extension Duration {
    fileprivate var nanoseconds: Double {
        Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
    }
}
