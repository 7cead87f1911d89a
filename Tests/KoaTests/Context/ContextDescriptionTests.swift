import KoaTesting
import Testing

@testable import Koa

@Suite("toJSON() and the debug descriptions of a context, its request and its response")
struct ContextDescriptionTests {
    static func context() -> Context {
        let head = RequestHead.sample(.post, "/items?a=1", headers: ["Host": "example.com", "X-A": "1"])
        let ctx = Context.sample(Application(env: "test"), head)
        ctx.status = .created
        ctx.type = "json"
        return ctx
    }

    @Test("a request has method, URL and headers")
    func request() {
        let expected: JSON = [
            "method": "POST", "url": "/items?a=1", "header": ["host": "example.com", "x-a": "1"],
        ]
        let request = Self.context().request
        #expect(request.toJSON() == expected)
        #expect(request.debugDescription == expected.description)
    }

    @Test("a response has status, message and headers")
    func response() {
        let expected: JSON = [
            "status": 201, "message": "Created", "header": ["content-type": "application/json; charset=utf-8"],
        ]
        #expect(Self.context().response.toJSON() == expected)
    }

    @Test("a response's description has the body too")
    func responseBody() {
        let ctx = Self.context()
        #expect(ctx.response.debugDescription.hasSuffix(#","body":null}"#))
        ctx.body = "hello"
        #expect(ctx.response.debugDescription.hasSuffix(#","body":"hello"}"#))
        ctx.body = .bytes([1, 2, 3])
        #expect(ctx.response.debugDescription.hasSuffix(#","body":"<3 bytes>"}"#))
        ctx.body = .stream { _ in }
        #expect(ctx.response.debugDescription.hasSuffix(#","body":"<stream>"}"#))
    }

    @Test("a context has its request, its response, the application and the original URL")
    func context() {
        let ctx = Self.context()
        ctx.url = "/other"
        let json = ctx.toJSON()
        #expect(json["request"] == ctx.request.toJSON())
        #expect(json["request"]?["url"] == "/other")
        #expect(json["response"] == ctx.response.toJSON())
        #expect(json["app"] == ["subdomainOffset": 2, "proxy": false, "env": "test"])
        #expect(json["originalURL"] == "/items?a=1")
        #expect(ctx.debugDescription == json.description)
        #expect(String(reflecting: ctx) == json.description)
    }

    @Test("a header of several values is a list")
    func severalValues() {
        let ctx = Self.context()
        ctx.append("Link", ["</a>", "</b>"])
        #expect(ctx.response.toJSON()["header"]?["link"] == ["</a>", "</b>"])
    }

    @Test("a description is there in every state of a context")
    func everyState() async throws {
        let app = Application(silent: true)
        let seen = Recording<String>()
        app.onError { _, ctx in seen.add(ctx?.debugDescription ?? "-") }
        app.use { ctx in
            seen.add(ctx.debugDescription)
            try await ctx.res.end("x")
            seen.add(ctx.debugDescription)
            throw Boom()
        }
        _ = try await app.test.get("/")
        #expect(seen.values.count == 3)
        #expect(seen.values.allSatisfy { $0.hasPrefix(#"{"request":{"method":"GET""#) })
    }
}
