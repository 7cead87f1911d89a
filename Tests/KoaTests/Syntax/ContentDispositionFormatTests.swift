import Testing

@testable import Koa

@Suite("Content-Disposition, written")
struct ContentDispositionFormatTests {
    static let names: [(String, String)] = [
        ("plans.pdf", #"attachment; filename="plans.pdf""#),
        ("/path/to/plans.pdf", #"attachment; filename="plans.pdf""#),
        ("path/to/tobi.png", #"attachment; filename="tobi.png""#),
        ("dir/", #"attachment; filename="dir""#),
        ("/dir//", #"attachment; filename="dir""#),
        ("the \"plans\".pdf", #"attachment; filename="the \"plans\".pdf""#),
        ("back\\slash.txt", #"attachment; filename="back\\slash.txt""#),
        ("«plans».pdf", #"attachment; filename="«plans».pdf""#),
        ("the \"plans\" (1µ).pdf", #"attachment; filename="the \"plans\" (1µ).pdf""#),
        ("semi;colon.html", #"attachment; filename="semi;colon.html""#),
        ("a,b.txt", #"attachment; filename="a,b.txt""#),
        ("it's.js", #"attachment; filename="it's.js""#),
        (".htaccess", #"attachment; filename=".htaccess""#),
        ("планы.pdf", #"attachment; filename="?????.pdf"; filename*=UTF-8''%D0%BF%D0%BB%D0%B0%D0%BD%D1%8B.pdf"#),
        (
            "£ and € rates.pdf",
            #"attachment; filename="£ and ? rates.pdf"; filename*=UTF-8''%C2%A3%20and%20%E2%82%AC%20rates.pdf"#
        ),
        ("€ rates.pdf", #"attachment; filename="? rates.pdf"; filename*=UTF-8''%E2%82%AC%20rates.pdf"#),
        ("€'*%().pdf", #"attachment; filename="?'*%().pdf"; filename*=UTF-8''%E2%82%AC%27%2A%25%28%29.pdf"#),
        ("the%20plans.pdf", #"attachment; filename="the%20plans.pdf"; filename*=UTF-8''the%2520plans.pdf"#),
        ("€%20£.pdf", #"attachment; filename="?%20£.pdf"; filename*=UTF-8''%E2%82%AC%2520%C2%A3.pdf"#),
        ("%41.txt", #"attachment; filename="%41.txt"; filename*=UTF-8''%2541.txt"#),
        ("100%.txt", #"attachment; filename="100%.txt""#),
        ("50%4g%zz%", #"attachment; filename="50%4g%zz%""#),
        ("%%41", #"attachment; filename="%%41"; filename*=UTF-8''%25%2541"#),
        ("%4%41", #"attachment; filename="%4%41"; filename*=UTF-8''%254%2541"#),
        ("tab\there.txt", #"attachment; filename="tab?here.txt"; filename*=UTF-8''tab%09here.txt"#),
        ("\u{85}.txt", #"attachment; filename="?.txt"; filename*=UTF-8''%C2%85.txt"#),
        ("💩.txt", #"attachment; filename="??.txt"; filename*=UTF-8''%F0%9F%92%A9.txt"#),
        ("e\u{301}.txt", #"attachment; filename="e?.txt"; filename*=UTF-8''e%CC%81.txt"#),
        ("", "attachment; filename*=UTF-8''"),
        ("///", "attachment; filename*=UTF-8''"),
        (
            "a\r\nSet-Cookie: x=1",
            #"attachment; filename="a??Set-Cookie: x=1"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1"#
        ),
        ("nul\0.txt", #"attachment; filename="nul?.txt"; filename*=UTF-8''nul%00.txt"#),
    ]

    @Test("names the file, twice where once is not enough", arguments: names)
    func readsNames(filename: String, expected: String) throws {
        #expect(try ContentDisposition.format(filename: filename) == expected)
    }

    @Test("is the type alone without a name")
    func typeOnly() throws {
        #expect(try ContentDisposition.format(filename: nil) == "attachment")
        #expect(try ContentDisposition.format(filename: nil, type: "inline") == "inline")
        #expect(try ContentDisposition.format(filename: nil, fallback: .text("plans.pdf")) == "attachment")
    }

    static let withoutFallback: [(String, String)] = [
        ("£ and € rates.pdf", "attachment; filename*=UTF-8''%C2%A3%20and%20%E2%82%AC%20rates.pdf"),
        ("日本語.csv", "attachment; filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E.csv"),
        ("£ rates.pdf", #"attachment; filename="£ rates.pdf""#),
        ("plans.pdf", #"attachment; filename="plans.pdf""#),
        ("tab\there.txt", "attachment; filename*=UTF-8''tab%09here.txt"),
        ("percent%20.txt", #"attachment; filename="percent%20.txt"; filename*=UTF-8''percent%2520.txt"#),
    ]

    @Test("leaves out what it cannot name where no fallback is wanted", arguments: withoutFallback)
    func noFallback(filename: String, expected: String) throws {
        #expect(try ContentDisposition.format(filename: filename, fallback: .none) == expected)
    }

    static let withText: [(String, String, String)] = [
        (
            "£ and € rates.pdf", "£ and EURO rates.pdf",
            #"attachment; filename="£ and EURO rates.pdf"; filename*=UTF-8''%C2%A3%20and%20%E2%82%AC%20rates.pdf"#
        ),
        (
            "\"£ rates\".pdf", "EURO rates.pdf",
            #"attachment; filename="EURO rates.pdf"; filename*=UTF-8''%22%C2%A3%20rates%22.pdf"#
        ),
        ("plans.pdf", "plans.pdf", #"attachment; filename="plans.pdf""#),
        (
            "€ rates.pdf", "/path/to/EURO rates.pdf",
            #"attachment; filename="EURO rates.pdf"; filename*=UTF-8''%E2%82%AC%20rates.pdf"#
        ),
        ("it's.js", "ascii.txt", #"attachment; filename="ascii.txt"; filename*=UTF-8''it%27s.js"#),
        ("日.txt", "q\"\\.txt", #"attachment; filename="q\"\\.txt"; filename*=UTF-8''%E6%97%A5.txt"#),
    ]

    @Test("puts the given fallback in its place", arguments: withText)
    func textFallback(filename: String, fallback: String, expected: String) throws {
        #expect(try ContentDisposition.format(filename: filename, fallback: .text(fallback)) == expected)
    }

    @Test(
        "refuses a fallback outside ISO-8859-1",
        arguments: ["€ rates.pdf", "a\nb", "\0", "日", "tab\t", "\u{85}", "\u{7F}"])
    func badFallback(text: String) {
        #expect(throws: ContentDispositionError.invalidFallback) {
            try ContentDisposition.format(filename: "plans.pdf", fallback: .text(text))
        }
        #expect("\(ContentDispositionError.invalidFallback)" == "fallback must be ISO-8859-1 string")
    }

    static let types: [(String, String)] = [
        ("attachment", "attachment"), ("INLINE", "inline"), ("form-data", "form-data"), ("X-Own", "x-own"),
    ]

    @Test("writes the type in lower case", arguments: types)
    func type(type: String, expected: String) throws {
        #expect(
            try ContentDisposition.format(filename: "plans.pdf", type: type) == expected + #"; filename="plans.pdf""#)
    }

    @Test(
        "refuses a type that is no token",
        arguments: ["", "invlaid;type", "a b", "é", "inline\r\n", "\"inline\"", "a/b"])
    func badType(type: String) {
        #expect(throws: ContentDispositionError.invalidType) {
            try ContentDisposition.format(filename: "plans.pdf", type: type)
        }
        #expect("\(ContentDispositionError.invalidType)" == "invalid type")
    }

    @Test("can always be sent, and stays linear, whatever the name")
    func hostile() throws {
        let bytes = (0..<65536).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) }
        for name in [
            String(decoding: bytes, as: UTF8.self), String(repeating: "/", count: 65536),
            String(repeating: "\"", count: 65536), String(repeating: "%", count: 65536),
            String(repeating: "\r\n", count: 32768),
        ] {
            for fallback in [ContentDisposition.Fallback.automatic, .none, .text("a")] {
                let value = try ContentDisposition.format(filename: name, fallback: fallback)
                #expect(Latin1.isFieldValue(value))
                #expect(throws: Never.self) {
                    _ = try name.allSatisfy { $0 == "/" } ? nil : ContentDisposition(parsing: value)
                }
            }
        }
    }

    @Test(
        "is read back by its parser",
        arguments: ["plans.pdf", "日本語 \"q\".csv", "é%20è.txt", "back\\slash", "a;b=c", "naïve"])
    func roundTrip(name: String) throws {
        let value = try ContentDisposition.format(filename: name)
        let parsed = try ContentDisposition(parsing: value)
        #expect(parsed.type == "attachment")
        #expect(parsed["filename"] == name)
    }
}
