import Testing

@testable import Koa

@Suite("ctx.assert")
struct ContextAssertTests {
    static func thrown(_ body: (Assertions) throws -> Void) throws -> HTTPError {
        try #require(throws: HTTPError.self) { try body(Context.sample().assert) }
    }

    @Test("throws when the condition is false, with the status and the message")
    func fails() throws {
        let error = try Self.thrown { try $0(false, 404, "custom message") }
        #expect(error.status == 404)
        #expect(error.message == "custom message")
        #expect(error.expose)
    }

    @Test("doesn't throw when the condition is true, nor make the message")
    func holds() throws {
        func never() -> String? {
            Issue.record("the message was made")
            return nil
        }
        let ctx = Context.sample()
        try ctx.assert(true, 400, never())
        try ctx.assert.ok(true, 400, never())
        try ctx.assert.equal(1, 1, 400, never())
        try ctx.assert.notEqual(1, 2, 400, never())
        _ = try ctx.require(1, 400, never())
    }

    @Test("takes headers and expose")
    func properties() throws {
        let error = try Self.thrown {
            try $0(false, 401, "who?", headers: ["WWW-Authenticate": "Basic"], expose: false)
        }
        #expect(error.headers == ["WWW-Authenticate": "Basic"])
        #expect(!error.expose)
    }

    @Test("a 5xx isn't exposed")
    func serverError() throws {
        #expect(try !Self.thrown { try $0(false, 500, "secret") }.expose)
    }

    @Test("the status is 500 by default, the message its phrase")
    func byDefault() throws {
        for error in [
            try Self.thrown { try $0(false) }, try Self.thrown { try $0.ok(false) },
            try Self.thrown { try $0.equal(1, 2) }, try Self.thrown { try $0.notEqual(1, 1) },
            try Self.thrown { try $0.fail() },
        ] {
            #expect(error.status == 500)
            #expect(error.message == "Internal Server Error")
            #expect(!error.expose)
        }
    }

    @Test("ok throws when the condition is false")
    func ok() throws {
        let error = try Self.thrown { try $0.ok(false, 403, "no", headers: ["X-A": "1"]) }
        #expect(error.status == 403)
        #expect(error.message == "no")
        #expect(error.headers == ["X-A": "1"])
    }

    @Test("equal throws when the values differ, deeply")
    func equal() throws {
        #expect(try Self.thrown { try $0.equal("a", "b", 401, "fail") }.status == 401)
        #expect(try Self.thrown { try $0.equal(["a": [1]], ["a": [2]], 401, "fail") }.message == "fail")
        #expect(try Self.thrown { try $0.equal(nil, "b", 401) }.status == 401)
        try Context.sample().assert.equal(["a": [1, 2]], ["a": [1, 2]], 401)
    }

    @Test("notEqual throws when the values are equal, deeply")
    func notEqual() throws {
        #expect(try Self.thrown { try $0.notEqual("a", "a", 401, "fail") }.status == 401)
        #expect(try Self.thrown { try $0.notEqual([[1]], [[1]], 401, "fail") }.message == "fail")
        try Context.sample().assert.notEqual([[1]], [[2]], 401)
    }

    @Test("fail always throws")
    func fail() throws {
        let error = try Self.thrown { try $0.fail(501, "later", headers: ["X-A": "1"]) }
        #expect(error.status == 501)
        #expect(error.message == "later")
        #expect(error.headers == ["X-A": "1"])
    }
}
