import Testing

@testable import Koa

@Suite("HTTPError")
struct HTTPErrorTests {
    static let known: [(Int, String, String)] = [
        (400, "BadRequestError", "Bad Request"),
        (401, "UnauthorizedError", "Unauthorized"),
        (404, "NotFoundError", "Not Found"),
        (413, "PayloadTooLargeError", "Payload Too Large"),
        (414, "URITooLongError", "URI Too Long"),
        (418, "ImATeapotError", "I'm a Teapot"),
        (425, "TooEarlyError", "Too Early"),
        (500, "InternalServerError", "Internal Server Error"),
        (503, "ServiceUnavailableError", "Service Unavailable"),
        (505, "HTTPVersionNotSupportedError", "HTTP Version Not Supported"),
    ]

    @Test("has the status, its phrase as message, and the name that goes with it", arguments: known)
    func names(code: Int, name: String, message: String) {
        let error = HTTPError(Status(code))
        #expect(error.status.code == code)
        #expect(error.name == name)
        #expect(error.message == message)
        #expect(error.headers.isEmpty)
        #expect(error.cause == nil)
        #expect(error.description == "\(name) (\(code)): \(message)")
    }

    @Test("is a 500 by default, which isn't exposed")
    func byDefault() {
        let error = HTTPError()
        #expect(error.status == 500)
        #expect(error.message == "Internal Server Error")
        #expect(!error.expose)
    }

    @Test("a known code below 400 is kept; its name is Error", arguments: [(300, "Multiple Choices"), (200, "OK")])
    func belowErrors(code: Int, message: String) {
        let error = HTTPError(Status(code))
        #expect(error.status.code == code)
        #expect(error.message == message)
        #expect(error.name == "Error")
        #expect(error.expose)
    }

    @Test("an unknown 4xx is a bad request with that code", arguments: [419, 430, 499])
    func unknownClientError(_ code: Int) {
        let error = HTTPError(Status(code))
        #expect(error.status.code == code)
        #expect(error.message == "Bad Request")
        #expect(error.name == "BadRequestError")
        #expect(error.expose)
    }

    @Test("an unknown 5xx is a server error with that code", arguments: [512, 555, 599])
    func unknownServerError(_ code: Int) {
        let error = HTTPError(Status(code))
        #expect(error.status.code == code)
        #expect(error.message == "Internal Server Error")
        #expect(error.name == "InternalServerError")
        #expect(!error.expose)
    }

    @Test(
        "any other code becomes 500, and isn't exposed",
        arguments: [-1, 0, 99, 104, 299, 306, 399, 600, 999, 1000, .max])
    func impossible(_ code: Int) {
        let error = HTTPError(Status(code), "a message")
        #expect(error.status == 500)
        #expect(error.message == "a message")
        #expect(!error.expose)
    }

    @Test("is exposed below 500, unless it says otherwise", arguments: [400, 404, 451, 500, 503])
    func expose(_ code: Int) {
        #expect(HTTPError(Status(code)).expose == (code < 500))
        #expect(HTTPError(Status(code), expose: true).expose)
        #expect(!HTTPError(Status(code), expose: false).expose)
    }

    @Test("keeps message, headers and cause")
    func properties() {
        let error = HTTPError(429, "slow down", headers: ["Retry-After": "5"], cause: Boom())
        #expect(error.message == "slow down")
        #expect(error.headers == ["Retry-After": "5"])
        #expect(error.cause as? Boom == Boom())
        #expect(error.description == "TooManyRequestsError (429): slow down (boom)")
    }

    @Test("an empty message is kept, and isn't the phrase")
    func emptyMessage() {
        #expect(HTTPError(400, "").message == "")
    }

    @Test("is told from other errors by its type")
    func type() {
        let errors: [any Error] = [HTTPError(404), Boom(), CancellationError()]
        #expect(errors.map { $0 is HTTPError } == [true, false, false])
        #expect(errors.map { $0 is any ErrorStatus } == [true, false, false])
    }
}
