import Testing

@testable import Koa

@Suite("ctx.length")
struct ResponseLengthTests {
    @Test(
        "is Content-Length as a number when that is set, 0 for what is no number",
        arguments: [("120", 120), ("hi there", 0), ("", 0), ("12x", 12), (" 7", 7), ("99999999999999999999", 0)]
    )
    func field(value: String, length: Int) {
        let ctx = madeContext()
        ctx.set("Content-Length", value)
        #expect(ctx.length == length)
    }

    @Test("is that of the body when Content-Length isn't set")
    func ofTheBody() {
        let bodies: [(Body, Int?)] = [
            ("foo", 3), ("é😓", 6), (.bytes([1, 2, 3, 4]), 4), (["hello": "world"], 17), ([1, 2], 5), (.json(true), 4),
            (.stream { _ in }, nil), (.file("/etc/passwd"), nil), (.text(""), nil),
        ]
        for (body, length) in bodies {
            let ctx = madeContext()
            ctx.body = body
            ctx.remove("Content-Length")
            #expect(ctx.length == length, "\(body.debugDescription)")
        }
    }

    @Test("is nil without a body")
    func withoutBody() {
        let ctx = madeContext()
        #expect(ctx.length == nil)
        ctx.body = "x"
        ctx.body = nil
        #expect(ctx.length == nil)
    }

    @Test("is 4 when the type is JSON and the body nil, which is sent as null")
    func jsonNull() {
        let ctx = madeContext()
        ctx.type = "json"
        ctx.body = nil
        #expect(ctx.length == 4)
    }

    @Test("sets Content-Length, nil removes it")
    func sets() {
        let ctx = madeContext()
        ctx.length = 10
        #expect(ctx.response.get("Content-Length") == "10")
        ctx.response.length = nil
        #expect(!ctx.has("Content-Length"))
    }

    @Test("sets Content-Length only when Transfer-Encoding isn't set")
    func transferEncoding() {
        let ctx = madeContext()
        ctx.set("Transfer-Encoding", "chunked")
        ctx.body = "abc"
        ctx.length = 3
        #expect(!ctx.has("Content-Length"))
    }

    @Test(
        "that is wrong doesn't mislead the client: a whole body is sent with its own",
        arguments: [-1, 0, 2, 100, Int.max])
    func wrong(length: Int) async {
        let answer = await answer { ctx in
            ctx.body = "hello"
            ctx.length = length
        }
        #expect(answer.text == "hello")
        #expect(answer.length == "5")
    }
}
