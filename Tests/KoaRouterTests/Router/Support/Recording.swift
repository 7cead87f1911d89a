import NIOConcurrencyHelpers

/// What happened, in order, as handlers noted it.
final class Recording<Element: Sendable>: Sendable {
    private let storage = NIOLockedValueBox<[Element]>([])

    var values: [Element] { storage.withLockedValue { $0 } }

    func add(_ value: Element) {
        storage.withLockedValue { $0.append(value) }
    }
}
