import Testing

@testable import Koa

@Suite("ctx.writable")
struct ResponseWritableTests {
    @Test("is true until the response is finished")
    func untilFinished() async {
        let answer = await answer { ctx in
            #expect(ctx.writable)
            ctx.flushHeaders()
            #expect(ctx.writable)
            try await ctx.res.end("x")
            #expect(!ctx.writable)
            #expect(!ctx.response.writable)
            #expect(ctx.res.writableEnded)
        }
        #expect(answer.text == "x")
    }
}
