import HTTPTypes

extension Context {
    /// The task-local's value must be Sendable; ``current`` gives the context only to the task that owns it.
    struct TaskLocalBox: @unchecked Sendable {
        let context: Context
        private let owner: Int?

        init(_ context: Context) {
            self.context = context
            owner = Self.currentTask
        }

        var isOwnedByCurrentTask: Bool { owner != nil && owner == Self.currentTask }

        private static var currentTask: Int? {
            withUnsafeCurrentTask { $0?.hashValue }
        }
    }

    @TaskLocal static var taskLocal: TaskLocalBox?

    /// The context of the request that the present task serves, or nil outside of one (Koa's `app.currentContext`).
    ///
    /// For code that isn't handed the context, such as a log handler:
    ///
    /// ```swift
    /// func traceID() -> String? { Context.current?.get("X-Trace-Id") }
    /// ```
    ///
    /// Child tasks and `Task {}` read nil, since a context can't be used from two tasks at once.
    public static var current: Context? {
        guard let box = taskLocal, box.isOwnedByCurrentTask, box.context.isServing else { return nil }
        return box.context
    }
}

extension Context {
    /// Runs a part of the request's work in the present task, a child of the request's that this one waits for:
    /// ``current`` is this context there, too.
    package nonisolated(nonsending) func asCurrent(_ work: () async throws -> Void) async throws {
        try await Context.$taskLocal.withValue(TaskLocalBox(self)) { try await work() }
    }
}

extension Application {
    /// The context that the present task serves, if it is one of this application; see ``Context/current``.
    public var currentContext: Context? {
        Context.current.flatMap { $0.app === self ? $0 : nil }
    }
}
