import FoundationEssentials
import Testing

@testable import koa_conformance

/// The recorded cases: a selection of each area that lies beside these tests, and all of them where they are at hand
/// (in the folder that `KOA_CONFORMANCE` names, else `../shared/conformance` beside the package).
@Suite("Recorded cases")
struct RecordedCasesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let package = folder.deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of all cases, if there is one.
    static let all: String? = {
        let named = ProcessInfo.processInfo.environment["KOA_CONFORMANCE"]
        let path = named ?? package.appendingPathComponent("../shared/conformance").standardized.path
        return named != nil || FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// The areas of which no case may be unsupported.
    private static let core: Set<String> = [
        "accepts", "accepts-others", "attachment", "body-parser", "conditional", "cookies", "cookies-roundtrip", "errors",
        "fresh", "mount", "null-body", "onion", "query", "redirect", "request", "request-body-meta", "request-setters",
        "respond", "response-reads", "router", "router-url", "static", "types", "vhost",
    ]

    private func report(_ path: String) async throws -> Report {
        let deviations = Self.package.appendingPathComponent("docs/deviations.md").path
        return try await Command.report(Arguments(["--deviations", deviations, path]))
    }

    @Test("pass: the selection")
    func selection() async throws {
        let report = try await report(Self.folder.appendingPathComponent("Cases").path)
        #expect(report.failed == 0, "\(report.text)")
        let complete = report.rows.filter { $0.unsupported == 0 && $0.passed > 0 }.map(\.area)
        #expect(Self.core.subtracting(complete).isEmpty)
    }

    @Test("pass: all", .enabled(if: RecordedCasesTests.all != nil))
    func everything() async throws {
        let report = try await report(try #require(Self.all))
        #expect(report.failed == 0, "\(report.text)")
        let complete = report.rows.filter { $0.unsupported == 0 && $0.passed > 0 }.map(\.area)
        #expect(Self.core.subtracting(complete).isEmpty)
    }

    @Test("deviate only by the flaws that the document names")
    func deviations() throws {
        let deviations = try Deviations.load(Self.package.appendingPathComponent("docs/deviations.md").path)
        #expect(deviations.names("redirect-scheme"))
        #expect(deviations.names("back-referer"))
        #expect(!deviations.names("no-such-flaw"))
    }
}
