import FoundationEssentials
import HTTPTypes
import Testing

@testable import Koa

@Suite("ctx.fresh")
struct RequestFreshTests {
    private func fresh(_ method: HTTPRequest.Method, _ status: Status, tag: String, sent: String = "123") -> Bool {
        let ctx = madeContext(method, headers: ["If-None-Match": sent])
        ctx.status = status
        ctx.set("ETag", tag)
        return ctx.fresh
    }

    @Test("is false for other methods than GET and HEAD", arguments: [HTTPRequest.Method.post, .put, .delete, .patch])
    func otherMethods(method: HTTPRequest.Method) {
        #expect(!fresh(method, 200, tag: "123"))
    }

    @Test("is false unless the response is a 2xx or a 304", arguments: [404, 302, 500, 199, 300] as [Status])
    func otherStatuses(status: Status) {
        #expect(!fresh(.get, status, tag: "123"))
    }

    @Test("is true for a 2xx or a 304 when the ETag matches", arguments: [200, 201, 299, 304] as [Status])
    func matching(status: Status) {
        #expect(fresh(.get, status, tag: "123"))
        #expect(fresh(.head, status, tag: "123"))
    }

    @Test("is false when the ETag doesn't match")
    func notMatching() {
        #expect(!fresh(.get, 200, tag: "hey"))
        #expect(!fresh(.get, 200, tag: "\"1234\"", sent: "\"123\", \"12345\""))
    }

    @Test("compares weakly, and reads If-Modified-Since and Cache-Control")
    func otherFields() {
        #expect(fresh(.get, 200, tag: "W/\"a\"", sent: "\"b\", \"a\""))
        let date = "Sat, 01 Jan 2000 00:00:00 GMT"
        let ctx = madeContext(headers: ["If-Modified-Since": date])
        ctx.status = .ok
        #expect(!ctx.fresh)
        ctx.lastModified = Date(timeIntervalSince1970: 946_684_800)
        #expect(ctx.fresh)
        ctx.lastModified = Date(timeIntervalSince1970: 946_684_801)
        #expect(!ctx.fresh)

        let reload = madeContext(headers: ["If-None-Match": "*", "Cache-Control": "no-cache"])
        reload.status = .ok
        #expect(!reload.fresh)
    }

    @Test("is false for a request without conditions, and before a status is set")
    func withoutConditions() {
        let ctx = madeContext()
        ctx.status = .ok
        ctx.etag = "a"
        #expect(!ctx.fresh)
        let unanswered = madeContext(headers: ["If-None-Match": "*"])
        #expect(!unanswered.fresh)
    }
}

@Suite("ctx.stale")
struct RequestStaleTests {
    @Test("is the opposite of ctx.fresh", arguments: [("\"123\"", false), ("\"other\"", true)])
    func isTheOpposite(tag: String, isStale: Bool) {
        let ctx = madeContext(headers: ["If-None-Match": "\"123\""])
        ctx.status = .ok
        ctx.etag = tag
        #expect(ctx.stale == isStale)
        #expect(ctx.fresh == !isStale)
        #expect(ctx.request.stale == isStale)
    }
}
