import NIOPosix

/// Gathers what a thread of a database, say, has to tell several tasks, so that each event loop is woken once: to be woken for
/// the first of them, it would wait for the others, or take the thread's core.
package final class WakeGathering {
    var executors: [LoopExecutor] = []

    // Each thread sees a value of its own.
    private nonisolated(unsafe) static let own = ThreadSpecificVariable<WakeGathering>()

    /// Of the present thread.
    static var current: WakeGathering? { own.currentValue }

    /// Runs code that resumes tasks; they go on when it is over.
    package static func gather(_ body: () -> Void) {
        guard own.currentValue == nil else { return body() }
        let gathering = WakeGathering()
        own.currentValue = gathering
        body()
        own.currentValue = nil
        for executor in gathering.executors { executor.wake() }
    }
}
