import KoaTesting
import Testing

@testable import Koa

private struct Described: ErrorStatus {
    var status: Status
    var headers: Headers = [:]
}

@Suite("ctx.onError")
struct ContextOnErrorTests {
    static func get(
        _ errors: Recording<String> = Recording(), _ handler: @escaping Handler
    ) async throws -> TestResponse {
        let app = Application()
        app.onError { error, _ in errors.add((error as? KoaError)?.code.description ?? "\(error)") }
        app.use(handler)
        return try await app.test.get("/")
    }

    @Test("answers with the error")
    func responds() async throws {
        let response = try await Self.get { ctx in
            ctx.body = "foo"
            try ctx.throw(418, "boom")
        }
        #expect(response.status == 418)
        #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
        #expect(response.get("Content-Length") == "4")
        #expect(response.text == "boom")
    }

    @Test("can be called by hand, and answers then")
    func byHand() async throws {
        let errors = Recording<String>()
        let response = try await Self.get(errors) { ctx in
            ctx.set("X-Before", "1")
            ctx.onError(HTTPError(418, "boom"))
            #expect(ctx.headerSent)
        }
        #expect(response.status == 418)
        #expect(response.text == "boom")
        #expect(response.get("X-Before") == nil)
        #expect(errors.values == ["ImATeapotError (418): boom"])
    }

    @Test("removes all headers that were set before")
    func clearsHeaders() async throws {
        let response = try await Self.get { ctx in
            ctx.set("Vary", "Accept-Encoding")
            ctx.set("X-CSRF-Token", "asdf")
            ctx.cookies["a"] = "1"
            ctx.etag = "e"
            ctx.body = "response"
            try ctx.throw(418, "boom")
        }
        #expect(response.status == 418)
        #expect(Set(response.headers.fields.map(\.name)) == ["Content-Type", "Content-Length"])
    }

    @Test("sets the headers of the error, several of one name too")
    func errorHeaders() async throws {
        let response = try await Self.get { ctx in
            ctx.set("Vary", "Accept-Encoding")
            var headers: Headers = ["X-New-Header": "Value", "Retry-After": "5"]
            headers.append("Link", "</a>")
            headers.append("Link", "</b>")
            try ctx.throw(418, "boom", headers: headers)
        }
        #expect(response.get("X-New-Header") == "Value")
        #expect(response.get("Retry-After") == "5")
        #expect(response.headers.all("Link") == ["</a>", "</b>"])
        #expect(response.get("Vary") == nil)
    }

    @Test("an error's Content-Type and Content-Length give way to those of the message")
    func errorFraming() async throws {
        let headers: Headers = ["Content-Type": "application/json", "Content-Length": "999"]
        let response = try await Self.get { try $0.throw(400, "boom", headers: headers) }
        #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
        #expect(response.get("Content-Length") == "4")
        #expect(response.text == "boom")
    }

    static let invalid: [Headers] = [
        ["X-Bad": "a\r\nSet-Cookie: b=1"], ["X-Bad": "a\nb"], ["X-Bad": "a\u{0}b"], ["X-Bad": "☃"],
        ["X Bad": "1"], ["": "1"], ["X-Bad:": "1"],
    ]

    @Test("an invalid header of the error is told and not sent; the error is answered", arguments: invalid)
    func invalidHeaders(_ headers: Headers) async throws {
        let errors = Recording<String>()
        let response = try await Self.get(errors) { ctx in
            var all: Headers = ["X-Good": "1"]
            for field in headers.fields { all.append(field.name, field.value) }
            try ctx.throw(409, "boom", headers: all)
        }
        #expect(response.status == 409)
        #expect(response.text == "boom")
        #expect(Set(response.headers.fields.map(\.name)) == ["Content-Type", "Content-Length"])
        #expect(errors.values == ["ConflictError (409): boom", "invalidHeader"])
    }

    @Test("after the head was sent the error is told, and the response broken off")
    func afterHead() async throws {
        let errors = Recording<String>()
        let response = try await Self.get(errors) { ctx in
            ctx.status = .ok
            ctx.set("X-Foo", "Bar")
            ctx.flushHeaders()
            throw Boom(description: "mock error")
        }
        #expect(response.status == 200)
        #expect(response.get("X-Foo") == "Bar")
        #expect(response.isBroken)
        #expect(errors.values == ["mock error"])
    }

    @Test("after the response was finished the error is told, and the response stays")
    func afterEnd() async throws {
        let errors = Recording<String>()
        let response = try await Self.get(errors) { ctx in
            try await ctx.res.end("whole")
            throw Boom()
        }
        #expect(response.text == "whole")
        #expect(!response.isBroken)
        #expect(errors.values == ["boom"])
    }

    @Test("a status that the table doesn't know becomes 500", arguments: [-1, 0, 99, 306, 499, 599, 700, 999, 1000])
    func unknownStatus(_ code: Int) async throws {
        let response = try await Self.get { _ in throw Described(status: Status(code)) }
        #expect(response.status == 500)
        #expect(response.reason == "Internal Server Error")
        #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
    }

    @Test("a known status below 400 is taken as it is", arguments: [200, 302])
    func belowErrors(_ code: Int) async throws {
        let response = try await Self.get { _ in throw Described(status: Status(code)) }
        #expect(response.status.code == code)
        #expect(response.text == Status(code).reasonPhrase)
    }

    @Test("a cancelled task is a 503")
    func cancelled() async throws {
        let errors = Recording<String>()
        let response = try await Self.get(errors) { _ in throw CancellationError() }
        #expect(response.status == 503)
        #expect(response.text == "Service Unavailable")
        #expect(errors.values.count == 1)
    }

    static let departures: [any Error] = [CancellationError(), KoaError(.disconnected, "gone")]

    @Test("of a client that went away nothing is told", arguments: departures.indices)
    func disconnected(_ index: Int) {
        let app = Application()
        let errors = Recording<String>()
        app.onError { error, _ in errors.add("\(error)") }
        let transport = StubTransport()
        transport.isConnected = false
        let ctx = Context.sample(app, .sample(), transport)
        ctx.onError(Self.departures[index])
        #expect(errors.values.isEmpty)
        #expect(transport.heads.isEmpty)
        #expect(ctx.isDisconnected)
    }

    @Test("another error is told though the client went away")
    func errorWhileDisconnected() {
        let app = Application()
        let errors = Recording<String>()
        app.onError { error, _ in errors.add("\(error)") }
        let transport = StubTransport()
        transport.isConnected = false
        Context.sample(app, .sample(), transport).onError(Boom())
        #expect(errors.values == ["boom"])
    }

    @Test("a message set before doesn't reach the error's reason phrase")
    func message() async throws {
        let response = try await Self.get { ctx in
            ctx.status = .ok
            ctx.message = "all fine"
            throw Boom()
        }
        #expect(response.reason == "Internal Server Error")
    }
}
