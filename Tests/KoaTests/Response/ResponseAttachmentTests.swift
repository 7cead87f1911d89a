import Testing

@testable import Koa

@Suite("ctx.attachment(filename)")
struct ResponseAttachmentTests {
    private func disposition(
        _ filename: String?, type: String = "attachment", fallback: AttachmentFallback = .automatic
    ) -> String? {
        let ctx = madeContext()
        ctx.attachment(filename, type: type, fallback: fallback)
        return ctx.response.get("Content-Disposition")
    }

    @Test("tells the client the file's name, without its directories")
    func filename() {
        #expect(disposition("path/to/tobi.png") == "attachment; filename=\"tobi.png\"")
    }

    @Test("without a name tells none")
    func withoutFilename() {
        #expect(disposition(nil) == "attachment")
        #expect(disposition("") == "attachment; filename*=UTF-8''")
    }

    @Test("encodes a name outside ISO-8859-1, and sends a readable one beside it")
    func unicode() async {
        let expected =
            "attachment; filename=\"include-no-ascii-char-???-ok.json\"; "
            + "filename*=UTF-8''include-no-ascii-char-%E4%B8%AD%E6%96%87%E5%90%8D-ok.json"
        let answer = await answer { ctx in
            ctx.attachment("path/to/include-no-ascii-char-中文名-ok.json")
            ctx.body = ["foo": "bar"]
        }
        #expect(answer.headers["Content-Disposition"] == expected)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"foo":"bar"}"#)
    }

    @Test("makes the readable name itself, unless told otherwise")
    func automaticFallback() {
        let encoded = "filename*=UTF-8''%C2%A3%20and%20%E2%82%AC%20rates.pdf"
        #expect(
            disposition("€ rates.pdf") == "attachment; filename=\"? rates.pdf\"; filename*=UTF-8''%E2%82%AC%20rates.pdf"
        )
        #expect(disposition("£ and € rates.pdf") == "attachment; filename=\"£ and ? rates.pdf\"; \(encoded)")
        #expect(disposition("£ and € rates.pdf", fallback: .none) == "attachment; \(encoded)")
        #expect(disposition("£ rates.pdf") == "attachment; filename=\"£ rates.pdf\"")
        #expect(disposition("£ rates.pdf", fallback: .none) == "attachment; filename=\"£ rates.pdf\"")
    }

    @Test("takes a readable name, of ISO-8859-1")
    func ownFallback() {
        let encoded = "filename*=UTF-8''%C2%A3%20and%20%E2%82%AC%20rates.pdf"
        #expect(
            disposition("£ and € rates.pdf", fallback: "£ and EURO rates.pdf")
                == "attachment; filename=\"£ and EURO rates.pdf\"; \(encoded)")
        #expect(
            disposition("\"£ rates\".pdf", fallback: .text("£ rates.pdf"))
                == "attachment; filename=\"£ rates.pdf\"; filename*=UTF-8''%22%C2%A3%20rates%22.pdf")
        #expect(disposition("plans.pdf", fallback: "plans.pdf") == "attachment; filename=\"plans.pdf\"")
        #expect(
            disposition("€ rates.pdf", fallback: "/path/to/EURO rates.pdf")
                == "attachment; filename=\"EURO rates.pdf\"; filename*=UTF-8''%E2%82%AC%20rates.pdf")
        #expect(disposition(nil, fallback: "plans.pdf") == "attachment")
    }

    @Test("refuses a readable name outside ISO-8859-1")
    func invalidFallback() {
        #expect(throws: ContentDispositionError.invalidFallback) {
            try madeContext().response.setAttachment("€ rates.pdf", fallback: "€ rates.pdf")
        }
    }

    @Test(
        "takes a disposition, in lower case",
        arguments: [("inline", "inline"), ("INLINE", "inline"), ("attachment", "attachment"), ("x-own", "x-own")]
    )
    func type(type: String, expected: String) {
        #expect(disposition(nil, type: type) == expected)
        #expect(disposition("plans.pdf", type: type) == "\(expected); filename=\"plans.pdf\"")
    }

    @Test("refuses a disposition that is no token", arguments: ["invlaid;type", "", "in line", "a\r\nb", "é"])
    func invalidType(type: String) {
        #expect(throws: ContentDispositionError.invalidType) {
            try madeContext().response.setAttachment(nil, type: type)
        }
    }

    @Test("sets the type of the name's extension, unless one is set")
    func contentType() {
        let ctx = madeContext()
        ctx.attachment("tobi.png")
        #expect(ctx.type == "image/png")
        ctx.attachment("report.html")
        #expect(ctx.type == "image/png")
        let html = madeContext()
        html.type = "text/plain"
        html.attachment("evil.html")
        #expect(html.response.get("Content-Type") == "text/plain; charset=utf-8")
        let svg = madeContext()
        svg.type = "image/png"
        svg.attachment("image.svg")
        #expect(svg.type == "image/png")
        let none = madeContext()
        none.attachment()
        #expect(none.type == "")
    }

    @Test(
        "can't be made to break the header by a hostile name",
        arguments: [
            "a\r\nSet-Cookie: x=1.html", "a\u{0}b", "\"; filename=\"evil.exe", "a\\\"b", "..", "/", "a.\r\n", "\u{7F}",
        ]
    )
    func hostile(name: String) async {
        let answer = await answer { ctx in
            ctx.attachment(name)
            ctx.body = "x"
        }
        #expect(answer.status == 200)
        let value = answer.headers["Content-Disposition"] ?? ""
        #expect(value.hasPrefix("attachment; filename"))
        #expect(Latin1.isFieldValue(value))
        #expect(!value.contains("filename=\"\"; filename=\"evil"))
    }
}
