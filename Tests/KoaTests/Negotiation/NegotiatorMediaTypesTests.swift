import Testing

@testable import Koa

@Suite("Negotiator.mediaTypes")
struct NegotiatorMediaTypesTests {
    struct Listing: Sendable, CustomTestStringConvertible {
        let accept: String?
        let expected: [String]
        var testDescription: String { accept ?? "no field" }

        init(_ accept: String?, _ expected: [String]) {
            self.accept = accept
            self.expected = expected
        }
    }

    struct Choice: Sendable, CustomTestStringConvertible {
        let accept: String?
        let offered: [String]
        let expected: [String]
        var testDescription: String { "\(accept ?? "no field") for \(offered)" }

        init(_ accept: String?, _ offered: [String], _ expected: [String]) {
            self.accept = accept
            self.offered = offered
            self.expected = expected
        }
    }

    static let listings: [Listing] = [
        Listing(nil, ["*/*"]),
        Listing("", []),
        Listing("*/*", ["*/*"]),
        Listing("application/json", ["application/json"]),
        Listing("application/json;q=0", []),
        Listing("application/json;q=0.2, text/html", ["text/html", "application/json"]),
        Listing("text/*", ["text/*"]),
        Listing("text/*, text/plain;q=0", ["text/*"]),
        Listing("text/html;LEVEL=1", ["text/html"]),
        Listing("text/html;level=\"1,2\", text/plain", ["text/html", "text/plain"]),
        Listing(#"text/html;level="\"a,b", text/plain"#, ["text/html", "text/plain"]),
        Listing(
            "text/plain, application/json;q=0.5, text/html, */*;q=0.1",
            ["text/plain", "text/html", "application/json", "*/*"]
        ),
        Listing("Text/HTML", ["Text/HTML"]),
        Listing("text/html ; q=0.5 , text/plain", ["text/plain", "text/html"]),
    ]

    @Test("lists what the field names, best first", arguments: listings)
    func lists(_ listing: Listing) {
        #expect(Negotiator.mediaTypes(listing.accept) == listing.expected)
    }

    @Test("keeps the client's order among equals")
    func keepsOrder() {
        let accept = """
            text/plain, application/json;q=0.5, text/html, text/xml, text/yaml, text/javascript, text/csv, text/css, \
            text/rtf, text/markdown, application/octet-stream;q=0.2, */*;q=0.1
            """
        let expected = [
            "text/plain", "text/html", "text/xml", "text/yaml", "text/javascript", "text/csv", "text/css", "text/rtf",
            "text/markdown", "application/json", "application/octet-stream", "*/*",
        ]
        #expect(Negotiator.mediaTypes(accept) == expected)
        #expect(Negotiator.mediaTypes(accept, offered: expected.dropLast().reversed()) == expected.dropLast())
    }

    static let choices: [Choice] = [
        Choice(
            "*/*;q=0.8, text/*, image/*",
            [
                "text/html", "text/plain", "text/xml", "application/xml", "image/gif", "image/jpg", "image/png",
                "audio/mp3", "application/javascript", "text/javascript", "image/svg+xml",
            ],
            [
                "text/html", "text/plain", "text/xml", "text/javascript", "image/gif", "image/jpg", "image/png",
                "image/svg+xml", "application/xml", "audio/mp3", "application/javascript",
            ]
        ),
        Choice("text/*, text/html;level", ["text/html"], ["text/html"]),
        Choice(nil, ["text/html"], ["text/html"]),
        Choice(nil, ["text/html", "application/json"], ["text/html", "application/json"]),
        Choice("*/*", ["text/html", "application/json"], ["text/html", "application/json"]),
        Choice("", ["text/html"], []),
        Choice("application/json", [], []),
        Choice("application/json", ["application/json"], ["application/json"]),
        Choice("application/json", ["application/JSON"], ["application/JSON"]),
        Choice("APPLICATION/json", ["application/json"], ["application/json"]),
        Choice("application/json", ["text/html", "application/json"], ["application/json"]),
        Choice("application/json", ["boom", "application/json"], ["application/json"]),
        Choice("application/json;q=0", ["application/json"], []),
        Choice("application/json;q=0", ["application/json", "text/html", "image/jpeg"], []),
        Choice(
            "application/json;q=0.2, text/html", ["application/json", "text/html"], ["text/html", "application/json"]),
        Choice("application/json;q=0.9, text/html;q=0.8, application/json;q=0.7", ["text/html"], ["text/html"]),
        Choice(
            "application/json, */*;q=0.1", ["text/html", "application/json"], ["application/json", "text/html"]
        ),
        Choice("text/*", ["application/json", "text/html"], ["text/html"]),
        Choice("text/*, text/html;q=0", ["text/html"], []),
        Choice("text/*, text/plain;q=0", ["application/json", "text/html", "text/plain"], ["text/html"]),
        Choice("text/*, text/plain;q=0.5", ["text/plain", "text/html"], ["text/html", "text/plain"]),
        Choice("text/plain;q=0.5, text/*", ["text/plain", "text/html"], ["text/html", "text/plain"]),
        Choice("*/*;q=0.5, text/html;q=0.5", ["text/plain", "text/html"], ["text/html", "text/plain"]),
    ]

    @Test("returns what is accepted of the offer, best first", arguments: choices)
    func chooses(_ choice: Choice) {
        #expect(Negotiator.mediaTypes(choice.accept, offered: choice.offered) == choice.expected)
    }

    static let parameters: [Choice] = [
        Choice("text/html;level=1", ["text/html;level=1"], ["text/html;level=1"]),
        Choice("text/html;level=1", ["text/html;Level=1"], ["text/html;Level=1"]),
        Choice("text/html;level=1", ["text/html;level=2"], []),
        Choice("text/html;level=1", ["text/html"], []),
        Choice("text/html;level=1", ["text/html;level=1;foo=bar"], ["text/html;level=1;foo=bar"]),
        Choice("text/html;level=1;foo=bar", ["text/html;level=1"], []),
        Choice("text/html;level=1;foo=bar", ["text/html;foo=bar;level=1"], ["text/html;foo=bar;level=1"]),
        Choice("text/html;level=1;foo=\"bar\"", ["text/html;level=1;foo=bar"], ["text/html;level=1;foo=bar"]),
        Choice("text/html;level=1;foo=bar", ["text/html;level=1;foo=\"bar\""], ["text/html;level=1;foo=\"bar\""]),
        Choice("text/html;foo=\";level=2;\"", ["text/html;level=2"], []),
        Choice("text/html;foo=\";level=2;\"", ["text/html;foo=\";level=2;\""], ["text/html;foo=\";level=2;\""]),
        Choice("text/html;level=*", ["text/html;level=9", "text/html"], ["text/html;level=9", "text/html"]),
        Choice("text/html;level=1;level=2", ["text/html;level=2", "text/html;level=1"], ["text/html;level=2"]),
        Choice("text/html;level=BETA", ["text/html;level=beta"], ["text/html;level=beta"]),
        Choice("text/html;flag", ["text/html;flag", "text/html;flag=1"], ["text/html;flag"]),
        Choice("text/html;level=1;q=0.1, text/html;level=2;q=0.2", ["text/html;level=1"], ["text/html;level=1"]),
        Choice(
            "text/html, text/html;level=1;q=0.1", ["text/html;level=1", "text/html"],
            ["text/html", "text/html;level=1"]
        ),
        Choice(
            "application/xhtml+xml;profile=\"http://www.wapforum.org/xhtml\"",
            ["application/xhtml+xml;profile=\"http://www.wapforum.org/xhtml\""],
            ["application/xhtml+xml;profile=\"http://www.wapforum.org/xhtml\""]
        ),
        Choice("text/html;q=0.5;level=1", ["text/html"], ["text/html"]),
        Choice("text/html;level=1;q=0, text/html", ["text/html;level=1", "text/html"], ["text/html"]),
        Choice(
            "text/html;level=1;q=1.0, text/html;q=0.7, text/html;level=2;q=0.4",
            ["text/html;level=2", "text/html", "text/html;level=1"],
            ["text/html;level=1", "text/html", "text/html;level=2"]
        ),
    ]

    @Test("matches an entry's parameters, all of them", arguments: parameters)
    func matchesParameters(_ choice: Choice) {
        #expect(Negotiator.mediaTypes(choice.accept, offered: choice.offered) == choice.expected)
    }

    @Test(
        "skips entries that are not media types",
        arguments: ["boom", "/", "text/", "/html", "text html/x", "text/html x", ",,,", ";q=1"]
    )
    func skipsInvalid(_ entry: String) {
        #expect(Negotiator.mediaTypes(entry) == [])
        #expect(Negotiator.mediaTypes("\(entry), image/png") == ["image/png"])
    }

    @Test("keeps the rest of a field in an unclosed quote")
    func unclosedQuote() {
        #expect(Negotiator.mediaTypes("text/html;a=\"b, image/png") == ["text/html"])
        #expect(Negotiator.mediaTypes("text/html;a=\"b\\", offered: ["text/html;a=\"b\\"]) == ["text/html;a=\"b\\"])
    }

    @Test("returns each of an offer's repetitions")
    func repetitions() {
        #expect(Negotiator.mediaTypes("*/*", offered: ["a/b", "a/b"]) == ["a/b", "a/b"])
    }
}
