import KoaBody
import KoaTesting
import NIOConcurrencyHelpers
import Testing

@Suite("The problem document")
struct ProblemTests {
    private func response(_ error: any Error) async throws -> TestResponse {
        let app = Application(silent: true)
        app.use { ctx in
            ctx.set("X-Before", "1")
            throw error
        }
        return try await app.test.get("/")
    }

    private let error = ValidationError(failures: [
        .init(path: "a\"b", message: "is <bad>"), .init(path: "", message: "ö"),
    ])

    @Test("lists each failure with its path, as JSON")
    func document() async throws {
        let response = try await response(error)
        #expect(response.status == 422)
        #expect(response.get("Content-Type") == "application/problem+json")
        #expect(
            try response.json == [
                "type": "about:blank", "title": "Unprocessable Entity", "status": 422,
                "errors": [["path": "a\"b", "detail": "is <bad>"], ["path": "", "detail": "ö"]],
            ])
        #expect(response.get("Content-Length") == "\(response.bytes.count)")
        #expect(response.get("X-Before") == nil)
    }

    @Test("has its length, and no body, where HEAD asks")
    func head() async throws {
        let app = Application(silent: true)
        app.use { [error] _ in throw error }
        let response = try await app.test.head("/")
        #expect(response.bytes.isEmpty)
        #expect(response.get("Content-Type") == "application/problem+json")
    }

    @Test("is what an error listener sees as an error with a status")
    func listener() async throws {
        let app = Application(silent: true)
        app.use { [error] _ in throw error }
        let seen = NIOLockedValueBox<Status?>(nil)
        app.onError { error, _ in seen.withLockedValue { $0 = (error as? any ErrorStatus)?.status } }
        #expect(try await app.test.get("/").status == 422)
        #expect(seen.withLockedValue { $0 } == 422)
    }

    @Test("isn't what other errors of bodies are sent as")
    func others() async throws {
        let app = decoding(JSON.self)
        let response = try await app.test.post("/", headers: ["Content-Type": "image/png"], body: "x")
        #expect(response.type == "text/plain")
    }

    @Test("has errors that describe themselves for logs")
    func descriptions() async throws {
        #expect("\(error)" == "a\"b is <bad>; ö")
        let app = Application(silent: true)
        app.use { ctx in
            do {
                _ = try await ctx.decode([Int].self)
            } catch {
                ctx.body = .text("\(error)")
            }
        }
        let text = try await app.test.post("/", headers: jsonType, body: "[1,\"x\"]").text
        #expect(text.hasPrefix("invalidValue: [1]: Expected"))
        let multipart = try await app.test.post("/", headers: Made.headers, body: "x").text
        #expect(multipart == "MALFORMED: Malformed multipart body: it ends before its last boundary")
    }
}
