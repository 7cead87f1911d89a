import Synchronization

/// Where handlers wait until the test lets them go on.
final class Gate: Sendable {
    private let entered = AsyncStream.makeStream(of: Void.self)
    private let opened = AsyncStream.makeStream(of: Void.self)

    /// In the handler.
    func enterAndWait() async {
        entered.continuation.yield()
        for await _ in opened.stream { break }
    }

    /// In the test.
    func waitUntilEntered() async {
        for await _ in entered.stream { break }
    }

    /// In the test: for all who wait, now and later.
    func open() {
        opened.continuation.finish()
    }
}
