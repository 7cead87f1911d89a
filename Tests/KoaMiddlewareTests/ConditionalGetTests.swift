import KoaMiddleware
import KoaTesting
import Testing

@Suite("conditionalGet")
struct ConditionalGetTests {
    private func app(_ handler: @escaping Handler) -> Application {
        let app = Application()
        app.use(conditionalGet())
        app.use(handler)
        return app
    }

    @Test("answers 304 where the client's copy is fresh", arguments: [HTTPRequest.Method.get, .head])
    func fresh(method: HTTPRequest.Method) async throws {
        let client = app { ctx in
            ctx.etag = "foo"
            ctx.body = ["name": "tobi"]
        }.test
        let response = try await client.request(method, "/", headers: ["If-None-Match": "\"foo\""])
        #expect(response.status == 304)
        #expect(response.bytes.isEmpty)
        #expect(response.get("ETag") == "\"foo\"")
        #expect(response.get("Content-Type") == nil)
    }

    @Test("does nothing where it is stale, or the request isn't safe")
    func stale() async throws {
        let client = app { ctx in
            ctx.etag = "bar"
            ctx.body = "here"
        }.test
        #expect(try await client.get("/", headers: ["If-None-Match": "\"foo\""]).text == "here")
        #expect(try await client.get("/").text == "here")
        #expect(try await client.post("/", headers: ["If-None-Match": "\"bar\""]).text == "here")
    }

    @Test("does nothing with an error, or where the head is out")
    func others() async throws {
        let failed = app { ctx in
            ctx.etag = "foo"
            ctx.body = "no"
            ctx.status = 500
        }.test
        #expect(try await failed.get("/", headers: ["If-None-Match": "\"foo\""]).status == 500)
        let begun = app { ctx in
            ctx.etag = "foo"
            ctx.status = 200
            ctx.flushHeaders()
            ctx.body = "late"
        }.test
        let response = try await begun.get("/", headers: ["If-None-Match": "\"foo\""])
        #expect(response.status == 200)
        #expect(response.text == "late")
    }
}
