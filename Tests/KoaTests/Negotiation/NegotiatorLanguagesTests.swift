import Testing

@testable import Koa

@Suite("Negotiator.languages")
struct NegotiatorLanguagesTests {
    typealias Listing = NegotiatorMediaTypesTests.Listing
    typealias Choice = NegotiatorMediaTypesTests.Choice

    static let listings: [Listing] = [
        Listing(nil, ["*"]),
        Listing("", []),
        Listing("*", ["*"]),
        Listing("*, en", ["*", "en"]),
        Listing("*, en;q=0", ["*"]),
        Listing("*;q=0.8, en, es", ["en", "es", "*"]),
        Listing("en", ["en"]),
        Listing("en;q=0", []),
        Listing("en;q=0.8, es", ["es", "en"]),
        Listing("en-US, en;q=0.8", ["en-US", "en"]),
        Listing("en-US, en-GB", ["en-US", "en-GB"]),
        Listing("en-US;q=0.8, es", ["es", "en-US"]),
        Listing("en-US;foo=bar;q=1, en-GB;q=0.8", ["en-US", "en-GB"]),
        Listing("en-US;foo=\"a,b\";q=0.5, en-GB", ["en-GB", "en-US"]),
        Listing(
            "nl;q=0.5, fr, de, en, it, es, pt, no, se, fi, ro",
            [
                "fr", "de", "en", "it", "es", "pt", "no", "se", "fi", "ro", "nl",
            ]),
        Listing("en-, -en, -, en US, fr", ["fr"]),
        Listing("zh-Hans-CN;q=0.9, zh-Hans", ["zh-Hans", "zh-Hans-CN"]),
    ]

    @Test("lists what the field names, best first", arguments: listings)
    func lists(_ listing: Listing) {
        #expect(Negotiator.languages(listing.accept) == listing.expected)
    }

    static let choices: [Choice] = [
        Choice(nil, [], []),
        Choice(nil, ["es", "en"], ["es", "en"]),
        Choice("", ["en"], []),
        Choice("*", ["en"], ["en"]),
        Choice("*", ["es", "en"], ["es", "en"]),
        Choice("*, en", ["es", "en"], ["en", "es"]),
        Choice("*, en;q=0", ["es", "en"], ["es"]),
        Choice("*;q=0.8, en, es", ["fr", "de", "en", "es", "it", "pt"], ["en", "es", "fr", "de", "it", "pt"]),
        Choice("en", [], []),
        Choice("en", ["en"], ["en"]),
        Choice("en", ["en-US"], ["en-US"]),
        Choice("en", ["en-US", "en"], ["en", "en-US"]),
        Choice("en", ["EN", "es"], ["EN"]),
        Choice("en;q=0", ["en"], []),
        Choice("en;q=0", ["es", "en"], []),
        Choice("en;q=0.8, es", ["en", "es"], ["es", "en"]),
        Choice("en;q=0.9, es;q=0.8, en;q=0.7", ["es"], ["es"]),
        Choice("en;q=0.9, es;q=0.8, en;q=0.7", ["en", "es"], ["en", "es"]),
        Choice("en-US, en;q=0.8", ["en-US", "en"], ["en-US", "en"]),
        Choice("en-US, en;q=0.8", ["en-GB", "en-US"], ["en-US", "en-GB"]),
        Choice("en-US, en;q=0.8", ["en-GB", "es"], ["en-GB"]),
        Choice("en-US, en-GB", ["en-US", "en-GB"], ["en-US", "en-GB"]),
        Choice("en-US, en-GB", ["en"], ["en"]),
        Choice("en-US;q=0.8, es", ["es", "en-US"], ["es", "en-US"]),
        Choice("en-US;q=0.8, es", ["en-US", "es", "en"], ["es", "en-US", "en"]),
        Choice("nl;q=0.5, fr, de", ["fr", "nl"], ["fr", "nl"]),
        Choice("en-GB", ["en-US"], []),
        Choice("*", ["", "en-", "en"], ["en"]),
        Choice("de;q=0.9, de-CH;q=0", ["de-CH", "de"], ["de"]),
    ]

    @Test("returns what is accepted of the offer, best first", arguments: choices)
    func chooses(_ choice: Choice) {
        #expect(Negotiator.languages(choice.accept, offered: choice.offered) == choice.expected)
    }
}
