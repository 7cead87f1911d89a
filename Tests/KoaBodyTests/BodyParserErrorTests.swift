import KoaBody
import KoaTesting
import Testing

@Suite("bodyParser refuses")
struct BodyParserErrorTests {
    @Test(
        "what is no JSON, and doesn't tell the client why",
        arguments: [#"{"foo": "bar"#, "3", #""str""#, "[1,]", "nul"])
    func malformed(text: String) async throws {
        let response = try await parsing().test.post("/", headers: jsonType, body: .text(text))
        #expect(response.status == 400)
        #expect(response.text == "Bad Request")
    }

    @Test("bodies beyond their limit, whether they say their length or not")
    func limits() async throws {
        let app = parsing(
            bodyParser(types: [.json, .form, .text, .xml], jsonLimit: 5, formLimit: 5, textLimit: 5, xmlLimit: 5))
        for type in ["application/json", "application/x-www-form-urlencoded", "text/plain", "text/xml"] {
            let headers: Headers = ["Content-Type": type]
            #expect(try await app.test.post("/", headers: headers, body: "[1,23]").status == 413)
            #expect(try await app.test.post("/", headers: headers, body: .stream(["[1,", "23]"])).status == 413)
            #expect(try await app.test.post("/", headers: headers, body: "[1,2]").status == 200)
        }
    }

    @Test("by default JSON past 1 MiB and forms past 56 KiB")
    func defaults() async throws {
        let text = String(repeating: "a", count: 1024 * 1024)
        #expect(try await parsing().test.post("/", headers: jsonType, body: .text("[\"\(text)\"]")).status == 413)
        let form = "a=" + text.prefix(56 * 1024 - 2)
        #expect(try await parsing().test.post("/", headers: formType, body: .text(form)).status == 200)
        #expect(try await parsing().test.post("/", headers: formType, body: .text(form + "a")).status == 413)
    }

    @Test("charsets that it would misread")
    func charsets() async throws {
        let app = parsing(bodyParser(types: [.json, .form, .text]))
        func status(_ type: String) async throws -> Status {
            try await app.test.post("/", headers: ["Content-Type": type], body: "[1]").status
        }
        #expect(try await status("application/json; charset=utf-16") == 415)
        #expect(try await status("application/json; charset=iso-8859-1") == 415)
        #expect(try await status("application/x-www-form-urlencoded; charset=gbk") == 415)
        #expect(try await status("text/plain; charset=koi8-r") == 415)
        #expect(try await status("application/json; charset=US-ASCII") == 200)
    }

    @Test("nothing that is ISO-8859-1 text, and replaces what isn't UTF-8")
    func latin1() async throws {
        let app = parsing(bodyParser(types: [.text]))
        let bytes = TestBody.bytes([0x62, 0xE4])
        #expect(
            try await app.test.post("/", headers: ["Content-Type": "text/plain; charset=iso-8859-1"], body: bytes).json[
                0] == "bä")
        #expect(
            try await app.test.post("/", headers: ["Content-Type": "text/plain"], body: bytes).json[0] == "b\u{FFFD}")
    }

    @Test("JSON that isn't UTF-8, or deeper than can be read")
    func hostile() async throws {
        let bytes = TestBody.bytes([0x5B, 0x22, 0xFF, 0x22, 0x5D])
        #expect(try await parsing().test.post("/", headers: jsonType, body: bytes).status == 400)
        let deep = String(repeating: "[", count: 100_000)
        #expect(try await parsing().test.post("/", headers: jsonType, body: .text(deep)).status == 400)
    }

    @Test("nothing of an onError that returns: the next middleware run with an empty body")
    func swallowed() async throws {
        let app = parsing(bodyParser(onError: { _, ctx in ctx.set("X-Error", "yes") }))
        let response = try await app.test.post("/", headers: jsonType, body: "{")
        #expect(response.get("X-Error") == "yes")
        #expect(try response.json == [[:], nil])
    }

    @Test("with what onError throws")
    func replaced() async throws {
        let app = parsing(bodyParser(onError: { _, ctx in try ctx.throw(422, "custom parse error") }))
        let response = try await app.test.post("/", headers: jsonType, body: "{")
        #expect(response.status == 422)
        #expect(response.text == "custom parse error")
    }

    @Test("no name: `__proto__` and `constructor` are keys like others")
    func prototypes() async throws {
        let text = #"{"__proto__":{"x":1},"constructor":2}"#
        #expect(
            try await parsing().test.post("/", headers: jsonType, body: .text(text)).json[0]?["__proto__"] == ["x": 1])
        let form = try await parsing().test.post(
            "/", headers: formType, body: "__proto__[x]=1&toString=2&a[hasOwnProperty]=3")
        #expect(try form.json[0] == ["__proto__": ["x": "1"], "toString": "2", "a": ["hasOwnProperty": "3"]])
    }
}
