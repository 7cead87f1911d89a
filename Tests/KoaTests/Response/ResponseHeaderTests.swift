import HTTPTypes
import Testing

@testable import Koa

@Suite("response.get(name)")
struct ResponseGetTests {
    @Test("is a field's value, whatever the name's case, nil without one")
    func reads() {
        let ctx = madeContext()
        ctx.set("ETag", "\"v1\"")
        #expect(ctx.response.get("etag") == "\"v1\"")
        #expect(ctx.response.get("ETAG") == "\"v1\"")
        #expect(ctx.response.get(HTTPField.Name.eTag) == "\"v1\"")
        #expect(ctx.response.get("X-None") == nil)
        #expect(ctx.response.get("") == nil)
    }

    @Test("reads the response, where ctx.get reads the request")
    func isNotTheRequests() {
        let ctx = madeContext(headers: ["X-A": "request"])
        ctx.set("X-A", "response")
        #expect(ctx.get("X-A") == "request")
        #expect(ctx.response.get("X-A") == "response")
    }
}

@Suite("ctx.has(name)")
struct ResponseHasTests {
    @Test("says whether a field is set, whatever the name's case", arguments: ["X-Foo", "x-foo", "X-FOO"])
    func has(name: String) {
        let ctx = madeContext()
        #expect(!ctx.has(name))
        ctx.set("X-Foo", "")
        #expect(ctx.has(name))
        #expect(ctx.response.has(name))
        #expect(!ctx.has("X-Other"))
    }
}

@Suite("response.header and response.headers")
struct ResponseHeaderTests {
    @Test("are the fields that are set")
    func fields() {
        let ctx = madeContext()
        #expect(ctx.response.header.isEmpty)
        ctx.set("X-Foo", "bar")
        ctx.set("X-Number", 200)
        #expect(ctx.response.header == ["X-Foo": "bar", "X-Number": "200"])
        #expect(ctx.response.headers == ctx.response.header)
    }

    @Test("are of a running request without further ado")
    func running() async {
        let answer = await answer { ctx in
            ctx.set("X-Foo", "bar")
            ctx.body = .text(ctx.response.headers.fields.map(\.name).joined(separator: ","))
        }
        #expect(answer.text == "X-Foo")
    }
}

@Suite("ctx.remove(name)")
struct ResponseRemoveTests {
    @Test("removes a field, all its lines, whatever the name's case")
    func removes() {
        let ctx = madeContext()
        ctx.append("X-Foo", ["bar", "baz"])
        ctx.set("X-Other", "1")
        ctx.remove("x-foo")
        #expect(ctx.response.headers == ["X-Other": "1"])
        ctx.response.remove("X-None")
        #expect(ctx.response.headers.count == 1)
    }
}

@Suite("ctx.keepOnError(names)")
struct ResponseKeepOnErrorTests {
    @Test("leaves these headers in place when an error clears all others")
    func keeps() async {
        let answer = await answer { ctx in
            ctx.set("X-Request-Id", "42")
            ctx.set("X-Secret", "1")
            ctx.append("Vary", ["Origin", "Accept"])
            ctx.keepOnError("x-request-id", "Vary")
            try ctx.throw(400, "no")
        }
        #expect(answer.status == 400)
        #expect(answer.text == "no")
        #expect(answer.headers["X-Request-Id"] == "42")
        #expect(answer.headers.all("Vary") == ["Origin", "Accept"])
        #expect(answer.headers["X-Secret"] == nil)
    }

    @Test("gives way to the error's own headers")
    func errorHeaders() async {
        let answer = await answer { ctx in
            ctx.set("Retry-After", "1")
            ctx.response.keepOnError("Retry-After")
            try ctx.throw(429, headers: ["Retry-After": "5"])
        }
        #expect(answer.headers.all("Retry-After") == ["5"])
    }
}
