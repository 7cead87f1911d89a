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

    private func send(_ app: Application) async throws -> [String] {
        var found: [String] = []
        for (headers, body) in [(jsonType, "[1]"), (formType, "a=1"), (Made.headers, Made.field("a", "1") + "--x--")] {
            let response = try await app.test.post("/", headers: headers, body: .text(body))
            found.append(response.status == 415 ? response.text : "\(response.status.code)")
        }
        return found
    }

    @Test(
        "kinds that aren't accepted with 415, also where something before has read them",
        arguments: ["", "parsed", "uploaded", "changed"])
    func accepting(before: String) async throws {
        func app(_ kinds: Set<DecodeKind>) -> Application {
            let app = Application(silent: true)
            if before != "" { app.use(bodyParser()) }
            if before == "uploaded" { app.use(Upload().any()) }
            app.use { ctx in
                if before == "changed", ctx.request.rawBody != nil { ctx.request.body = ["b": 1] }
                ctx.body = .json(try await ctx.decode(JSON.self, accepting: kinds))
            }
            return app
        }
        let json = try await send(app([.json]))
        #expect(json[0] == "200")
        for (text, type) in zip(
            json.dropFirst(), ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
        {
            #expect(text == "The Content-Type \(type.debugDescription) isn't read here: send JSON")
        }
        let forms = try await send(app([.form, .multipart]))
        #expect(forms.dropFirst() == ["200", "200"])
        #expect(forms[0].hasSuffix(": send a form or multipart/form-data"))
        #expect(try await send(app([.form]))[2].hasSuffix(": send a form"))
        #expect(try await send(app([])).allSatisfy { $0.hasSuffix("isn't read here") })
        #expect(try await send(app(Set(DecodeKind.allCases))) == ["200", "200", "200"])
    }

    @Test("a text that a body parser has read, unless texts are accepted")
    func acceptingText() async throws {
        let app = Application(silent: true)
        app.use(bodyParser(types: [.text]))
        app.use { ctx in
            ctx.body = .text(try await ctx.decode(String.self, accepting: ctx.path == "/" ? [.json] : [.text]))
        }
        #expect(try await app.test.post("/", body: "x").status == 415)
        #expect(try await app.test.post("/text", body: "x").text == "x")
    }

    @Test("a body that it couldn't read with the same error again")
    func failedBefore() async throws {
        func statuses(_ first: @escaping Middleware, _ headers: Headers, _ body: TestBody) async throws -> [Int] {
            let refused = Shared(0)
            let app = Application(silent: true)
            app.use { ctx, next in
                do {
                    try await next()
                } catch let error as any ErrorStatus {
                    refused.value = error.status.code
                }
                ctx.body = .json(try await ctx.decode(JSON.self, accepting: [.json, .form, .multipart]))
            }
            app.use(first)
            let response = try await app.test.post("/", headers: headers, body: body)
            return [refused.value, response.status.code]
        }
        let small: Middleware = { ctx, _ in _ = try await ctx.decode(JSON.self, limits: DecodeLimits(json: 5, form: 5))
        }
        #expect(try await statuses(small, jsonType, .stream(["[1,", "234]"])) == [413, 413])
        #expect(try await statuses(small, formType, .stream(["a=1", "234"])) == [413, 413])
        // Nothing of it was read: its length was said before.
        #expect(try await statuses(small, jsonType, "[1,234]") == [413, 200])
        let few: Middleware = { ctx, _ in
            _ = try await ctx.decode(JSON.self, limits: DecodeLimits(fields: FormLimits(fields: 1)))
        }
        #expect(try await statuses(few, formType, "a=1&b=2") == [413, 413])
        let multipart: Middleware = { ctx, _ in for try await part in ctx.multipart() { _ = try await part.text() } }
        #expect(try await statuses(multipart, Made.headers, "--x\r\n") == [400, 400])
        let strict = bodyParser().middleware
        #expect(try await statuses(strict, jsonType, "3") == [400, 400])
        #expect(
            try await statuses(strict, ["Content-Type": "application/json", "Content-Encoding": "gzip"], "x") == [
                400, 400,
            ])
        let upload = Upload().none()
        #expect(try await statuses(upload, Made.headers, Made.body(Made.file("f", "a", "x"))) == [400, 400])
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
