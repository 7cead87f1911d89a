extension WallClock {
    /// Waits by this clock's ``uptime``; by that of a ``ManualClock`` until it was moved on so far.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    package func sleep(for duration: Duration) async throws {
        guard let stepping = self as? any SteppingClock else { return try await Task.sleep(for: duration) }
        let end = uptime + duration
        let (steps, step) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listener = StepListener()
        stepping.onStep(ObjectIdentifier(listener)) { step.yield() }
        defer { withExtendedLifetime(listener) { stepping.remove(ObjectIdentifier(listener)) } }
        var iterator = steps.makeAsyncIterator()
        while uptime < end {
            guard await iterator.next() != nil else { break }
        }
        try Task.checkCancellation()
    }
}

/// An identity among the listeners of a clock.
private final class StepListener {}
