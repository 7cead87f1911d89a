import KoaMiddleware
import KoaTesting
import Testing

@Suite("methodOverride")
struct MethodOverrideTests {
    private func method(
        _ middleware: NamedMiddleware = methodOverride(), _ sent: HTTPRequest.Method = .post,
        target: String = "/", _ asked: String? = nil
    ) async throws -> String {
        let app = Application(silent: true)
        app.use(middleware)
        app.use { ctx in ctx.body = .text(ctx.method.rawValue) }
        let headers: Headers = asked.map { ["X-HTTP-Method-Override": $0] } ?? [:]
        let response = try await app.test.request(sent, target, headers: headers)
        return response.status == 200 ? response.text : "\(response.status.code)"
    }

    @Test("makes a POST the method that its header names", arguments: ["PUT", "PATCH", "DELETE", "delete"])
    func header(asked: String) async throws {
        #expect(try await method(target: "/", asked) == asked.uppercased())
    }

    @Test("refuses a method that isn't allowed", arguments: ["GET", "CONNECT", "nonsense", "PUT, DELETE"])
    func refused(asked: String) async throws {
        #expect(try await method(target: "/", asked) == "400")
    }

    @Test("leaves other methods, and a POST without the header", arguments: [HTTPRequest.Method.get, .put, .options])
    func others(sent: HTTPRequest.Method) async throws {
        #expect(try await method(methodOverride(), sent, target: "/", "DELETE") == sent.rawValue)
        #expect(try await method() == "POST")
    }

    @Test("reads a query parameter only if asked, and the header first")
    func query() async throws {
        #expect(try await method(target: "/?_method=DELETE") == "POST")
        let asking = methodOverride(query: "_method")
        #expect(try await method(asking, target: "/?_method=DELETE") == "DELETE")
        #expect(try await method(asking, target: "/?_method=DELETE", "PUT") == "PUT")
        #expect(try await method(asking, target: "/?_method=TRACE") == "400")
        #expect(try await method(asking, .get, target: "/?_method=DELETE") == "GET")
    }

    @Test("takes other methods and another header")
    func options() async throws {
        let own = methodOverride(header: "X-Method", methods: [.put])
        let app = Application(silent: true)
        app.use(own)
        app.use { ctx in ctx.body = .text(ctx.method.rawValue) }
        #expect(try await app.test.post("/", headers: ["X-Method": "PUT"]).text == "PUT")
        #expect(try await app.test.post("/", headers: ["X-Method": "DELETE"]).status == 400)
        #expect(try await app.test.post("/", headers: ["X-HTTP-Method-Override": "PUT"]).text == "POST")
    }
}
