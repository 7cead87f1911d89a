/// What the command line asks for.
struct Arguments: Equatable {
    /// Files and folders of cases.
    var paths: [String] = []
    /// The folder of static files; nil means `files` beside the cases.
    var files: String?
    /// The file that names the quirks which are not followed; nil means `docs/deviations.md`, when it exists.
    var deviations: String?
    /// Whether to print the usage and nothing else.
    var wantsHelp = false

    /// How the command is called.
    static let usage = """
        usage: koa-conformance [--files DIR] [--deviations FILE] PATH…

          PATH               a .jsonl file of cases, or a folder of such files
          --files DIR        the folder of static files (default: files/ beside the cases)
          --deviations FILE  names the quirks that are not followed, in backticks (default: docs/deviations.md)

        Exit code: 0 when all cases pass, 1 when one fails, 2 on wrong usage or unreadable files.
        """

    /// Reads the arguments behind the command's name.
    ///
    /// - Throws: ``UsageError``.
    init(_ arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "-h", "--help": wantsHelp = true
            case "--files": files = try Self.value(of: argument, &rest)
            case "--deviations": deviations = try Self.value(of: argument, &rest)
            case "--":
                paths += rest
                rest = []
            case _ where argument.hasPrefix("-"): throw UsageError("unknown option \(argument)")
            default: paths.append(argument)
            }
        }
        guard wantsHelp || !paths.isEmpty else { throw UsageError("name a file or folder of cases") }
    }

    private static func value(of option: String, _ rest: inout ArraySlice<String>) throws(UsageError) -> String {
        guard let value = rest.popFirst(), !value.isEmpty else { throw UsageError("\(option) needs a value") }
        return value
    }
}

/// The command line makes no sense.
struct UsageError: Error, Equatable, CustomStringConvertible {
    /// What is wrong with it.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
