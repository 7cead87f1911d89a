import Testing

@testable import Koa

@Suite("ctx.body of JSON")
struct ResponseJSONBodyTests {
    private struct User: Encodable, Sendable {
        var name: String
        var tags: [String]
        var age: Int?
    }

    private struct Unencodable: Encodable, Sendable {
        func encode(to encoder: any Encoder) throws {
            throw EncodingError.invalidValue(self, .init(codingPath: [], debugDescription: "secret"))
        }
    }

    @Test("of a dictionary literal is an object with its keys in their order")
    func object() async {
        let answer = await answer { ctx in
            ctx.body = [
                "z": 1, "a": "two", "m": true, "list": [1, 2], "user": User(name: "Tobi", tags: ["x"], age: nil),
            ]
        }
        #expect(answer.status == 200)
        #expect(answer.type == "application/json; charset=utf-8")
        #expect(answer.text == #"{"z":1,"a":"two","m":true,"list":[1,2],"user":{"name":"Tobi","tags":["x"]}}"#)
        #expect(answer.length == "\(answer.bytes.count)")
    }

    @Test("of an array literal is an array, of values of any types")
    func array() async {
        let answer = await answer { ctx in ctx.body = [1, "two", true, ["three": 3]] }
        #expect(answer.text == #"[1,"two",true,{"three":3}]"#)
        #expect(answer.type == "application/json; charset=utf-8")
    }

    @Test("of any Encodable value is that value")
    func encodable() async {
        let answer = await answer { ctx in ctx.body = .json([User(name: "é\"\n", tags: [], age: 3)]) }
        #expect(answer.text == #"[{"name":"é\"\n","tags":[],"age":3}]"#)
        for (body, text) in [
            (Body.json(1), "1"), (.json("x"), "\"x\""), (.json(false), "false"), (.json([Int]()), "[]"),
        ] {
            let ctx = madeContext()
            ctx.body = body
            await ctx.handle(Chain())
            #expect((ctx.transport as? MemoryTransport)?.reply.body.readableBytesView.elementsEqual(text.utf8) == true)
        }
    }

    @Test("of a JSON value keeps its order")
    func value() async {
        let answer = await answer { ctx in
            let json: JSON = ["b": [1, nil, "x"], "a": ["nested": true]]
            ctx.body = .json(json)
        }
        #expect(answer.text == #"{"b":[1,null,"x"],"a":{"nested":true}}"#)
    }

    @Test(
        "of a value that can't be encoded is a 500, which doesn't say why", arguments: [HTTPRequest.Method.get, .head])
    func unencodable(method: HTTPRequest.Method) async {
        for index in 0..<3 {
            let answer = await answer(method) { ctx in
                ctx.set("X-Before", "1")
                switch index {
                case 0: ctx.body = .json(Unencodable())
                case 1: ctx.body = ["a": Unencodable()]
                default: ctx.body = [1, Unencodable()]
                }
            }
            #expect(answer.status == 500)
            #expect(answer.text == (method == .head ? "" : "Internal Server Error"))
            #expect(answer.headers["X-Before"] == nil)
            #expect(answer.errors.count == 1)
        }
    }

    @Test("overrides a type that isn't JSON")
    func overridesTheType() {
        let ctx = madeContext()
        ctx.body = "<em>hey</em>"
        #expect(ctx.type == "text/html")
        ctx.body = ["foo": "bar"]
        #expect(ctx.response.get("Content-Type") == "application/json; charset=utf-8")
        #expect(!ctx.has("Content-Length"))
    }

    @Test(
        "keeps a type that is JSON",
        arguments: ["application/vnd.api+json", "application/ld+json", "text/json; charset=x"])
    func keepsTheType(type: String) {
        let ctx = madeContext()
        ctx.set("Content-Type", type)
        ctx.body = ["foo": "bar"]
        #expect(ctx.response.get("Content-Type") == type)
    }

    @Test(
        "overrides a type that only contains the letters", arguments: ["application/jsonp", "text/notjson", "x/json_"])
    func otherWords(type: String) {
        let ctx = madeContext()
        ctx.set("Content-Type", type)
        ctx.body = ["foo": "bar"]
        #expect(ctx.type == "application/json")
    }

    @Test("on HEAD has its length, too")
    func head() async {
        let answer = await answer(.head) { ctx in ctx.body = ["hello": "world"] }
        #expect(answer.status == 200)
        #expect(answer.length == "17")
        #expect(answer.type == "application/json; charset=utf-8")
        #expect(answer.bytes.isEmpty)
    }

    @Test("is written when the response is sent, as the application writes JSON")
    func isWrittenLate() async {
        let app = Application(silent: true)
        app.use { ctx, next in
            try await next()
            #expect(ctx.body?.jsonValue is [Int])
            ctx.set("X-Length", ctx.length ?? -1)
        }
        let answer = await answer(app: app) { ctx in ctx.body = .json([1, 2, 3]) }
        #expect(answer.headers["X-Length"] == "7")
        #expect(answer.text == "[1,2,3]")
    }
}
