import Testing

@testable import koa_conformance

@Suite("The exit code")
struct CommandTests {
    private static func line(_ status: Int) -> String {
        #"{"name":"area/0001","middleware":[[["status",\#(status)],["body.text","x"]]],"exchanges":[{"request":"#
            + #"{"method":"GET","target":"/","headers":[["host","h"]]},"response":{"status":201,"reason":"Created","#
            + #""headers":[["content-type","text/plain; charset=utf-8"]],"body":"x"}}]}"#
    }

    private func exitCode(_ lines: String, more: [String] = []) async throws -> Int32 {
        try await withTemporaryFolder { folder in
            await Command.run([try write(lines, to: "area.jsonl", in: folder)] + more)
        }
    }

    @Test("is 0 when all cases pass")
    func passed() async throws {
        #expect(try await exitCode(Self.line(201)) == 0)
    }

    @Test("is 1 when one fails")
    func failed() async throws {
        #expect(try await exitCode("\(Self.line(201))\n\(Self.line(202))") == 1)
    }

    @Test("is 2 when a line is malformed, whatever else there is")
    func malformed() async throws {
        #expect(try await exitCode("\(Self.line(201))\n{") == 2)
        #expect(try await exitCode(Self.line(201).replacing(#"["status",201]"#, with: #"["status","x"]"#)) == 2)
    }

    @Test("is 2 when there are no cases, no such file, or no such deviations")
    func missing() async throws {
        #expect(try await exitCode("") == 2)
        #expect(try await exitCode(Self.line(201), more: ["/no/such/folder"]) == 2)
        #expect(try await exitCode(Self.line(201), more: ["--deviations", "/no/such/file.md"]) == 2)
    }

    @Test("is 2 on wrong usage, and 0 for help")
    func usage() async {
        #expect(await Command.run([]) == 2)
        #expect(await Command.run(["--no-such-option"]) == 2)
        #expect(await Command.run(["--help"]) == 0)
    }
}
