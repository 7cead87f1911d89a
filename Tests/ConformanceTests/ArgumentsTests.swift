import Testing

@testable import koa_conformance

@Suite("The command line")
struct ArgumentsTests {
    @Test("takes paths and options in any order")
    func paths() throws {
        let arguments = try Arguments(["a.jsonl", "--files", "static", "cases", "--deviations", "known.md"])
        #expect(arguments.paths == ["a.jsonl", "cases"])
        #expect(arguments.files == "static")
        #expect(arguments.deviations == "known.md")
        #expect(!arguments.wantsHelp)
    }

    @Test("leaves the options to their defaults")
    func defaults() throws {
        let arguments = try Arguments(["cases"])
        #expect(arguments.files == nil)
        #expect(arguments.deviations == nil)
    }

    @Test("takes everything behind -- for a path")
    func separator() throws {
        #expect(try Arguments(["--", "--files", "-x"]).paths == ["--files", "-x"])
    }

    @Test("asks for the usage by -h and --help, without a path", arguments: ["-h", "--help"])
    func help(option: String) throws {
        #expect(try Arguments([option]).wantsHelp)
    }

    @Test(
        "refuses what makes no sense",
        arguments: [
            [], ["--files"], ["cases", "--deviations"], ["--files", ""], ["--verbose", "cases"], ["--files", "x"],
        ]
    )
    func refused(arguments: [String]) {
        #expect(throws: UsageError.self) { try Arguments(arguments) }
    }

    @Test("says what is wrong")
    func message() {
        #expect(throws: UsageError("unknown option --verbose")) { try Arguments(["--verbose"]) }
        #expect(throws: UsageError("--files needs a value")) { try Arguments(["a", "--files"]) }
    }
}
