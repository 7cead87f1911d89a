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
            try Self.checkCodings(recorded)
            middleware = try recorded.middleware.map { try Layer.middleware($0, files: files) }
            missing = nil
        } catch let error as Unsupported {
            middleware = nil
            missing = error.what
        } catch {
            throw FileProblem("\(recorded.name): \(error)")
        }
    }

    /// - Throws: ``Unsupported`` where a compressed body was recorded that this build can't make: br has a package trait.
    private static func checkCodings(_ recorded: Case) throws {
        for response in recorded.exchanges.map(\.response) where response.decodedBody != nil {
            let codings = response.headers.filter { $0.name.lowercased() == "content-encoding" }.map(\.value)
            if let coding = ContentDecoding.unknown(codings) { throw Unsupported("content coding \(coding)") }
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
