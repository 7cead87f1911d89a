import Testing

/// Every case of `Cases`, over sockets and without them.
@Suite("The protocol suite")
struct ProtocolSuiteTests {
    @Test("has its cases")
    func isThere() {
        #expect(CaseFile.all.count >= 400, "\(CaseFile.problem.value ?? "cases are missing")")
    }

    @Test("whole", arguments: CaseFile.all)
    func whole(wanted: ProtocolCase) throws {
        try check(wanted, [wanted.bytes])
    }

    @Test("byte by byte", arguments: CaseFile.all)
    func byteByByte(wanted: ProtocolCase) throws {
        try check(wanted, wanted.bytes.map { [$0] })
    }

    @Test("split in two at every point", arguments: CaseFile.all)
    func split(wanted: ProtocolCase) throws {
        let runner = InProcessRunner(wanted)
        var interim = 0
        for cut in 1..<max(2, wanted.bytes.count) {
            let (verdict, count) = try runner.run([wanted.bytes[..<cut], wanted.bytes[cut...]])
            interim = max(interim, count)
            guard verdict == Verdict(wantedBy: wanted) else {
                #expect(verdict == Verdict(wantedBy: wanted), "split behind \(cut) bytes")
                return
            }
        }
        #expect(interim == wanted.interim)
    }

    @Test("with a request right behind it, when it closes", arguments: CaseFile.all.filter { $0.end == .closed })
    func followed(wanted: ProtocolCase) throws {
        try check(wanted, [wanted.bytes + InProcessRunner.probe])
    }

    @Test("whole, over a socket", arguments: CaseFile.all)
    func wholeLive(wanted: ProtocolCase) async throws {
        let verdict = try await LiveRunner.run(wanted, splitEvery: nil)
        #expect(verdict == Verdict(wantedBy: wanted))
    }

    // Who goes on sending after it asked for the end may lose the answer to a reset.
    @Test(
        "byte by byte, over a socket",
        arguments: CaseFile.all.filter { $0.end != .closed || $0.answers.last?.seen == nil })
    func byteByByteLive(wanted: ProtocolCase) async throws {
        let verdict = try await LiveRunner.run(wanted, splitEvery: 1)
        #expect(verdict == Verdict(wantedBy: wanted))
    }

    private func check(_ wanted: ProtocolCase, _ pieces: [[UInt8]]) throws {
        let (verdict, interim) = try InProcessRunner(wanted).run(pieces)
        #expect(verdict == Verdict(wantedBy: wanted))
        #expect(interim <= wanted.interim)
    }
}
