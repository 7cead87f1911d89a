/// Waits until its task is cancelled.
func waitForCancellation() async {
    let (events, end) = AsyncStream<Void>.makeStream()
    defer { end.finish() }
    // The iteration of a cancelled task ends.
    for await _ in events {}
}

/// Waits until a condition holds that another thread makes true; false when it doesn't within ten seconds.
func eventually(_ condition: () -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(10)
    while !condition() {
        guard ContinuousClock.now < end else { return false }
        await Task.yield()
    }
    return true
}
