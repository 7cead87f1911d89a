import KoaMiddleware
import KoaTesting
import Testing

@Suite("prettyJSON")
struct PrettyJSONTests {
    private func text(
        _ middleware: NamedMiddleware = prettyJSON(), _ target: String = "/",
        _ handler: @escaping Handler = { $0.body = ["foo": "bar", "list": [1, 2]] }
    ) async throws -> String {
        let app = Application()
        app.use(middleware)
        app.use(handler)
        return try await app.test.get(target).text
    }

    private static let pretty = "{\n  \"foo\": \"bar\",\n  \"list\": [\n    1,\n    2\n  ]\n}"
    private static let plain = #"{"foo":"bar","list":[1,2]}"#

    @Test("indents by two by default")
    func standard() async throws {
        #expect(try await text() == Self.pretty)
        #expect(try await text(prettyJSON(), "/", { $0.body = .json([1]) }) == "[\n  1\n]")
    }

    @Test("keeps type and right length")
    func type() async throws {
        let app = Application()
        app.use(prettyJSON())
        app.use { ctx in
            ctx.type = "application/vnd.api+json"
            ctx.body = ["a": 1]
        }
        let response = try await app.test.get("/")
        #expect(response.get("Content-Type")?.hasPrefix("application/vnd.api+json") == true)
        #expect(response.get("Content-Length") == "\(response.text.utf8.count)")
    }

    @Test("does nothing if told so")
    func off() async throws {
        #expect(try await text(prettyJSON(always: false)) == Self.plain)
    }

    @Test("takes other spaces, within bounds", arguments: [(4, 4), (0, 1), (99, 10), (-3, 1)])
    func spaces(asked: Int, spaces: Int) async throws {
        let indented = try await text(prettyJSON(spaces: asked), "/", { $0.body = ["a": 1] })
        #expect(indented == "{\n\(String(repeating: " ", count: spaces))\"a\": 1\n}")
    }

    @Test("is asked for by a parameter, which has no default")
    func parameter() async throws {
        let asking = prettyJSON(always: false, parameter: "pretty")
        #expect(try await text(asking) == Self.plain)
        #expect(try await text(asking, "/?pretty") == Self.pretty)
        #expect(try await text(asking, "/?pretty=0") == Self.pretty)
        #expect(try await text(prettyJSON(always: false), "/?pretty") == Self.plain)
    }

    @Test("leaves texts, bytes and streams alone")
    func others() async throws {
        #expect(try await text(prettyJSON(), "/", { $0.body = "{\"a\":1}" }) == "{\"a\":1}")
        #expect(try await text(prettyJSON(), "/", { $0.body = .bytes(Array("{}".utf8)) }) == "{}")
        #expect(try await text(prettyJSON(), "/", { $0.body = .stream { try await $0.write("{}") } }) == "{}")
        #expect(try await text(prettyJSON(), "/", { _ in }) == "Not Found")
    }
}
