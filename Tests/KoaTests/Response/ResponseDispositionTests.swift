import Testing

@testable import Koa

@Suite("Content-Disposition on its way out")
struct ResponseDispositionTests {
    private static let replaced = "\u{EF}\u{BF}\u{BD}"

    private func sent(_ value: String, _ body: @escaping @Sendable (Context) -> Void) async -> String? {
        await answer { ctx in
            ctx.set("Content-Disposition", value)
            body(ctx)
        }.headers["Content-Disposition"]
    }

    @Test("is read as UTF-8 beside a text: what isn't goes out as U+FFFD")
    func text() async {
        let name = await answer { ctx in
            ctx.attachment("naïve plan.pdf")
            ctx.body = "data"
        }.headers["Content-Disposition"]
        #expect(name == "attachment; filename=\"na\(Self.replaced)ve plan.pdf\"")
        #expect(await sent("r\u{E9}sum\u{E9}") { $0.body = ["a": 1] } == "r\(Self.replaced)sum\(Self.replaced)")
    }

    @Test(
        "passes ASCII, and bytes that are UTF-8",
        arguments: ["attachment; filename=\"a.txt\"", "inline", "\u{C3}\u{A9}"])
    func valid(value: String) async {
        #expect(await sent(value) { $0.body = "data" } == value)
    }

    @Test("goes as it is beside bytes, a stream, or no body")
    func otherBodies() async {
        let value = "attachment; filename=\"na\u{EF}ve\""
        #expect(await sent(value) { $0.body = .bytes([1, 2]) } == value)
        #expect(await sent(value) { $0.body = .stream { writer in try await writer.write("x") } } == value)
        #expect(await sent(value) { $0.body = "" } == value)
        #expect(await sent(value) { $0.status = 204 } == value)
    }

    @Test("arrives whole beside a text by an ASCII fallback")
    func fallback() async {
        let answer = await answer { ctx in
            ctx.attachment("naïve.pdf", fallback: "naive.pdf")
            ctx.body = "data"
        }
        #expect(
            answer.headers["Content-Disposition"]
                == "attachment; filename=\"naive.pdf\"; filename*=UTF-8''na%C3%AFve.pdf"
        )
    }
}
