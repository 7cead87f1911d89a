import KoaTesting
import Testing

@testable import Koa

private struct Custom: ErrorStatus {
    var status: Status
    var message: String
    var expose: Bool
}

@Suite("Responding when an error occurs")
struct RespondErrorTests {
    static func get(
        _ errors: Recording<String> = Recording(), _ handler: @escaping Handler
    ) async throws -> TestResponse {
        let app = Application()
        app.onError { error, _ in errors.add("\(error)") }
        app.use(handler)
        return try await app.test.get("/")
    }

    @Test("the application's listeners are told")
    func emits() async throws {
        let errors = Recording<String>()
        _ = try await Self.get(errors) { ctx in
            ctx.body = "something else"
            throw Boom(description: "boom, with a body")
        }
        #expect(errors.values == ["boom, with a body"])
    }

    @Test("an exposed message is shown, whatever the status", arguments: [403, 500])
    func exposed(_ code: Int) async throws {
        let response = try await Self.get { _ in
            throw Custom(status: Status(code), message: "sorry!", expose: true)
        }
        #expect(response.status.code == code)
        #expect(response.text == "sorry!")
        #expect(response.get("Content-Length") == "6")
        #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
    }

    @Test("a message that isn't exposed is the status's phrase", arguments: [403, 500])
    func hidden(_ code: Int) async throws {
        let response = try await Self.get { _ in
            throw Custom(status: Status(code), message: "secret", expose: false)
        }
        #expect(response.text == Status(code).reasonPhrase)
    }

    @Test("the error's status is the response's", arguments: [400, 403, 404, 409, 500, 503])
    func status(_ code: Int) async throws {
        let response = try await Self.get { ctx in
            ctx.body = "something else"
            throw HTTPError(Status(code))
        }
        #expect(response.status.code == code)
        #expect(response.reason == Status(code).reasonPhrase)
        #expect(response.text == Status(code).reasonPhrase)
    }

    @Test("any other error is a 500 that shows nothing of it")
    func other() async throws {
        let response = try await Self.get { ctx in
            ctx.body = "something else"
            throw Boom(description: "password=hunter2")
        }
        #expect(response.status == 500)
        #expect(response.text == "Internal Server Error")
        #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
    }

    @Test("an error can be caught upstream")
    func catchable() async throws {
        let app = Application()
        let errors = Recording<String>()
        app.onError { error, _ in errors.add("\(error)") }
        app.use { ctx, next in
            do { try await next() } catch { ctx.body = "Got error" }
        }
        app.use { _, _ in throw Boom() }
        let response = try await app.test.get("/")
        #expect(response.status == 200)
        #expect(response.text == "Got error")
        #expect(errors.values.isEmpty)
    }

    @Test("the message is sent as UTF-8, with its length in bytes")
    func unicode() async throws {
        let response = try await Self.get { _ in throw HTTPError(400, "nö ☃") }
        #expect(response.text == "nö ☃")
        #expect(response.get("Content-Length") == "7")
        #expect(response.reason == "Bad Request")
    }

    @Test("a message with line breaks is body text only, and can't reach the head")
    func lineBreaks() async throws {
        let response = try await Self.get { _ in throw HTTPError(400, "a\r\nSet-Cookie: b=1") }
        #expect(response.status == 400)
        #expect(response.text == "a\r\nSet-Cookie: b=1")
        #expect(response.reason == "Bad Request")
        #expect(response.get("Set-Cookie") == nil)
    }

    @Test("the next request isn't touched by an earlier one's error")
    func independent() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            if ctx.path == "/bad" { throw Boom() }
            ctx.body = "fine"
        }
        #expect(try await app.test.get("/bad").status == 500)
        #expect(try await app.test.get("/").text == "fine")
    }
}
