import KoaTesting
import Testing

private struct User: Codable, Equatable {
    var firstName: String
    var age: Int
}

@Suite("TestBody")
struct TestBodyTests {
    /// An application that answers with what it got.
    private func echo() -> TestClient {
        let app = Application(silent: true)
        app.use { ctx in
            ctx.set("X-Type", ctx.get("Content-Type"))
            ctx.set("X-Length", ctx.get("Content-Length"))
            ctx.set("X-Coding", ctx.get("Transfer-Encoding"))
            ctx.body = .bytes(try await ctx.request.stream.collect(upTo: 100_000))
        }
        return app.test
    }

    struct Case: Sendable {
        let body: TestBody
        let type: String
        let text: String
    }

    static let cases: [Case] = [
        Case(body: "text: ü", type: "text/plain; charset=utf-8", text: "text: ü"),
        Case(body: .text("<p>"), type: "text/plain; charset=utf-8", text: "<p>"),
        Case(body: .bytes([72, 105]), type: "application/octet-stream", text: "Hi"),
        Case(body: .bytes(ByteBuffer(string: "Ho")), type: "application/octet-stream", text: "Ho"),
        Case(
            body: ["z": 1, "a": "two", "l": [true]], type: "application/json", text: #"{"z":1,"a":"two","l":[true]}"#),
        Case(body: [:], type: "application/json", text: "{}"),
        Case(body: .json([1, 2]), type: "application/json", text: "[1,2]"),
        Case(body: .json(["b": nil, "a": 1.5] as JSON), type: "application/json", text: #"{"b":null,"a":1.5}"#),
        Case(
            body: .form(["name": "Ada L.", "q": "1&2=ü"]), type: "application/x-www-form-urlencoded",
            text: "name=Ada+L.&q=1%262%3D%C3%BC"
        ),
        Case(body: .form([:]), type: "application/x-www-form-urlencoded", text: ""),
    ]

    @Test("has a type and a length of its own", arguments: cases)
    func sends(_ one: Case) async throws {
        let response = try await echo().post("/", body: one.body)
        #expect(response.text == one.text)
        #expect(response.get("X-Type") == one.type)
        #expect(response.get("X-Length") == String(one.text.utf8.count))
        #expect(response.get("X-Coding") == "")
    }

    @Test("the request's own type and length stand")
    func ownHeaders() async throws {
        let response = try await echo().put("/", headers: ["content-type": "image/png"], body: .bytes([1]))
        #expect(response.get("X-Type") == "image/png")
        #expect(response.bytes == [1])
    }

    @Test("a stream is chunked, live and in memory", arguments: [false, true])
    func stream(isLive: Bool) async throws {
        let (pieces, continuation) = AsyncStream.makeStream(of: String.self)
        for piece in ["one ", "", "two"] { continuation.yield(piece) }
        continuation.finish()
        let client = isLive ? try await echo().live() : echo()
        let response = try await client.post("/", body: .stream(pieces))
        #expect(response.text == "one two")
        #expect(response.get("X-Coding") == "chunked")
        #expect(response.get("X-Length") == "")
        #expect(try await client.post("/", body: .stream(["a", "b"])).text == "ab")
        await client.stop()
    }

    @Test("an error of a stream is thrown, and breaks a live request off", .timeLimit(.minutes(10)))
    func streamError() async throws {
        let app = Application(silent: true)
        let (ends, ended) = AsyncStream.makeStream(of: String.self)
        app.use { ctx in
            do { _ = try await ctx.request.stream.collect(upTo: 100) } catch { ended.yield("broken") }
        }
        try await app.test.live { client in
            let pieces = AsyncThrowingStream<String, any Error> { continuation in
                continuation.yield("first")
                continuation.finish(throwing: Interrupted())
            }
            await #expect(throws: Interrupted.self) { try await client.post("/", body: .stream(pieces)) }
            #expect(await ends.first { _ in true } == "broken")
        }
    }

    @Test("a response that comes before the end of a stream ends it", .timeLimit(.minutes(10)))
    func earlyResponse() async throws {
        let app = Application(silent: true)
        app.use { ctx in try ctx.throw(413, "Too much") }
        try await app.test.live { client in
            let (endless, continuation) = AsyncStream.makeStream(of: String.self)
            continuation.yield("first")
            let response = try await client.post("/", body: .stream(endless))
            #expect(response.text == "Too much")
            #expect(try await client.get("/").status == 413)
        }
    }

    @Test("what can't be encoded is thrown")
    func unencodable() async throws {
        struct Stubborn: Encodable, Sendable {
            func encode(to encoder: any Encoder) throws { throw Interrupted() }
        }
        await #expect(throws: (any Error).self) { try await echo().post("/", body: .json(Stubborn())) }
    }

    @Test("JSON goes by the application's coding, there and back")
    func coding() async throws {
        let app = Application()
        app.json.keys = .snakeCase
        app.use { ctx in ctx.body = .bytes(try await ctx.request.stream.collect(upTo: 100)) }
        let user = User(firstName: "Ada", age: 36)
        let response = try await app.test.post("/", body: .json(user))
        #expect(response.text == #"{"first_name":"Ada","age":36}"#)
        #expect(try response.decode(User.self) == user)
    }
}
