import Testing

@testable import Koa

private struct Teapot: ErrorStatus {
    var status: Status { .imATeapot }
    var message: String { "short and stout" }
    var headers: Headers { ["X-Handle": "here"] }
    var expose: Bool { false }
}

@Suite("ctx.throw")
struct ContextThrowTests {
    static func thrown(_ body: (Context) throws -> Void) throws -> HTTPError {
        try #require(throws: HTTPError.self) { try body(.sample()) }
    }

    @Test("a message alone is a 500 that isn't exposed")
    func message() throws {
        let error = try Self.thrown { try $0.throw("boom") }
        #expect(error.status == 500)
        #expect(error.message == "boom")
        #expect(!error.expose)
    }

    @Test("an error alone is a 500, with the error's text as message and the error as cause")
    func error() throws {
        let error = try Self.thrown { try $0.throw(Boom(description: "test")) }
        #expect(error.status == 500)
        #expect(error.message == "test")
        #expect(!error.expose)
        #expect(error.cause as? Boom == Boom(description: "test"))
    }

    @Test("a status and an error: the error's text, exposed below 500", arguments: [422, 500])
    func statusAndError(_ code: Int) throws {
        let error = try Self.thrown { try $0.throw(Status(code), Boom(description: "test")) }
        #expect(error.status.code == code)
        #expect(error.message == "test")
        #expect(error.expose == (code < 500))
    }

    @Test("a status and a message")
    func statusAndMessage() throws {
        let error = try Self.thrown { try $0.throw(400, "name required") }
        #expect(error.status == 400)
        #expect(error.message == "name required")
        #expect(error.expose)
        #expect(error.cause == nil)
    }

    @Test("a status alone has its phrase as message", arguments: [400, 401, 404, 500, 503])
    func status(_ code: Int) throws {
        let error = try Self.thrown { try $0.throw(Status(code)) }
        #expect(error.status.code == code)
        #expect(error.message == Status(code).reasonPhrase)
        #expect(error.expose == (code < 500))
    }

    @Test("a status that can't be becomes 500, and isn't exposed", arguments: [-1, 0, 99, 600, 1000])
    func invalidStatus(_ code: Int) throws {
        let error = try Self.thrown { try $0.throw(Status(code), "some error") }
        #expect(error.status == 500)
        #expect(error.message == "some error")
        #expect(!error.expose)
    }

    @Test("headers and expose go with a status and a message")
    func properties() throws {
        let error = try Self.thrown {
            try $0.throw(400, "msg", headers: ["WWW-Authenticate": "Basic"], expose: false)
        }
        #expect(error.status == 400)
        #expect(error.message == "msg")
        #expect(error.headers == ["WWW-Authenticate": "Basic"])
        #expect(!error.expose)
    }

    @Test("headers and expose go with a message alone")
    func messageAndProperties() throws {
        let error = try Self.thrown { try $0.throw("msg", headers: ["X-A": "1"], expose: true) }
        #expect(error.status == 500)
        #expect(error.message == "msg")
        #expect(error.headers == ["X-A": "1"])
        #expect(error.expose)
    }

    @Test("headers and expose go with a status alone")
    func statusAndProperties() throws {
        let error = try Self.thrown { try $0.throw(503, headers: ["Retry-After": "5"], expose: true) }
        #expect(error.status == 503)
        #expect(error.message == "Service Unavailable")
        #expect(error.headers == ["Retry-After": "5"])
        #expect(error.expose)
    }

    @Test("headers and expose go with an error")
    func errorAndProperties() throws {
        let error = try Self.thrown { try $0.throw(Boom(), headers: ["X-A": "1"], expose: true) }
        #expect(error.status == 500)
        #expect(error.message == "boom")
        #expect(error.headers == ["X-A": "1"])
        #expect(error.expose)
    }

    @Test("an error that has a status keeps it, with its message, headers and expose")
    func ownStatus() throws {
        let error = try Self.thrown { try $0.throw(Teapot()) }
        #expect(error.status == .imATeapot)
        #expect(error.message == "short and stout")
        #expect(error.headers == ["X-Handle": "here"])
        #expect(!error.expose)
        #expect(error.cause is Teapot)
    }

    @Test("headers that are given replace the error's; another status decides anew what is exposed")
    func overrides() throws {
        let headers = try Self.thrown { try $0.throw(Teapot(), headers: ["X-B": "2"]) }
        #expect(headers.headers == ["X-B": "2"])
        let status = try Self.thrown { try $0.throw(409, Teapot()) }
        #expect(status.status == 409)
        #expect(status.expose)
        #expect(status.headers == ["X-Handle": "here"])
        let shown = try Self.thrown { try $0.throw(HTTPError(500, "shown", expose: true)) }
        #expect(shown.expose)
        #expect(try Self.thrown { try $0.throw(HTTPError(500, "shown", expose: true), expose: false) }.expose == false)
    }

    @Test("an error with a status that can't be becomes 500")
    func errorWithInvalidStatus() throws {
        struct Odd: ErrorStatus { var status: Status { 1000 } }
        let error = try Self.thrown { try $0.throw(Odd()) }
        #expect(error.status == 500)
        #expect(!error.expose)
    }
}
