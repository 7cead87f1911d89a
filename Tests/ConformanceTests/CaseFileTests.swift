import FoundationEssentials
import Koa
import Testing

@testable import koa_conformance

@Suite("Files of cases")
struct CaseFileTests {
    private static let line =
        #"{"name":"area/0001","middleware":[],"exchanges":[{"request":{"method":"GET","target":"/","headers":[]},"#
        + #""response":{"status":404,"reason":"Not Found","headers":[],"body":""}}]}"#

    @Test("are read line by line; blank lines are left out")
    func lines() async throws {
        try await withTemporaryFolder { folder in
            let text = "\(Self.line)\n\n  \n\(Self.line.replacing("0001", with: "0002"))"
            let path = try write(text, to: "area.jsonl", in: folder)
            #expect(try CaseFile(path: path).cases().map(\.name) == ["area/0001", "area/0002"])
        }
    }

    @Test("are the .jsonl files of a folder by name, or the file itself")
    func folder() async throws {
        try await withTemporaryFolder { folder in
            for name in ["b.jsonl", "a.jsonl", "README.md"] { _ = try write("", to: name, in: folder) }
            #expect(try CaseFile.files(at: folder).map(\.path) == ["\(folder)/a.jsonl", "\(folder)/b.jsonl"])
            #expect(try CaseFile.files(at: "\(folder)/README.md").map(\.path) == ["\(folder)/README.md"])
        }
    }

    @Test("have their static files beside them")
    func staticFiles() {
        #expect(CaseFile(path: "/cases/static.jsonl").staticFiles == "/cases/files")
    }

    @Test("that aren't there, or folders without cases, are told")
    func missing() async throws {
        try await withTemporaryFolder { folder in
            #expect(throws: FileProblem("\(folder)/x: no such file or folder")) {
                try CaseFile.files(at: "\(folder)/x")
            }
            #expect(throws: FileProblem("\(folder): no .jsonl file in this folder")) { try CaseFile.files(at: folder) }
            #expect(throws: FileProblem.self) { try CaseFile(path: "\(folder)/x").cases() }
        }
    }

    @Test(
        "tell the line that is no case",
        arguments: [
            "{", "[]", "nonsense", "\u{FEFF}{}", #"{"name":"a/1"}"#, #"{"name":1,"middleware":[],"exchanges":[]}"#,
            #"{"name":"a/1","middleware":{},"exchanges":[]}"#, #"{"name":"a/1","middleware":[],"exchanges":[1]}"#,
            #"{"name":"a/1","middleware":[],"exchanges":[{"request":{"method":"GET","target":"/"}}]}"#,
            #"{"name":"a/1","middleware":[],"exchanges":[{"request":{"target":"/"},"response":{"status":200}}]}"#,
            #"{"name":"a/1","middleware":[],"exchanges":[{"request":{"method":"GET","target":"/"},"response":{}}]}"#,
            #"{"name":"a/1","quirk":true,"middleware":[],"exchanges":[]}"#,
        ]
    )
    func malformed(line: String) async throws {
        try await withTemporaryFolder { folder in
            let path = try write("\(Self.line)\n\(line)\n", to: "area.jsonl", in: folder)
            let error = #expect(throws: FileProblem.self) { try CaseFile(path: path).cases() }
            #expect(error?.description.hasPrefix("\(path):2: ") == true)
        }
    }
}

@Suite("A case")
struct CaseTests {
    @Test("belongs to the area before the slash")
    func area() throws {
        #expect(try madeCase("[]", "", name: "response-reads/0012").area == "response-reads")
        #expect(try madeCase("[]", "", name: "plain").area == "plain")
    }

    @Test("reads bodies as text or base64, and an absent one as none")
    func bodies() throws {
        func request(_ more: String) throws -> RecordedRequest {
            try madeExchange(request: #"{"method":"POST","target":"/","headers":[]\#(more)}"#).request
        }
        #expect(try request(#","body":"é""#).body == [0xC3, 0xA9])
        #expect(try request(#","bodyBase64":"AP8=""#).body == [0x00, 0xFF])
        #expect(try request(#","body":"""#).body == [])
        #expect(try request("").body == nil)
        #expect(throws: MalformedCase.self) { try request(#","bodyBase64":"?""#) }
    }

    @Test("reads the clock in milliseconds, and what an exchange leaves out as its default")
    func exchange() throws {
        let timed = try madeExchange(more: #","now":1700000000500,"sendCookies":true"#)
        #expect(timed.now?.timeIntervalSince1970 == 1_700_000_000.5)
        #expect(timed.sendsCookies)
        let plain = try madeExchange()
        #expect(plain.now == nil)
        #expect(!plain.sendsCookies)
        #expect(plain.errors.isEmpty)
        #expect(plain.request.free.isEmpty)
    }

    @Test(
        "refuses headers that are no pairs of texts",
        arguments: [#"[["a"]]"#, #"[["a","b","c"]]"#, #"[["a",1]]"#, "{}"])
    func headers(list: String) {
        #expect(throws: MalformedCase.self) {
            try madeExchange(#"{"status":200,"headers":\#(list)}"#)
        }
    }

    @Test("reads moments with and without fractions of a second")
    func dates() throws {
        #expect(try JSON("1970-01-01T00:00:01Z").requireDate("x").timeIntervalSince1970 == 1)
        let fraction = try JSON("1970-01-01T00:00:01.250Z").requireDate("x").timeIntervalSince1970
        #expect(abs(fraction - 1.25) < 0.000_1)
        #expect(throws: MalformedCase.self) { try JSON("yesterday").requireDate("x") }
    }
}
