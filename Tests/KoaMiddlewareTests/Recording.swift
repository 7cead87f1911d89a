import Synchronization

/// What handlers and listeners saw, in order.
final class Recording<Value: Sendable>: Sendable {
    private let mutex = Mutex<[Value]>([])

    var values: [Value] { mutex.withLock { $0 } }

    func add(_ value: Value) { mutex.withLock { $0.append(value) } }
}

struct Boom: Error, CustomStringConvertible {
    var description = "boom"
}
