import Koa

/// A case whose application can be built, or the reason why it can't yet.
struct Scenario: Sendable {
    /// What was recorded.
    let recorded: Case
    /// The middleware, in order; nil when the case asks for something that there is not yet.
    let middleware: [Middleware]?
    /// What it asks for that there is not yet.
    let missing: String?

    /// Reads the middleware of a case.
    ///
    /// - Parameter files: the folder of static files.
    /// - Throws: ``FileProblem`` when an operation is not as the format has it.
    init(_ recorded: Case, files: String) throws(FileProblem) {
        self.recorded = recorded
        do {
            try CaseApplication.checkOptions(recorded.options)
            middleware = try recorded.middleware.map { try Layer.middleware($0, files: files) }
            missing = nil
        } catch let error as Unsupported {
            middleware = nil
            missing = error.what
        } catch {
            throw FileProblem("\(recorded.name): \(error)")
        }
    }
}

/// A case asks for something that there is not yet.
struct Unsupported: Error, Equatable {
    /// The kind of middleware, operation, read or option.
    let what: String

    init(_ what: String) {
        self.what = what
    }
}
