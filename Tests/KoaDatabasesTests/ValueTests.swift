import Koa
import KoaDatabases
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct DateMillisecondsTests {
    @Test(arguments: [0, 1, -1, 999, 1_700_000_000_123, -62_135_596_800_000, 4_102_444_800_999])
    func theyComeBackAsTheyWere(_ milliseconds: Int64) {
        #expect(Date(milliseconds: milliseconds).milliseconds == milliseconds)
    }

    @Test func whatIsntWholeIsRounded() {
        #expect(Date(timeIntervalSince1970: 1.0004).milliseconds == 1000)
        #expect(Date(timeIntervalSince1970: 1.0006).milliseconds == 1001)
    }

    @Test func momentsBeyond64BitsAreTheLastOnes() {
        #expect(Date(timeIntervalSince1970: 1e300).milliseconds == .max)
        #expect(Date(timeIntervalSince1970: -1e300).milliseconds == .min)
        #expect(Date(timeIntervalSince1970: .infinity).milliseconds == .max)
        #expect(Date(timeIntervalSince1970: .nan).milliseconds == .min)
    }
}

@Suite struct JSONInASCIITests {
    @Test(arguments: [
        JSON.object([:]), ["a": "plain \" \\ \n"], ["é": "ü"], ["小": ["龙", "\u{ffff}", "\u{80}"]], "🐉 and \u{10FFFF}",
        "\u{7f}",
    ])
    func itIsTheSameValueInASCII(_ json: JSON) throws {
        let text = json.description.jsonInASCII
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(try JSON(parsing: text) == json)
    }

    @Test func whatIsASCIIStaysAsItIs() {
        #expect(#"{"a":"\u00e9 \" x"}"#.jsonInASCII == #"{"a":"\u00e9 \" x"}"#)
        #expect("\"é🐉\"".jsonInASCII == #""\u00e9\ud83d\udc09""#)
    }
}
