import Testing

@testable import Koa

@Suite("ctx.require")
struct ContextRequireTests {
    @Test("gives the value, unwrapped")
    func value() throws {
        let ctx = Context.sample()
        let number: Int = try ctx.require(Int("5"), 400)
        #expect(number == 5)
        #expect(try ctx.require(Bool?.some(false), 400) == false)
    }

    @Test("throws when there is none, with status, message and headers")
    func missing() throws {
        let error = try #require(throws: HTTPError.self) {
            _ = try Context.sample().require(Int("x"), 401, "login", headers: ["WWW-Authenticate": "Basic"])
        }
        #expect(error.status == 401)
        #expect(error.message == "login")
        #expect(error.headers == ["WWW-Authenticate": "Basic"])
    }

    @Test("is a 500 by default")
    func byDefault() throws {
        let error = try #require(throws: HTTPError.self) { _ = try Context.sample().require(Int("x")) }
        #expect(error.status == 500)
        #expect(error.message == "Internal Server Error")
    }
}
