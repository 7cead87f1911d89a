import Testing

@testable import koa_conformance

@Suite("Running a case")
struct RunnerTests {
    private static let hello =
        #"{"status":200,"reason":"OK","headers":[["content-type","text/plain; charset=utf-8"]],"body":"hello"}"#
    private static let wrong = #"{"status":200,"reason":"OK","headers":[],"body":"bye"}"#

    private func outcome(
        _ middleware: String,
        _ exchanges: String,
        more: String = "",
        deviations: String = ""
    ) async throws -> Outcome {
        let scenario = try Scenario(madeCase(middleware, exchanges, more: more), files: "/files")
        return await Runner(deviations: Deviations(deviations)).outcome(of: scenario)
    }

    @Test("passes when the server answers as recorded")
    func passes() async throws {
        #expect(try await outcome(#"[[["body.text","hello"]]]"#, madeGet(Self.hello)) == .passed)
    }

    @Test(
        "fails when anything is otherwise",
        arguments: [
            #"[[["body.text","hullo"]]]"#, #"[[["body.text","hello"],["status",201]]]"#,
            #"[[["body.bytes","aGVsbG8="]]]"#,
            #"[[["body.text","hello"],["message","Fine"]]]"#, #"[[["body.text","hello"],["set","X-More","1"]]]"#, "[]",
            #"[[["body.text","hello"],["fail","late"]]]"#,
        ]
    )
    func fails(middleware: String) async throws {
        guard case .failed(let mismatch) = try await outcome(middleware, madeGet(Self.hello)) else {
            Issue.record("it did not fail")
            return
        }
        #expect(mismatch.exchange == 1)
        #expect(mismatch.request == "GET /")
        #expect(!mismatch.differences.isEmpty)
    }

    @Test("tells the exchange that failed, and runs none behind it")
    func exchanges() async throws {
        let exchanges = [Self.hello, Self.wrong, Self.hello].map { madeGet($0) }.joined(separator: ",")
        guard case .failed(let mismatch) = try await outcome(#"[[["body.text","hello"]]]"#, exchanges) else {
            Issue.record("it did not fail")
            return
        }
        #expect(mismatch.exchange == 2)
        #expect(mismatch.differences.map(\.what).sorted() == ["body", "header content-type"])
    }

    @Test("passes, deviates or fails with a quirk: as recorded, as written down, or neither")
    func quirks() async throws {
        let middleware = #"[[["body.text","hello"]]]"#
        let more = #","quirk":"odd-thing""#
        let text = "## `odd-thing`"
        #expect(try await outcome(middleware, madeGet(Self.hello), more: more, deviations: text) == .passed)
        #expect(try await outcome(middleware, madeGet(Self.wrong), more: more, deviations: text) == .deviating)
        for text in ["", "odd-thing", "`odd-thing-2`", "`odd`"] {
            let outcome = try await outcome(middleware, madeGet(Self.wrong), more: more, deviations: text)
            guard case .failed = outcome else {
                Issue.record("\(text): \(outcome)")
                continue
            }
        }
    }

    @Test("never excuses a case without a quirk")
    func noQuirk() async throws {
        let outcome = try await outcome(#"[[["body.text","hello"]]]"#, madeGet(Self.wrong), deviations: "``")
        guard case .failed = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test("does not run what it does not know")
    func unsupported() async throws {
        #expect(
            try await outcome(#"[{"kind":"teleport"}]"#, madeGet(Self.hello)) == .unsupported("middleware teleport"))
    }

    @Test("sends the cookies back, sets the clock and tells the errors of each exchange")
    func state() async throws {
        let middleware =
            #"[[["read","cookie","a"],["cookie","a","1",{"maxAge":1000}],["try",[["fail","x"]],[["reply"]]]]]"#
        func reply(_ body: String, _ second: Int) -> String {
            #"{"status":200,"reason":"OK","headers":[["content-type","application/json; charset=utf-8"],"#
                + #"["set-cookie","a=1; path=/; expires=Thu, 01 Jan 1970 00:00:0\#(second) GMT; httponly"]],"body":"\#(body)"}"#
        }
        let exchanges = [
            madeGet(reply("[null]", 2), more: #","now":1000"#),
            madeGet(reply(#"[\"1\"]"#, 4), more: #","now":3000,"sendCookies":true"#),
            madeGet(reply("[null]", 1), more: #","now":0"#),
        ]
        #expect(try await outcome(middleware, exchanges.joined(separator: ",")) == .passed)
    }

    @Test("fails at the operation that is refused, inside its try")
    func refusal() async throws {
        let response =
            #"{"status":200,"reason":"OK","headers":[["x-after","1"],["content-type","application/json; charset=utf-8"]],"body":"[{\"status\":null,\"message\":null,\"expose\":false}]"}"#
        for refused in [#"["set","X","a\nb"]"#, #"["status",42]"#, #"["cookie","a b","x"]"#, #"["vary",["a b"]]"#] {
            let middleware =
                #"[[["try",[\#(refused),["set","X-Not","1"]],[["set","X-After","1"],["read","error"],["reply"]]]]]"#
            #expect(try await outcome(middleware, madeGet(response)) == .passed, "\(refused)")
        }
    }
}
