import Testing

@testable import Koa

@Suite("Negotiator.charsets")
struct NegotiatorCharsetsTests {
    typealias Listing = NegotiatorMediaTypesTests.Listing
    typealias Choice = NegotiatorMediaTypesTests.Choice

    static let listings: [Listing] = [
        Listing(nil, ["*"]),
        Listing("", []),
        Listing("*", ["*"]),
        Listing("*, UTF-8", ["*", "UTF-8"]),
        Listing("*, UTF-8;q=0", ["*"]),
        Listing("UTF-8;q=0", []),
        Listing("ISO-8859-1", ["ISO-8859-1"]),
        Listing("UTF-8, ISO-8859-1", ["UTF-8", "ISO-8859-1"]),
        Listing("UTF-8;q=0.8, ISO-8859-1", ["ISO-8859-1", "UTF-8"]),
        Listing("UTF-8;q=0.9, ISO-8859-1;q=0.8, UTF-7;q=0.7", ["UTF-8", "ISO-8859-1", "UTF-7"]),
        Listing("UTF-8;foo=bar;q=1, ISO-8859-1;q=0.8", ["UTF-8", "ISO-8859-1"]),
        Listing("UTF-8;foo=\"a,b\";q=0.5, ISO-8859-1", ["ISO-8859-1", "UTF-8"]),
        Listing("UTF-8;q=\"0.5\"", []),
        Listing("UTF 8, ISO-8859-1", ["ISO-8859-1"]),
    ]

    @Test("lists what the field names, best first", arguments: listings)
    func lists(_ listing: Listing) {
        #expect(Negotiator.charsets(listing.accept) == listing.expected)
    }

    static let choices: [Choice] = [
        Choice(nil, [], []),
        Choice(nil, ["UTF-8", "ISO-8859-1"], ["UTF-8", "ISO-8859-1"]),
        Choice("", ["UTF-8"], []),
        Choice("*", [], []),
        Choice("*", ["UTF-8", "ISO-8859-1"], ["UTF-8", "ISO-8859-1"]),
        Choice("*, UTF-8", ["UTF-8"], ["UTF-8"]),
        Choice("*, UTF-8", ["UTF-16", "UTF-8"], ["UTF-8", "UTF-16"]),
        Choice("*, UTF-8;q=0", ["UTF-8", "ISO-8859-1"], ["ISO-8859-1"]),
        Choice("UTF-8;q=0", ["ISO-8859-1", "UTF-8"], []),
        Choice("ISO-8859-1", ["ISO-8859-1"], ["ISO-8859-1"]),
        Choice("ISO-8859-1", ["UTF-8", "iso-8859-1"], ["iso-8859-1"]),
        Choice("ISO-8859-1", ["utf-8"], []),
        Choice("UTF-8, ISO-8859-1", ["ISO-8859-1", "UTF-8"], ["UTF-8", "ISO-8859-1"]),
        Choice("UTF-8;q=0.8, ISO-8859-1", ["UTF-8", "ISO-8859-1"], ["ISO-8859-1", "UTF-8"]),
        Choice("UTF-8;q=0.9, UTF-8;q=0.2, UTF-7;q=0.5", ["UTF-7", "UTF-8"], ["UTF-8", "UTF-7"]),
        Choice("UTF-8;q=0.2, UTF-8;q=0.9, UTF-7;q=0.5", ["UTF-7", "UTF-8"], ["UTF-8", "UTF-7"]),
    ]

    @Test("returns what is accepted of the offer, best first", arguments: choices)
    func chooses(_ choice: Choice) {
        #expect(Negotiator.charsets(choice.accept, offered: choice.offered) == choice.expected)
    }
}

@Suite("Negotiator: weights")
struct NegotiatorQualityTests {
    static let numbers: [(String, Double)] = [
        ("1", 1), ("0", 0), ("0.5", 0.5), ("0.001", 0.001), (".5", 0.5), ("1.", 1), ("1.0", 1), ("007", 7),
        ("0.5abc", 0.5), ("0.5.5", 0.5), ("1e-1", 0.1), ("1E1", 10), ("1e", 1), ("1e+", 1), ("+1", 1), ("-1", -1),
        ("0x10", 0),
    ]

    @Test("read the number at the start", arguments: numbers)
    func reads(_ text: String, _ expected: Double) {
        #expect(Negotiator.quality(text[...]) == expected)
    }

    @Test("that are no numbers are not", arguments: ["", "x", ".", "+", "-", "e1", "nan", "inf", "\"1\""])
    func refuses(_ text: String) {
        #expect(Negotiator.quality(text[...]).isNaN)
    }

    @Test("that are no numbers or negative exclude", arguments: ["", "x", "-1", "0", "0.000", "-0"])
    func excludes(_ weight: String) {
        #expect(Negotiator.charsets("utf-8;q=\(weight), *", offered: ["utf-8", "utf-7"]) == ["utf-7"])
        #expect(Negotiator.charsets("utf-8;q=\(weight)") == [])
    }

    @Test("have a name of either case, and white space before it")
    func name() {
        #expect(Negotiator.charsets("a; Q=0.5, b") == ["b", "a"])
        #expect(Negotiator.languages("a;\tq=0.5, b") == ["b", "a"])
        #expect(Negotiator.mediaTypes("a/a ; Q=0.5, b/b") == ["b/b", "a/a"])
    }

    @Test("that are repeated count once, the first")
    func first() {
        #expect(Negotiator.encodings("gzip;q=0.1;q=1, br;q=0.5") == ["br", "gzip", "identity"])
        #expect(Negotiator.mediaTypes("a/a;q=0.1;q=1, b/b;q=0.5") == ["b/b", "a/a"])
    }
}
