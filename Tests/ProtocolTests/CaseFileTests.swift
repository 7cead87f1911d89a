import Testing

@Suite("Files of protocol cases")
struct CaseFileTests {
    private static let sample = #"""
        # A comment.
        [9112 3] one
        > POST / HTTP/1.1
        >
        >> a\r\n\t\\\xFF\{b*3}
        < 100
        < 200 POST / "\xFF"
        < - GET /
        < 400
        waiting

        [9112 3] two
        > x
        closed
        """#

    @Test("have what is sent, what comes back and how the connection is left")
    func fields() throws {
        let cases = try CaseFile.cases(of: Self.sample, file: "sample")
        #expect(cases.map(\.name) == ["[9112 3] one", "[9112 3] two"])
        #expect(cases.map(\.file) == ["sample", "sample"])
        #expect(cases[0].bytes == Array("POST / HTTP/1.1\r\n\r\na\r\n\t\\".utf8) + [0xFF] + Array("bbb".utf8))
        #expect(
            cases[0].answers == [
                .init(status: 200, seen: "POST / \"\u{FF}\""), .init(status: nil, seen: "GET /"),
                .init(status: 400, seen: nil),
            ])
        #expect(cases.map(\.interim) == [1, 0])
        #expect(cases.map(\.end) == [.waiting, .closed])
    }

    @Test("may repeat what has escapes and repetitions in it")
    func repetitions() throws {
        #expect(try CaseText.unescape(#"\{a\{b*2}\n*3}c"#) == Array("abb\nabb\nabb\nc".utf8))
    }

    @Test("escape what they read", arguments: [#"a\r\n\t\\\x00\x7F\xE9\xFF b"#, "", " ~"])
    func escapes(text: String) throws {
        let bytes = try CaseText.unescape(text)
        #expect(CaseText.escape(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))) == text)
    }

    @Test(
        "tell the line that is none of a case",
        arguments: [
            ("> x", "no case has begun here"), ("open", "no case has begun here"),
            ("[1] a\n[1] b", "the case before has no end"), ("[1] a\nopen", "a case that sends nothing"),
            ("[1] a\n> x\nopen\n[1] a", "two cases of one name"), ("[1]a\n> x\nopen", "write [rfc section] name"),
            ("[1] a\n> x ", "a line ends in white space"), ("[1] a\nx", "a line that is none of a case"),
            ("[1] a\n< 99", "no status"), ("[1] a\n< x", "no status"), ("[1] a\n< -", "no status"),
            ("[1] a\n> \\q", "an unknown escape"), ("[1] a\n> \\", "an unknown escape"),
            ("[1] a\n> \\xG0", "\\x takes two digits"), ("[1] a\n> \\x1", "\\x takes two digits"),
            ("[1] a\n> \\{a", "a repetition without its count"), ("[1] a\n> \\{a*0}", "a repetition without its count"),
            ("[1] a\n> é", "write \\xHH for what isn't printable ASCII"),
        ])
    func malformed(text: String, problem: String) {
        let line = text.split(separator: "\n").count
        #expect(throws: CaseProblem("sample.txt:\(line): \(problem)")) {
            try CaseFile.cases(of: text, file: "sample")
        }
    }

    @Test("end with the last case's end")
    func unfinished() {
        #expect(throws: CaseProblem("sample.txt: the last case has no end")) {
            try CaseFile.cases(of: "[1] a\n> x", file: "sample")
        }
    }
}
