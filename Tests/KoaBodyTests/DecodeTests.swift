import KoaBody
import KoaTesting
import Testing

private struct User: Codable, Equatable {
    var name: String
    var age: Int
    var tags: [String]?
}

@Suite("ctx.decode")
struct DecodeTests {
    @Test("reads JSON, with and without a body parser, by any type of JSON")
    func json() async throws {
        for parser in [nil, bodyParser()] {
            for type in ["application/json", "application/vnd.example+json", "Application/JSON; charset=utf-8"] {
                let response = try await decoding(User.self, parser: parser).test.post(
                    "/", headers: ["Content-Type": type], body: #"{"name":"Ada","age":36}"#)
                #expect(try response.decode(User.self) == User(name: "Ada", age: 36))
            }
        }
    }

    @Test("reads a form, with and without a body parser")
    func form() async throws {
        for parser in [nil, bodyParser()] {
            let response = try await decoding(User.self, parser: parser).test.post(
                "/", body: .form(["name": "Ada", "age": "36", "tags[]": "a", "tags[1]": "b"]))
            #expect(try response.decode(User.self) == User(name: "Ada", age: 36, tags: ["a", "b"]))
        }
    }

    @Test("reads multipart fields")
    func multipart() async throws {
        let body = Made.body(Made.field("name", "Ada"), Made.field("age", "36"), Made.field("tags", "a"))
        let response = try await decoding(User.self).test.post("/", headers: Made.headers, body: body)
        #expect(try response.decode(User.self) == User(name: "Ada", age: 36, tags: ["a"]))
    }

    @Test("reads the same body again, as another type too")
    func again() async throws {
        let app = Application()
        app.use { ctx in
            let user = try await ctx.decode(User.self)
            let json = try await ctx.decode(JSON.self)
            ctx.body = .json([JSON(user.name), json])
        }
        let expected: JSON = ["Ada", ["name": "Ada", "age": "36"]]
        #expect(try await app.test.post("/", body: .form(["name": "Ada", "age": "36"])).json == expected)
        let parts = Made.body(Made.field("name", "Ada"), Made.field("age", "36"))
        #expect(try await app.test.post("/", headers: Made.headers, body: parts).json == expected)
        let json = try await app.test.post("/", headers: jsonType, body: #"{"name":"Ada","age":36}"#)
        #expect(try json.json == ["Ada", ["name": "Ada", "age": 36]])
    }

    @Test("reads what the application set as the body")
    func replaced() async throws {
        let app = Application()
        app.use(bodyParser())
        app.use { ctx, next in
            ctx.request.body["age"] = 7
            try await next()
        }
        app.use { ctx in ctx.body = .json(try await ctx.decode(User.self)) }
        let response = try await app.test.post("/", headers: jsonType, body: #"{"name":"Ada","age":36}"#)
        #expect(try response.decode(User.self) == User(name: "Ada", age: 7))
    }

    @Test("reads by the application's JSON settings, forms as well")
    func coding() async throws {
        struct Name: Codable { var firstName: String }
        let app = decoding(Name.self)
        app.json.keys = .snakeCase
        #expect(
            try await app.test.post("/", headers: jsonType, body: #"{"first_name":"Ada"}"#).json == [
                "first_name": "Ada"
            ])
        #expect(try await app.test.post("/", body: .form(["first_name": "Ada"])).json == ["first_name": "Ada"])
        #expect(try await app.test.post("/", body: .form(["firstName": "Ada"])).json == ["first_name": "Ada"])
    }

    @Test("reads a text that a body parser read as text")
    func text() async throws {
        let app = decoding(String.self, parser: bodyParser(types: [.text]))
        #expect(try await app.test.post("/", body: "hello").json == "hello")
    }

    @Test("reads JSON of the limit's size, and larger than the coder's own limit")
    func large() async throws {
        let app = decoding([String].self, limits: DecodeLimits(json: 2000))
        app.json.limits.bytes = 10
        let text = "[\"\(String(repeating: "a", count: 1996))\"]"
        #expect(try await app.test.post("/", headers: jsonType, body: .text(text)).status == 200)
        #expect(try await app.test.post("/", headers: jsonType, body: .text(text + " ")).status == 413)
    }
}

@Suite("ctx.decode refuses")
struct DecodeErrorTests {
    @Test("what is no JSON with 400, and says where")
    func malformed() async throws {
        let response = try await decoding(User.self).test.post("/", headers: jsonType, body: #"{"tags":["a",}"#)
        #expect(response.status == 400)
        #expect(response.text.hasPrefix("Invalid JSON: "))
        #expect(response.text.contains("line 1, column 14"))
        #expect(response.text.contains("tags"))
    }

    @Test("an empty body with 400")
    func empty() async throws {
        #expect(try await decoding(User.self).test.post("/", headers: jsonType, body: "").status == 400)
    }

    @Test(
        "other types with 415, and says what it reads",
        arguments: ["text/plain", "multipart/mixed; boundary=x", "nonsense", "text/x-www-form-urlencoded"])
    func type(type: String) async throws {
        let response = try await decoding(User.self).test.post("/", headers: ["Content-Type": type], body: "x")
        #expect(response.status == 415)
        #expect(response.text.contains("send JSON, a form or multipart/form-data"))
    }

    @Test("a request without a type with 415")
    func noType() async throws {
        let response = try await decoding(User.self).test.post("/")
        #expect(response.status == 415)
        #expect(response.text.contains("no Content-Type"))
    }

    @Test("other charsets with 415")
    func charset() async throws {
        let headers: Headers = ["Content-Type": "application/json; charset=utf-7"]
        #expect(try await decoding(User.self).test.post("/", headers: headers, body: "{}").status == 415)
    }

    @Test("values that don't fit with 422, a problem document that says what and where")
    func invalid() async throws {
        let response = try await decoding([User].self).test.post(
            "/", headers: jsonType, body: #"[{"name":"Ada","age":36},{"name":"Bob","age":"x"}]"#)
        #expect(response.status == 422)
        #expect(response.type == "application/problem+json")
        #expect(try response.json["status"] == 422)
        let error = try #require(try response.json["errors"]?[0])
        #expect(error["path"] == "[1].age")
        #expect(error["detail"]?.string?.contains("the string \"x\"") == true)
    }

    @Test("missing values with 422 and their path")
    func missing() async throws {
        let response = try await decoding(User.self).test.post("/", headers: jsonType, body: #"{"name":"Ada"}"#)
        #expect(try response.json["errors"] == [["path": "age", "detail": "A value is required."]])
        let form = try await decoding(User.self).test.post("/", body: .form(["name": "Ada"]))
        #expect(form.status == 422)
        #expect(try form.json["errors"] == [["path": "age", "detail": "A value is required."]])
    }

    @Test("forms with values that don't fit with 422 and their path")
    func invalidForm() async throws {
        let response = try await decoding([String: [User]].self).test.post(
            "/", body: .form(["u[0][name]": "Ada", "u[0][age]": "1", "u[1][name]": "Bob", "u[1][age]": "old"]))
        #expect(response.status == 422)
        #expect(try response.json["errors"]?[0]?["path"] == "u[1].age")
        #expect(try response.json["errors"]?[0]?["detail"] == "Expected an integer but found the text \"old\".")
    }

    @Test("forms with too many fields, and too large ones, with 413")
    func tooMany() async throws {
        let fields = String(repeating: "a=1&", count: 10_000)
        #expect(try await decoding(JSON.self).test.post("/", headers: formType, body: .text(fields)).status == 413)
        let small = DecodeLimits(form: 10)
        #expect(
            try await decoding(JSON.self, limits: small).test.post("/", headers: formType, body: "a=123456789").status
                == 413)
    }

    @Test("JSON that nests too deep with 400")
    func deep() async throws {
        let text = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        let response = try await decoding(JSON.self).test.post("/", headers: jsonType, body: .text(text))
        #expect(response.status == 400)
    }

    @Test("a message that a handler can catch and read")
    func caught() async throws {
        let app = Application()
        app.use { ctx in
            do {
                _ = try await ctx.decode(User.self)
            } catch let error as BodyError {
                ctx.body = ["code": error.code.description, "path": error.path ?? ""]
            }
        }
        let response = try await app.test.post("/", headers: jsonType, body: #"{"name":1,"age":2}"#)
        #expect(try response.json == ["code": "invalidValue", "path": "name"])
    }

    @Test("nothing when a handler's own error is thrown while decoding")
    func own() async throws {
        struct Picky: Codable {
            init(from decoder: any Decoder) throws { throw HTTPError(.conflict, "no") }
            func encode(to encoder: any Encoder) throws {}
        }
        let response = try await decoding(Picky.self).test.post("/", headers: jsonType, body: "{}")
        #expect(response.status == 409)
    }
}
