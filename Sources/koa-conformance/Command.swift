/// The command `koa-conformance`: runs recorded cases and reports.
enum Command {
    /// Runs with the arguments and prints the report.
    ///
    /// - Returns: the exit code: 0 when nothing failed, 1 on a failure, 2 on wrong usage or unreadable or malformed files.
    static func run(_ arguments: [String]) async -> Int32 {
        do {
            let arguments = try Arguments(arguments)
            guard !arguments.wantsHelp else {
                print(Arguments.usage)
                return 0
            }
            let report = try await report(arguments)
            print(report.text)
            return report.exitCode
        } catch {
            StandardError.print("koa-conformance: \(error)")
            if error is UsageError { StandardError.print(Arguments.usage) }
            return 2
        }
    }

    /// Runs the cases that the arguments name.
    ///
    /// - Throws: ``FileProblem`` when a file can't be read or isn't what it should be.
    static func report(_ arguments: Arguments) async throws -> Report {
        let deviations = try Deviations.load(arguments.deviations)
        var scenarios: [Scenario] = []
        for path in arguments.paths {
            for file in try CaseFile.files(at: path) {
                let folder = arguments.files ?? file.staticFiles
                scenarios += try file.cases().map { try Scenario($0, files: folder) }
            }
        }
        guard !scenarios.isEmpty else { throw FileProblem("no cases in \(arguments.paths.joined(separator: ", "))") }
        return await Runner(deviations: deviations).run(scenarios)
    }
}
