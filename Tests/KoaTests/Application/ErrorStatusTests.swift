import Testing

@testable import Koa

private struct OutOfStock: ErrorStatus {
    var status: Status { .conflict }
    var message: String { "That is sold out." }
}

private struct Bare: ErrorStatus {
    var status: Status
}

@Suite("ErrorStatus")
struct ErrorStatusTests {
    @Test("what a type leaves out comes from its status", arguments: [400, 404, 500, 503])
    func defaults(_ code: Int) {
        let error = Bare(status: Status(code))
        #expect(error.message == Status(code).reasonPhrase)
        #expect(error.expose == (code < 500))
        #expect(error.headers.isEmpty)
    }

    @Test("what a type says counts")
    func own() {
        let error: any ErrorStatus = OutOfStock()
        #expect(error.status == 409)
        #expect(error.message == "That is sold out.")
        #expect(error.expose)
    }

    static let framework: [(KoaError.Code, Int, Bool)] = [
        (.bodyTooLarge, 413, true), (.malformedBody, 400, true), (.unreadableFile, 404, false),
        (.nextCalledTwice, 500, false), (.invalidStatus, 500, false), (.invalidHeader, 500, false),
        (.unsafeRedirect, 500, false), (.bodyAlreadyRead, 500, false), (.disconnected, 500, false),
        (.responseFinished, 500, false), (.lengthMismatch, 500, false), (.startFailed, 500, false),
    ]

    @Test("the framework's own errors are the client's only for a bad body", arguments: framework)
    func koaErrors(code: KoaError.Code, status: Int, expose: Bool) {
        let error = KoaError(code, "what happened")
        #expect(error.status.code == status)
        #expect(error.expose == expose)
        #expect(error.description == "what happened")
    }

    @Test("an error's description has its cause")
    func cause() {
        #expect(KoaError(.startFailed, "Can't listen", cause: Boom()).description == "Can't listen (boom)")
    }
}
