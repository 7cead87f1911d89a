import Testing

@testable import koa_conformance

@Suite("The report")
struct ReportTests {
    private static let mismatch = Mismatch(
        exchange: 2,
        request: "GET /x",
        differences: [Difference(what: "status", expected: "200", got: "500")]
    )

    @Test("has a row an area, in the order of the cases, and the sum as its last line")
    func rows() {
        var report = Report()
        report.add("respond/0001", area: "respond", .passed)
        report.add("accepts-others/0001", area: "accepts-others", .passed)
        report.add("respond/0002", area: "respond", .deviating)
        report.add("respond/0003", area: "respond", .passed)
        #expect(
            report.text == """
                area            passed  failed  deviating  unsupported
                respond              2       0          1            0
                accepts-others       1       0          0            0

                3 passed, 0 failed
                """
        )
        #expect(report.exitCode == 0)
    }

    @Test("tells of each failure what was expected and what came")
    func failures() {
        var report = Report()
        report.add("a/1", area: "a", .failed(Self.mismatch))
        report.add("a/2", area: "a", .failed(Mismatch(exchange: 1, request: "GET /", problem: "no answer")))
        #expect(
            report.text == """
                FAILED a/1, exchange 2: GET /x
                  status
                    expected  200
                    got       500

                FAILED a/2, exchange 1: GET /
                  no answer

                area  passed  failed  deviating  unsupported
                a          0       2          0            0

                0 passed, 2 failed
                """
        )
        #expect(report.exitCode == 1)
    }

    @Test("counts what is unsupported as neither passed nor failed, and names it")
    func unsupported() {
        var report = Report()
        report.add("a/1", area: "a", .unsupported("read weather"))
        report.add("a/2", area: "a", .unsupported("operation fly"))
        report.add("a/3", area: "a", .unsupported("operation fly"))
        #expect(report.text.contains("\nunsupported: operation fly (2), read weather (1)\n"))
        #expect(report.text.hasSuffix("\n\n0 passed, 0 failed"))
        #expect(report.rows == [Report.Row(area: "a", passed: 0, failed: 0, deviating: 0, unsupported: 3)])
        #expect(report.exitCode == 0)
    }
}
