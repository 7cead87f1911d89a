import Testing

@testable import Koa

@Suite("Negotiator.encodings")
struct NegotiatorEncodingsTests {
    typealias Listing = NegotiatorMediaTypesTests.Listing
    typealias Choice = NegotiatorMediaTypesTests.Choice

    static let listings: [Listing] = [
        Listing(nil, ["identity"]),
        Listing("", ["identity"]),
        Listing("*", ["*"]),
        Listing("*, gzip", ["*", "gzip"]),
        Listing("*, gzip;q=0", ["*"]),
        Listing("*;q=0", []),
        Listing("*;q=0, identity;q=1", ["identity"]),
        Listing("identity", ["identity"]),
        Listing("identity;q=0", []),
        Listing("gzip", ["gzip", "identity"]),
        Listing("gzip, compress;q=0", ["gzip", "identity"]),
        Listing("gzip, deflate", ["gzip", "deflate", "identity"]),
        Listing("gzip;q=0.8, deflate", ["deflate", "gzip", "identity"]),
        Listing("gzip;foo=bar;q=0.8, deflate;q=0.9", ["deflate", "gzip", "identity"]),
        Listing("gzip;foo=\"a,b;q=0.1\";q=0.8, deflate", ["deflate", "gzip", "identity"]),
        Listing("gzip;q=0.8, identity;q=0.5, *;q=0.3", ["gzip", "identity", "*"]),
        Listing("gzip;q=0.5, br;q=0.2", ["gzip", "br", "identity"]),
    ]

    @Test("lists what the field names, best first, and identity", arguments: listings)
    func lists(_ listing: Listing) {
        #expect(Negotiator.encodings(listing.accept) == listing.expected)
    }

    static let choices: [Choice] = [
        Choice(nil, [], []),
        Choice(nil, ["identity"], ["identity"]),
        Choice(nil, ["gzip"], []),
        Choice("", ["gzip", "identity"], ["identity"]),
        Choice("*", [], []),
        Choice("*", ["identity"], ["identity"]),
        Choice("*", ["gzip", "identity"], ["gzip", "identity"]),
        Choice("*, gzip", ["identity", "gzip"], ["gzip", "identity"]),
        Choice("*, gzip", ["deflate", "compress", "gzip"], ["gzip", "deflate", "compress"]),
        Choice("*, gzip;q=0", ["identity", "gzip"], ["identity"]),
        Choice("*, gzip;q=0", ["gzip"], []),
        Choice("*;q=0", ["identity"], []),
        Choice("*;q=0", ["gzip", "identity"], []),
        Choice("*;q=0, identity;q=1", ["gzip", "identity"], ["identity"]),
        Choice("identity", ["gzip"], []),
        Choice("identity", ["identity"], ["identity"]),
        Choice("identity;q=0", ["identity"], []),
        Choice("identity;q=0", ["gzip", "identity"], []),
        Choice("gzip", ["gzip"], ["gzip"]),
        Choice("gzip", ["identity", "gzip"], ["gzip", "identity"]),
        Choice("gzip", ["GZIP"], ["GZIP"]),
        Choice("GZip", ["gzip"], ["gzip"]),
        Choice("gzip, compress;q=0", ["compress"], []),
        Choice("gzip, compress;q=0", ["deflate", "compress"], []),
        Choice("gzip, compress;q=0", ["gzip", "compress", "identity"], ["gzip", "identity"]),
        Choice("gzip, deflate", ["deflate", "gzip"], ["gzip", "deflate"]),
        Choice("gzip;q=0.8, deflate", ["gzip", "deflate"], ["deflate", "gzip"]),
        Choice(
            "gzip;q=0.8, identity;q=0.5, *;q=0.3", ["compress", "identity", "gzip"], ["gzip", "identity", "compress"]),
    ]

    @Test("returns what is accepted of the offer, best first", arguments: choices)
    func chooses(_ choice: Choice) {
        #expect(Negotiator.encodings(choice.accept, offered: choice.offered) == choice.expected)
    }

    @Test("identity weighs as much as the lightest, and stands after it")
    func identityIsLast() {
        #expect(
            Negotiator.encodings("br;q=0.3, gzip", offered: ["identity", "br", "gzip"]) == ["gzip", "br", "identity"])
        #expect(Negotiator.encodings("br;q=0", offered: ["identity", "br"]) == ["identity"])
        #expect(Negotiator.encodings("br;q=x", offered: ["identity", "br"]) == ["identity"])
    }
}
