import FoundationEssentials
import Testing

@testable import Koa

@Suite("ctx.lastModified")
struct ResponseLastModifiedTests {
    private let date = Date(timeIntervalSince1970: 1_700_000_000)

    @Test("sets the field as an HTTP date, and reads it")
    func roundTrip() {
        let ctx = madeContext()
        ctx.lastModified = date
        #expect(ctx.response.get("Last-Modified") == "Tue, 14 Nov 2023 22:13:20 GMT")
        #expect(ctx.lastModified == date)
        ctx.response.lastModified = Date(timeIntervalSince1970: 1_700_000_000.999)
        #expect(ctx.lastModified == date)
    }

    @Test("reads a date that was set as text")
    func text() {
        let ctx = madeContext()
        ctx.set("Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT")
        #expect(ctx.lastModified == date)
        ctx.set("Last-Modified", "nonsense")
        #expect(ctx.lastModified == nil)
    }

    @Test("is nil when it isn't set, and removed by nil")
    func absent() {
        let ctx = madeContext()
        #expect(ctx.lastModified == nil)
        ctx.lastModified = date
        ctx.lastModified = nil
        #expect(!ctx.has("Last-Modified"))
    }

    @Test(
        "takes any date without a trap",
        arguments: [0, -1, 1e12, -1e12, 1e15, -1e15, 1e300, -1e300, .infinity, -.infinity, .nan] as [Double]
    )
    func extremes(seconds: Double) async {
        let answer = await answer { ctx in
            ctx.lastModified = Date(timeIntervalSince1970: seconds)
            ctx.body = "x"
        }
        #expect(answer.status == 200)
        #expect(answer.headers["Last-Modified"]?.hasSuffix(" GMT") == true)
    }
}
