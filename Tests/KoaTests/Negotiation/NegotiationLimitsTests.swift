import Testing

@testable import Koa

/// Fields of 64 KB. That these tests end says that the work does not grow with the square of the field; what they expect
/// says where reading stops.
@Suite("Negotiation: hostile fields")
struct NegotiationLimitsTests {
    static let size = 65536

    static func repeated(_ text: String) -> String {
        String(repeating: text, count: size / text.utf8.count)
    }

    @Test("looks at the first 100 entries")
    func entries() {
        let names = (0..<9000).map { "t/\($0)" }
        let field = names.joined(separator: ",")
        #expect(field.utf8.count > 60_000)
        #expect(Negotiator.mediaTypes(field) == Array(names.prefix(100)))
        #expect(Negotiator.mediaTypes(field, offered: ["t/99"]) == ["t/99"])
        #expect(Negotiator.mediaTypes(field, offered: ["t/100"]) == [])
        #expect(Negotiator.charsets(field, offered: ["t/100"]) == [])
        #expect(Negotiator.encodings(field, offered: ["t/100", "identity"]) == ["identity"])
        #expect(Negotiator.languages(field, offered: ["t/100"]) == [])
    }

    @Test("skips an entry of more than 32 parameters")
    func parameters() {
        let accepted = "a/b" + String(repeating: ";x=1", count: 31) + ";q=0.5, c/d"
        #expect(Negotiator.mediaTypes(accepted) == ["c/d", "a/b"])
        let refused = "a/b" + String(repeating: ";x=1", count: 32) + ";q=0.5, c/d"
        #expect(Negotiator.mediaTypes(refused) == ["c/d"])
        #expect(Negotiator.charsets("a" + String(repeating: ";x", count: 32) + ";q=0.5, b") == ["b"])
        #expect(Negotiator.charsets("a" + String(repeating: ";x", count: 31) + ";q=0.5, b") == ["b", "a"])
        #expect(Negotiator.mediaTypes("a/b" + Self.repeated(";x=1"), offered: ["a/b;x=1"]) == [])
    }

    static let shapes: [String] = [
        ",", ";", "\"", "\"\\", "/", "*/*;q=1,", "a/b;q=0.001,", "a;a=", "en-", ";q=", " ", "\u{0}", "é",
        "a/b;c=\"\\\",",
    ]

    @Test("ends for every shape of entry", arguments: shapes)
    func checkShapes(_ shape: String) {
        let field = Self.repeated(shape)
        let accepts = Accepts(accept: field, encoding: field, charset: field, language: field)
        #expect(accepts.types().count <= Negotiator.maximumEntries)
        #expect(accepts.encodings().count <= Negotiator.maximumEntries + 1)
        #expect(accepts.charsets().count <= Negotiator.maximumEntries)
        #expect(accepts.languages().count <= Negotiator.maximumEntries)
        #expect(
            accepts.types(["text/unheard-of"]) == (shape.hasPrefix("*/*") && shape != "*/*" ? "text/unheard-of" : nil))
        #expect(accepts.charsets(["unheard-of"]) == nil)
        #expect(accepts.languages(["unheard-of"]) == nil)
    }

    @Test("reads long names and weights once")
    func longNames() {
        let name = Self.repeated("a")
        #expect(Negotiator.charsets(name) == [name])
        #expect(Negotiator.charsets("\(name), b", offered: ["b", name]) == [name, "b"])
        #expect(Negotiator.charsets("b;q=0.\(Self.repeated("0"))1, c") == ["c"])
        #expect(Negotiator.charsets("b;q=\(Self.repeated("1")), c") == ["b", "c"])
        #expect(Negotiator.mediaTypes("a/\(name)", offered: ["a/\(name)", "a/b"]) == ["a/\(name)"])
    }

    @Test("ends for conditions and media types of every shape", arguments: shapes)
    func conditions(_ shape: String) {
        let field = Self.repeated(shape)
        #expect(
            !Freshness.isFresh(
                ifNoneMatch: field, ifModifiedSince: field, cacheControl: field, etag: "\"x\"", lastModified: field
            )
        )
        #expect(ETag(field) == nil)
        #expect(ETag.Condition(field)?.includesWeakly(ETag("\"x\"")) != true)
        #expect(MediaType("text/plain;\(field)")?.parameter("charset") == nil)
        #expect(TypeIs.match(field, ["json", "*/*"]) == nil)
        #expect(MIMETypes.lookup("file.\(field)") == nil)
        #expect(!MIMETypes.isCompressible(field))
        #expect(MIMETypes.fileExtension(of: field) == nil)
    }

    @Test("adds to a long Vary once")
    func vary() throws {
        let header = (0..<7000).map { "Field-\($0)" }.joined(separator: ", ")
        #expect(header.utf8.count > Self.size)
        #expect(try Vary.append("field-6999", to: header) == header)
        #expect(try Vary.append("Accept", to: header) == header + ", Accept")
        #expect(try Vary.append(header, to: header) == header)
        #expect(try Vary.append(header, to: "") == header)
    }

    @Test("finds an entity tag at the end of a long list")
    func entityTags() {
        let list = (0..<9000).map { "\"\($0)\"" }.joined(separator: ",")
        #expect(
            Freshness.isFresh(
                ifNoneMatch: list, ifModifiedSince: nil, cacheControl: nil, etag: "W/\"8999\"", lastModified: nil
            )
        )
        #expect(ETag.Condition(list)?.includesWeakly(ETag("\"999\"")) == true)
        #expect(ETag.Condition(list)?.includesWeakly(ETag("\"1000\"")) == false)
        #expect(ETag.Condition(list + ", x") == nil)
    }

    @Test("keeps every parameter of a long media type, the last one counting")
    func mediaTypeParameters() {
        let type = MediaType("a/b" + (0..<9000).map { ";x=\($0)" }.joined())
        #expect(type?.parameters.count == 9000)
        #expect(type?.parameter("X") == "8999")
    }
}
