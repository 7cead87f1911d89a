import Testing

@testable import Koa

@Suite("Accepts.types")
struct AcceptsTypesTests {
    static func accepts(_ accept: String?) -> Accepts {
        Accepts(accept: accept, encoding: nil, charset: nil, language: nil)
    }

    static let example = "application/*;q=0.2, image/jpeg;q=0.8, text/html, text/plain"

    @Test("without an offer, lists what is accepted")
    func lists() {
        #expect(Self.accepts(Self.example).types() == ["text/html", "text/plain", "image/jpeg", "application/*"])
    }

    @Test("without an offer, is */* when the field is missing and nothing when it is empty")
    func listsWithoutField() {
        #expect(Self.accepts(nil).types() == ["*/*"])
        #expect(Self.accepts("").types() == [])
    }

    @Test("is nil when nothing of the offer will do")
    func noMatch() {
        #expect(Self.accepts(Self.example).types(["image/png", "image/tiff"]) == nil)
        #expect(Self.accepts("text/html").types(["json"]) == nil)
        #expect(Self.accepts("text/html").types([]) == nil)
    }

    @Test("is the first of the offer when the field is missing or empty", arguments: [nil, ""])
    func firstWithoutField(_ accept: String?) {
        #expect(Self.accepts(accept).types(["text/html", "text/plain", "image/jpeg"]) == "text/html")
        #expect(Self.accepts(accept).types(["bogus", "json"]) == "bogus")
        #expect(Self.accepts(accept).types([]) == nil)
    }

    static let offers: [([String], String?)] = [
        (["html"], "html"),
        ([".html"], ".html"),
        (["txt"], "txt"),
        ([".txt"], ".txt"),
        (["png"], nil),
        (["bogus"], nil),
        (["png", "text", "html"], "text"),
        (["png", "html"], "html"),
        (["bogus", "html"], "html"),
        (["text/html"], "text/html"),
        (["image/png", "image/jpeg"], "image/jpeg"),
        (["HTML"], "HTML"),
        (["page.html"], "page.html"),
    ]

    @Test("takes extensions and media types, and returns them as they were given", arguments: offers)
    func checkOffers(_ offered: [String], _ expected: String?) {
        #expect(Self.accepts("text/plain, text/html, image/jpeg").types(offered) == expected)
    }

    @Test("prefers by weight, then by how specific an entry is")
    func prefers() {
        #expect(Self.accepts(Self.example).types(["json", "html"]) == "html")
        #expect(Self.accepts(Self.example).types(["json", "png"]) == "json")
        #expect(Self.accepts("text/*;q=0.5, application/json").types(["html", "json"]) == "json")
        #expect(Self.accepts("text/*, image/*;q=0").types(["html", "png"]) == "html")
        #expect(Self.accepts("*/*, text/html").types(["json", "html"]) == "html")
    }

    @Test("returns the first of several names for one type")
    func sameType() {
        #expect(Self.accepts("text/html").types(["htm", "html", "text/html"]) == "htm")
    }

    static let formerTypes: [(String, String)] = [
        ("js", "application/javascript"), ("mjs", "application/javascript"), (".JS", "application/javascript"),
        ("wav", "audio/wave"), ("xml", "application/xml"), ("mp4", "video/mp4"), ("rtf", "application/rtf"),
    ]

    @Test("knows extensions by the types that clients of the reference ask for", arguments: formerTypes)
    func checkFormerTypes(_ name: String, _ type: String) {
        #expect(Self.accepts(type).types([name]) == name)
    }

    @Test("does not offer js as what it is served as")
    func newerTypes() {
        #expect(Self.accepts("text/javascript").types(["js"]) == nil)
        #expect(Self.accepts("text/javascript").types(["text/javascript"]) == "text/javascript")
    }
}

@Suite("Accepts.encodings")
struct AcceptsEncodingsTests {
    static func accepts(_ encoding: String?) -> Accepts {
        Accepts(accept: nil, encoding: encoding, charset: nil, language: nil)
    }

    @Test("without an offer, lists what is accepted")
    func lists() {
        #expect(Self.accepts("gzip, compress;q=0.2").encodings() == ["gzip", "compress", "identity"])
    }

    @Test("is identity when the field is missing or empty", arguments: [nil, ""])
    func withoutField(_ field: String?) {
        #expect(Self.accepts(field).encodings() == ["identity"])
        #expect(Self.accepts(field).encodings(["gzip", "deflate", "identity"]) == "identity")
        #expect(Self.accepts(field).encodings(["gzip", "deflate"]) == nil)
    }

    @Test("returns the best of the offer")
    func best() {
        let accepts = Self.accepts("gzip, compress;q=0.2")
        #expect(accepts.encodings(["compress", "gzip"]) == "gzip")
        #expect(accepts.encodings(["compress", "identity"]) == "compress")
        #expect(accepts.encodings(["br"]) == nil)
        #expect(accepts.encodings([]) == nil)
    }
}

@Suite("Accepts.charsets")
struct AcceptsCharsetsTests {
    static func accepts(_ charset: String?) -> Accepts {
        Accepts(accept: nil, encoding: nil, charset: charset, language: nil)
    }

    static let example = "utf-8, iso-8859-1;q=0.2, utf-7;q=0.5"

    @Test("without an offer, lists what is accepted")
    func lists() {
        #expect(Self.accepts(Self.example).charsets() == ["utf-8", "utf-7", "iso-8859-1"])
    }

    @Test("is * when the field is missing and nothing when it is empty")
    func withoutField() {
        #expect(Self.accepts(nil).charsets() == ["*"])
        #expect(Self.accepts("").charsets() == [])
        #expect(Self.accepts(nil).charsets(["utf-7", "utf-8"]) == "utf-7")
        #expect(Self.accepts("").charsets(["utf-7", "utf-8"]) == nil)
    }

    @Test("returns the best of the offer, or nil")
    func best() {
        #expect(Self.accepts(Self.example).charsets(["utf-7", "utf-8"]) == "utf-8")
        #expect(Self.accepts(Self.example).charsets(["UTF-7", "iso-8859-1"]) == "UTF-7")
        #expect(Self.accepts(Self.example).charsets(["utf-16"]) == nil)
    }
}

@Suite("Accepts.languages")
struct AcceptsLanguagesTests {
    static func accepts(_ language: String?) -> Accepts {
        Accepts(accept: nil, encoding: nil, charset: nil, language: language)
    }

    static let example = "en;q=0.8, es, pt"

    @Test("without an offer, lists what is accepted")
    func lists() {
        #expect(Self.accepts(Self.example).languages() == ["es", "pt", "en"])
    }

    @Test("is * when the field is missing and nothing when it is empty")
    func withoutField() {
        #expect(Self.accepts(nil).languages() == ["*"])
        #expect(Self.accepts("").languages() == [])
        #expect(Self.accepts(nil).languages(["es", "en"]) == "es")
        #expect(Self.accepts("").languages(["es", "en"]) == nil)
    }

    @Test("returns the best of the offer, or nil")
    func best() {
        #expect(Self.accepts(Self.example).languages(["es", "en"]) == "es")
        #expect(Self.accepts(Self.example).languages(["en-GB", "fr"]) == "en-GB")
        #expect(Self.accepts(Self.example).languages(["fr", "au"]) == nil)
    }
}
