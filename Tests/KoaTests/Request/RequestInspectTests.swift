import Testing

@testable import Koa

@Suite("request.toJSON() and its description")
struct RequestInspectTests {
    @Test("are the method, the URL and the headers")
    func json() {
        let ctx = madeContext(.get, "example.com", headers: ["Host": "x", "X-A": "1", "x-a": "2"])
        let expected: JSON = ["method": "GET", "url": "example.com", "header": ["host": "x", "x-a": ["1", "2"]]]
        #expect(ctx.request.toJSON() == expected)
        #expect(ctx.request.debugDescription == expected.description)
    }
}
