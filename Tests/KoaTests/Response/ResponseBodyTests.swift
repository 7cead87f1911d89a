import NIOCore
import Testing

@testable import Koa

@Suite("ctx.body of text and bytes")
struct ResponseBodyTests {
    private func of(_ body: Body?, type: String? = nil) -> Context {
        let ctx = madeContext()
        if let type { ctx.type = type }
        ctx.body = body
        return ctx
    }

    @Test("of text is text/plain with its length in bytes")
    func text() {
        let ctx = of("Tobi é")
        #expect(ctx.response.get("Content-Type") == "text/plain; charset=utf-8")
        #expect(ctx.response.get("Content-Length") == "7")
        #expect(ctx.status == 200)
        #expect(ctx.body?.text == "Tobi é")
    }

    @Test(
        "is text/html when its first visible character is <",
        arguments: [
            "<h1>Tobi</h1>", "<", "    <h1>Tobi</h1>", "\n\r\t\u{B}\u{C} <p>", "\u{A0}\u{FEFF}\u{2028}\u{3000}<p>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<俄语>данные</俄语>",
        ]
    )
    func html(text: String) {
        let ctx = of(.text(text))
        #expect(ctx.response.get("Content-Type") == "text/html; charset=utf-8")
        #expect(ctx.length == text.utf8.count)
    }

    @Test(
        "is text/plain when < comes later",
        arguments: ["aklsdjf < klajsdlfjasd", "a<b>", "\u{0}<p>", "\u{85}<p>", "", " ", "&lt;"])
    func plain(text: String) {
        #expect(of(.text(text)).response.get("Content-Type") == "text/plain; charset=utf-8")
    }

    @Test("of bytes is application/octet-stream with its length")
    func bytes() {
        for body in [Body.bytes([1, 2, 3]), .bytes(ByteBuffer(bytes: [1, 2, 3])), .bytes("abc".utf8)] {
            let ctx = of(body)
            #expect(ctx.response.get("Content-Type") == "application/octet-stream")
            #expect(ctx.response.get("Content-Length") == "3")
        }
    }

    @Test("keeps a type that is set, and overrides the length")
    func keepsTheType() {
        let ctx = of("<em>hey</em>", type: "png")
        #expect(ctx.response.get("Content-Type") == "image/png")
        ctx.type = "html"
        ctx.body = "something"
        #expect(ctx.length == 9)
        #expect(ctx.type == "text/html")
        ctx.body = .bytes([1])
        #expect(ctx.length == 1)
        #expect(ctx.type == "text/html")
    }

    @Test("sends the bytes as they are")
    func sends() async {
        let bytes = [UInt8](0...255)
        let answer = await answer { ctx in ctx.body = .bytes(bytes) }
        #expect(answer.bytes == bytes)
        #expect(answer.length == "256")
        let text = await self.answerText("é\u{0}😓")
        #expect(text.text == "é\u{0}😓")
        #expect(text.length == "7")
    }

    private func answerText(_ text: String) async -> Answer {
        await answer { ctx in ctx.body = .text(text) }
    }

    @Test("on HEAD sends the head of the same response alone")
    func head() async {
        let answer = await answer(.head) { ctx in ctx.body = "<p>hello" }
        #expect(answer.status == 200)
        #expect(answer.type == "text/html; charset=utf-8")
        #expect(answer.length == "8")
        #expect(answer.bytes.isEmpty)
    }

    @Test("can be interpolated")
    func interpolated() async {
        let answer = await answer(.get, "/?name=Tobi") { ctx in ctx.body = "Hello \(ctx.query["name"] ?? "")" }
        #expect(answer.text == "Hello Tobi")
    }
}

@Suite("ctx.body = nil")
struct ResponseNilBodyTests {
    @Test("is a 204 without type and length, whatever was set before", arguments: [200, 201, 404] as [Status])
    func noContent(status: Status) async {
        let answer = await answer { ctx in
            ctx.status = status
            ctx.body = "x"
            ctx.body = nil
        }
        #expect(answer.status == 204)
        #expect(answer.headers.isEmpty)
        #expect(answer.text == "")
    }

    @Test("keeps a status that has no body", arguments: [204, 205, 304] as [Status])
    func keeps(status: Status) async {
        let answer = await answer { ctx in
            ctx.status = status
            ctx.body = nil
        }
        #expect(answer.status == status)
        #expect(answer.type == nil)
    }

    @Test("keeps a status that is set afterwards, with Content-Length 0")
    func laterStatus() async {
        let answer = await answer { ctx in
            ctx.body = nil
            ctx.status = 401
        }
        #expect(answer.status == 401)
        #expect(answer.headers == ["Content-Length": "0"])
        #expect(answer.text == "")
    }

    @Test("is null when the type is JSON, with the status as it is")
    func json() async {
        let answer = await answer { ctx in
            ctx.status = 200
            ctx.type = "json"
            ctx.body = nil
        }
        #expect(answer.status == 200)
        #expect(answer.text == "null")
        #expect(answer.type == "application/json; charset=utf-8")
    }

    @Test("drops a stream that was set: it never runs")
    func dropsAStream() async {
        let ran = Shared(false)
        let answer = await answer { ctx in
            ctx.body = .stream { _ in ran.value = true }
            ctx.body = nil
        }
        #expect(answer.status == 204)
        #expect(!ran.value)
    }

    @Test("isn't the same as no body at all, which is a 404")
    func never() async {
        let answer = await answer { _ in }
        #expect(answer.status == 404)
        #expect(answer.text == "Not Found")
        #expect(answer.type == "text/plain; charset=utf-8")
    }
}
