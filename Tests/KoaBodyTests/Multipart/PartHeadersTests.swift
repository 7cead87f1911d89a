import Testing

@testable import KoaBody

@Suite("A part's headers")
struct PartHeadersTests {
    private func parse(_ text: String) throws -> [String] {
        try PartHeaders.parse(text.utf8).fields.map { "\($0.name)=\($0.value)" }
    }

    @Test("are names and values, without the spaces around them")
    func values() throws {
        #expect(try parse("A: b") == ["A=b"])
        #expect(try parse("A:b\r\nX-Two:\t c d \t") == ["A=b", "X-Two=c d"])
        #expect(try parse("A:\r\nB: :") == ["A=", "B=:"])
        #expect(try parse("A: ä 😀") == ["A=ä 😀"])
    }

    @Test("that aren't UTF-8 are read with replacements")
    func notUTF8() throws {
        let headers = try PartHeaders.parse(Array("A: ".utf8) + [0xFF])
        #expect(headers["a"] == "\u{FFFD}")
    }

    @Test("are no more than 32 lines, of which each is compared with those before")
    func many() throws {
        let lines = (1...33).map { "H\($0): x" }
        #expect(try parse(lines.prefix(32).joined(separator: "\r\n")).count == 32)
        let error = #expect(throws: MultipartError.self) { try parse(lines.joined(separator: "\r\n")) }
        #expect(error?.code == .headersTooLong)
    }

    @Test(
        "are refused where they are none",
        arguments: ["", "A", "A b: c", "A: b\r\n", "A: b\r\n\r\nC: d", "Ä: b", "A\u{0}: b", "A: b\nC: d"])
    func refused(text: String) {
        #expect(throws: MultipartError.self) { try parse(text) }
    }
}
