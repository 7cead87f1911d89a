import Testing

@testable import Koa

/// The parameters as `name=value`, in order.
private func texts(_ disposition: ContentDisposition) -> [String] {
    disposition.parameters.map { "\($0.name)=\($0.value)" }
}

@Suite("Content-Disposition, read")
struct ContentDispositionParseTests {
    static let types: [(String, String)] = [
        ("attachment", "attachment"), ("inline", "inline"), ("form-data", "form-data"),
        ("attachment \t ", "attachment"),
        ("ATTACHMENT", "attachment"), ("foobar", "foobar"),
    ]

    @Test("reads a type alone", arguments: types)
    func typeOnly(value: String, type: String) throws {
        let disposition = try ContentDisposition(parsing: value)
        #expect(disposition.type == type)
        #expect(disposition.parameters.isEmpty)
    }

    static let fields: [(String, [String])] = [
        (#"attachment; FILENAME="plans.pdf""#, ["filename=plans.pdf"]),
        (#"attachment; filename="plans.pdf""#, ["filename=plans.pdf"]),
        (#"attachment; filename="the \"plans\".pdf""#, [#"filename=the "plans".pdf"#]),
        (#"attachment; filename="plans.pdf"; foo=bar"#, ["filename=plans.pdf", "foo=bar"]),
        ("attachment;filename=\"plans.pdf\" \t;    \t\t foo=bar", ["filename=plans.pdf", "foo=bar"]),
        ("attachment; filename=plans.pdf", ["filename=plans.pdf"]),
        (#"attachment; filename="£ rates.pdf""#, ["filename=£ rates.pdf"]),
        (#"attachment; filename="""#, ["filename="]),
        ("attachment;a=b", ["a=b"]),
    ]

    @Test("reads parameters", arguments: fields)
    func parameters(value: String, expected: [String]) throws {
        let disposition = try ContentDisposition(parsing: value)
        #expect(disposition.type == "attachment")
        #expect(texts(disposition) == expected)
    }

    static let extended: [(String, [String])] = [
        ("attachment; filename*=UTF-8''%E2%82%AC%20rates.pdf", ["filename=€ rates.pdf"]),
        ("attachment; filename*=UTF8''%E2%82%AC%20rates.pdf", ["filename=€ rates.pdf"]),
        ("attachment; filename*=utf-8''%E2%82%AC%20rates.pdf", ["filename=€ rates.pdf"]),
        ("attachment; filename*=UTF-8''%E4%20rates.pdf", ["filename=\u{FFFD} rates.pdf"]),
        ("attachment; filename*=ISO-8859-1''%A3%20rates.pdf", ["filename=£ rates.pdf"]),
        ("attachment; filename*=iso-8859-1''%82%20rates.pdf", ["filename=? rates.pdf"]),
        ("attachment; filename*=UTF-8'en'%E2%82%AC%20rates.pdf", ["filename=€ rates.pdf"]),
        ("attachment; filename*=UTF-8'en-US'%E2%82%AC.pdf", ["filename=€.pdf"]),
        (#"attachment; filename="EURO rates.pdf"; filename*=UTF-8''%E2%82%AC%20rates.pdf"#, ["filename=€ rates.pdf"]),
        (#"attachment; filename*=UTF-8''%E2%82%AC%20rates.pdf; filename="EURO rates.pdf""#, ["filename=€ rates.pdf"]),
        ("attachment; filename*=UTF-8''a; x=y; filename=b", ["filename=a", "x=y"]),
    ]

    @Test("reads extended values, and prefers them", arguments: extended)
    func readsExtended(value: String, expected: [String]) throws {
        #expect(texts(try ContentDisposition(parsing: value)) == expected)
    }

    static let malformed: [(String, ContentDispositionError)] = [
        ("", .invalidTypeFormat), (#""attachment""#, .invalidTypeFormat), ("attachment;", .invalidParameterFormat),
        (" attachment", .invalidTypeFormat), ("attachment filename=x", .invalidTypeFormat), ("é", .invalidTypeFormat),
        ("attachment, inline", .invalidTypeFormat), ("attachment\0", .invalidTypeFormat),
        (#"attachment; filename="rates.pdf";"#, .invalidParameterFormat),
        (#"attachment; filename@="rates.pdf""#, .invalidParameterFormat),
        ("attachment; filename=", .invalidParameterFormat), ("attachment; filename", .invalidParameterFormat),
        ("attachment; filename=trolly,trains", .invalidParameterFormat),
        ("attachment; filename=total/; foo=bar", .invalidParameterFormat),
        (#"attachment; filename="a\"#, .invalidParameterFormat),
        (#"attachment; filename="a\""#, .invalidParameterFormat),
        ("attachment; filename=\"a\0\"", .invalidParameterFormat),
        ("attachment; filename=\"a\n\"", .invalidParameterFormat),
        ("attachment; filename=\"日\"", .invalidParameterFormat), ("attachment;;a=b", .invalidParameterFormat),
        ("attachment; filename=foo; filename=bar", .duplicateParameter),
        ("attachment; filename=foo; FileName=bar", .duplicateParameter),
        ("attachment; filename*=UTF-8''a; filename*=UTF-8''b", .duplicateParameter),
        ("filename=\"plans.pdf\"", .invalidTypeFormat), ("; filename=\"plans.pdf\"", .invalidTypeFormat),
        (#"attachment; filename*="UTF-8''%E2%82%AC%20rates.pdf""#, .invalidExtendedValue),
        ("attachment; filename*=ISO-8859-2''%A4%20rates.pdf", .unsupportedCharset),
        ("attachment; filename*=UTF-8''", .invalidExtendedValue),
        ("attachment; filename*=UTF-8'", .invalidExtendedValue),
        ("attachment; filename*=a", .invalidExtendedValue), ("attachment; filename*=''a", .invalidExtendedValue),
        ("attachment; filename*=UTF-8'e.n'a", .invalidExtendedValue),
        ("attachment; filename*=UTF-8'en-'a", .invalidExtendedValue),
        ("attachment; filename*=UTF-8'en'a'b", .invalidExtendedValue),
        ("attachment; filename*=UTF-8''a%4", .invalidExtendedValue),
    ]

    @Test("says what is malformed", arguments: malformed)
    func refuses(value: String, error: ContentDispositionError) {
        #expect(throws: error) { try ContentDisposition(parsing: value) }
    }

    static let messages: [(ContentDispositionError, String)] = [
        (.invalidTypeFormat, "invalid type format"), (.invalidParameterFormat, "invalid parameter format"),
        (.duplicateParameter, "invalid duplicate parameter"), (.invalidExtendedValue, "invalid extended field value"),
        (.unsupportedCharset, "unsupported charset in extended field"), (.tooManyParameters, "too many parameters"),
    ]

    @Test("has the reference's words for it", arguments: messages)
    func words(error: ContentDispositionError, message: String) {
        #expect("\(error)" == message)
    }

    @Test("looks a parameter up")
    func lookup() throws {
        let disposition = try ContentDisposition(parsing: "form-data; name=field; filename=a.txt")
        #expect(disposition["name"] == "field")
        #expect(disposition["filename"] == "a.txt")
        #expect(disposition["other"] == nil)
    }

    @Test("reads hostile fields in linear time")
    func hostile() {
        for part in [";a=b", ";", "\"", "\\", "=", "*", "'", "%", " ", "\t", ";*=a", "\0", "é"] {
            let text = String(repeating: part, count: 65536 / part.utf8.count)
            #expect(throws: ContentDispositionError.self) { try ContentDisposition(parsing: "attachment" + text + ";") }
            #expect(throws: ContentDispositionError.self) {
                try ContentDisposition(parsing: "a;filename*=UTF-8''\(text);")
            }
        }
        let many = (0..<5000).map { "; p\($0)=x" }.joined()
        #expect(throws: ContentDispositionError.tooManyParameters) {
            try ContentDisposition(parsing: "attachment" + many)
        }
        let long = String(repeating: "a", count: 65536)
        #expect(throws: Never.self) { try ContentDisposition(parsing: "attachment; filename=\"\(long)\"") }
    }
}

@Suite("Content-Disposition, the cases of TC 2231")
struct ContentDispositionTC2231Tests {
    static let inline: [(String, [String])] = [
        ("inline", []),
        (#"inline; filename="foo.html""#, ["filename=foo.html"]),
        (#"inline; filename="Not an attachment!""#, ["filename=Not an attachment!"]),
        (#"inline; filename="foo.pdf""#, ["filename=foo.pdf"]),
    ]

    @Test("reads inline", arguments: inline)
    func readsInline(value: String, expected: [String]) throws {
        let disposition = try ContentDisposition(parsing: value)
        #expect(disposition.type == "inline")
        #expect(texts(disposition) == expected)
    }

    static let attachment: [(String, [String])] = [
        ("attachment", []),
        ("ATTACHMENT", []),
        (#"attachment; filename="foo.html""#, ["filename=foo.html"]),
        (#"attachment; filename="0000000000111111111122222""#, ["filename=0000000000111111111122222"]),
        (
            #"attachment; filename="00000000001111111111222222222233333""#,
            ["filename=00000000001111111111222222222233333"]
        ),
        (#"attachment; filename="f\oo.html""#, ["filename=foo.html"]),
        (#"attachment; filename="\"quoting\" tested.html""#, [#"filename="quoting" tested.html"#]),
        (#"attachment; filename="Here's a semicolon;.html""#, ["filename=Here's a semicolon;.html"]),
        (#"attachment; foo="bar"; filename="foo.html""#, ["foo=bar", "filename=foo.html"]),
        (#"attachment; foo="\"\\";filename="foo.html""#, [#"foo="\"#, "filename=foo.html"]),
        (#"attachment; FILENAME="foo.html""#, ["filename=foo.html"]),
        ("attachment; filename=foo.html", ["filename=foo.html"]),
        ("attachment; filename='foo.bar'", ["filename='foo.bar'"]),
        (#"attachment; filename="foo-ä.html""#, ["filename=foo-ä.html"]),
        (#"attachment; filename="foo-Ã¤.html""#, ["filename=foo-Ã¤.html"]),
        (#"attachment; filename="foo-%41.html""#, ["filename=foo-%41.html"]),
        (#"attachment; filename="50%.html""#, ["filename=50%.html"]),
        (#"attachment; filename="foo-%\41.html""#, ["filename=foo-%41.html"]),
        (#"attachment; name="foo-%41.html""#, ["name=foo-%41.html"]),
        (#"attachment; filename="ä-%41.html""#, ["filename=ä-%41.html"]),
        (#"attachment; filename="foo-%c3%a4-%e2%82%ac.html""#, ["filename=foo-%c3%a4-%e2%82%ac.html"]),
        (#"attachment; filename ="foo.html""#, ["filename=foo.html"]),
        ("attachment; xfilename=foo.html", ["xfilename=foo.html"]),
        (#"attachment; filename="/foo.html""#, ["filename=/foo.html"]),
        (#"attachment; filename="\\foo.html""#, [#"filename=\foo.html"#]),
        (
            #"attachment; creation-date="Wed, 12 Feb 1997 16:29:51 -0500""#,
            ["creation-date=Wed, 12 Feb 1997 16:29:51 -0500"]
        ),
        (
            #"attachment; modification-date="Wed, 12 Feb 1997 16:29:51 -0500""#,
            ["modification-date=Wed, 12 Feb 1997 16:29:51 -0500"]
        ),
        (#"attachment; example="filename=example.txt""#, ["example=filename=example.txt"]),
        (#"attachment; filename="=?ISO-8859-1?Q?foo-=E4.html?=""#, ["filename==?ISO-8859-1?Q?foo-=E4.html?="]),
        (#"attachment; foobar=x; filename="foo.html""#, ["foobar=x", "filename=foo.html"]),
    ]

    @Test("reads attachments", arguments: attachment)
    func readsAttachment(value: String, expected: [String]) throws {
        let disposition = try ContentDisposition(parsing: value)
        #expect(disposition.type == "attachment")
        #expect(texts(disposition) == expected)
    }

    static let encoded: [(String, [String])] = [
        ("attachment; filename*=iso-8859-1''foo-%E4.html", ["filename=foo-ä.html"]),
        ("attachment; filename*=UTF-8''foo-%c3%a4-%e2%82%ac.html", ["filename=foo-ä-€.html"]),
        ("attachment; filename*=UTF-8''foo-a%cc%88.html", ["filename=foo-a\u{308}.html"]),
        ("attachment; filename*=iso-8859-1''foo-%c3%a4-%e2%82%ac.html", ["filename=foo-Ã¤-â?¬.html"]),
        ("attachment; filename*=utf-8''foo-%E4.html", ["filename=foo-\u{FFFD}.html"]),
        ("attachment; filename*= UTF-8''foo-%c3%a4.html", ["filename=foo-ä.html"]),
        ("attachment; filename* =UTF-8''foo-%c3%a4.html", ["filename=foo-ä.html"]),
        ("attachment; filename*=UTF-8''A-%2541.html", ["filename=A-%41.html"]),
        ("attachment; filename*=UTF-8''%5cfoo.html", [#"filename=\foo.html"#]),
        (#"attachment; filename*0="foo."; filename*1="html""#, ["filename*0=foo.", "filename*1=html"]),
        (#"attachment; filename*0="foo"; filename*1="\b\a\r.html""#, ["filename*0=foo", "filename*1=bar.html"]),
        (
            #"attachment; filename*0*=UTF-8''foo-%c3%a4; filename*1=".html""#,
            ["filename*0*=UTF-8''foo-%c3%a4", "filename*1=.html"]
        ),
        (#"attachment; filename*0="foo"; filename*01="bar""#, ["filename*0=foo", "filename*01=bar"]),
        (#"attachment; filename*0="foo"; filename*2="bar""#, ["filename*0=foo", "filename*2=bar"]),
        (#"attachment; filename*1="foo."; filename*2="html""#, ["filename*1=foo.", "filename*2=html"]),
        (#"attachment; filename*1="bar"; filename*0="foo""#, ["filename*1=bar", "filename*0=foo"]),
        (#"attachment; filename="foo-ae.html"; filename*=UTF-8''foo-%c3%a4.html"#, ["filename=foo-ä.html"]),
        (#"attachment; filename*=UTF-8''foo-%c3%a4.html; filename="foo-ae.html""#, ["filename=foo-ä.html"]),
        (
            "attachment; filename*0*=ISO-8859-15''euro-sign%3d%a4; filename*=ISO-8859-1''currency-sign%3d%a4",
            ["filename*0*=ISO-8859-15''euro-sign%3d%a4", "filename=currency-sign=¤"]
        ),
    ]

    @Test("reads encodings and continuations", arguments: encoded)
    func readsEncoded(value: String, expected: [String]) throws {
        let parsed = texts(try ContentDisposition(parsing: value))
        #expect(parsed.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }

    @Test(
        "refuses",
        arguments: [
            #""inline""#, #""attachment""#, "attachment; filename=foo,bar.html", "attachment; filename=foo.html ;",
            "attachment; ;filename=foo", "attachment; filename=foo bar.html",
            #"attachment; filename="foo.html"; filename="bar.html""#,
            "attachment; filename=foo[1](2).html", "attachment; filename=foo-ä.html",
            "attachment; filename=foo-Ã¤.html",
            "filename=foo.html", "x=y; filename=foo.html", #""foo; filename=bar;baz"; filename=qux"#,
            "filename=foo.html, filename=bar.html", "; filename=foo.html", ": inline; attachment; filename=foo.html",
            "inline; attachment; filename=foo.html", "attachment; inline; filename=foo.html",
            #"attachment; filename="foo.html".txt"#, #"attachment; filename="bar"#,
            #"attachment; filename=foo"bar;baz"qux"#,
            "attachment; filename=foo.html, attachment; filename=bar.html", "attachment; foo=foo filename=bar",
            "attachment; filename=bar foo=foo", "attachment filename=bar", "filename=foo.html; attachment",
            "attachment; filename*=''foo-%c3%a4-%e2%82%ac.html", "attachment; filename *=UTF-8''foo-%c3%a4.html",
            #"attachment; filename*="UTF-8''foo-%c3%a4.html""#, #"attachment; filename*="foo%20bar.html""#,
            "attachment; filename*=UTF-8'foo-%c3%a4.html", "attachment; filename*=UTF-8''foo%",
            "attachment; filename*=UTF-8''f%oo.html", "attachment; filename==?ISO-8859-1?Q?foo-=E4.html?=",
        ]
    )
    func refuses(value: String) {
        #expect(throws: ContentDispositionError.self) { try ContentDisposition(parsing: value) }
    }
}
