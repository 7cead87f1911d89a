import Synchronization

/// What happened, in order, as middleware and listeners noted it.
final class Recording<Element: Sendable>: Sendable {
    private let storage = Mutex<[Element]>([])

    var values: [Element] { storage.withLock { $0 } }

    func add(_ value: Element) {
        storage.withLock { $0.append(value) }
    }
}
