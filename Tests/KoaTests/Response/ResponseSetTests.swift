import HTTPTypes
import Testing

@testable import Koa

@Suite("ctx.set(name, value)")
struct ResponseSetTests {
    @Test("sets a field, replacing its values")
    func sets() {
        let ctx = madeContext()
        ctx.set("x-foo", "bar")
        #expect(ctx.response.get("x-foo") == "bar")
        ctx.set("X-Foo", "baz")
        #expect(ctx.response.headers.all("x-foo") == ["baz"])
    }

    @Test("takes numbers, lists and swift-http-types' names")
    func otherValues() {
        let ctx = madeContext()
        ctx.set("X-Int", 5)
        ctx.set("X-Wide", UInt64.max)
        ctx.set("X-List", ["foo", "bar"])
        ctx.set(HTTPField.Name.server, "koa")
        #expect(ctx.response.get("x-int") == "5")
        #expect(ctx.response.get("x-wide") == "18446744073709551615")
        #expect(ctx.response.headers.all("x-list") == ["foo", "bar"])
        #expect(ctx.response.get("Server") == "koa")
        ctx.set("X-List", [])
        #expect(!ctx.has("X-List"))
    }

    @Test("takes several fields at once")
    func several() {
        let ctx = madeContext()
        ctx.set("foo", "0")
        ctx.set(["foo": "1", "bar": "2", "Set-Cookie": "a=1", "set-cookie": "b=2"])
        #expect(ctx.response.get("foo") == "1")
        #expect(ctx.response.get("bar") == "2")
        #expect(ctx.response.headers.all("Set-Cookie") == ["a=1", "b=2"])
    }

    @Test("does nothing for an empty name")
    func emptyName() async {
        let answer = await answer { ctx in
            ctx.set("", "x")
            ctx.body = "x"
        }
        #expect(answer.status == 200)
        #expect(answer.headers.fields.allSatisfy { !$0.name.isEmpty })
    }
}

@Suite("Setters, given what can't be sent")
struct RefusingSetterTests {
    private static let values = [
        "a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\u{0}b", "\u{7F}", "\u{1B}", "Ā", "日本", "😓", "\u{2028}",
    ]
    private static let names = ["a b", "a:", "a\r\nb", "é", "(a)", "a\u{0}", "日本"]

    @Test("throws at once from the throwing form", arguments: values)
    func throwingValue(value: String) {
        let ctx = madeContext()
        #expect(koaErrorCode { try ctx.setHeader("X-A", value) } == .invalidHeader)
        #expect(koaErrorCode { try ctx.response.setHeader("X-A", ["ok", value]) } == .invalidHeader)
        #expect(koaErrorCode { try ctx.response.setHeaders(["X-B": "ok", "X-A": value]) } == .invalidHeader)
        #expect(koaErrorCode { try ctx.response.appendHeader("X-A", [value]) } == .invalidHeader)
        #expect(koaErrorCode { try ctx.response.setMessage(value) } == .invalidHeader)
        #expect(ctx.response.headers.isEmpty)
        #expect(ctx.message == "Not Found")
        ctx.set("X-After", "1")
        #expect(ctx.has("X-After"))
    }

    @Test("refuses names that are no token", arguments: names)
    func throwingName(name: String) {
        let ctx = madeContext()
        #expect(koaErrorCode { try ctx.setHeader(name, "x") } == .invalidHeader)
        #expect(koaErrorCode { try ctx.response.setHeaders(Headers([(name, "x")])) } == .invalidHeader)
        #expect(koaErrorCode { try ctx.response.appendHeader(name, ["x"]) } == .invalidHeader)
        #expect(ctx.response.headers.isEmpty)
    }

    @Test("takes every character that a header can carry")
    func takesLatin1() throws {
        let ctx = madeContext()
        var value = "\t"
        for byte in UInt8(0x20)...0xFF where byte != 0x7F { value.unicodeScalars.append(Unicode.Scalar(byte)) }
        try ctx.setHeader("X-A", value)
        #expect(ctx.response.get("X-A") == value)
    }

    @Test("is a 500 of that request from the plain form, and nothing of it is sent", arguments: values)
    func plainValue(value: String) async {
        let setters: [Handler] = [
            { ctx in ctx.set("X-A", value) },
            { ctx in ctx.set("X-A", ["ok", value]) },
            { ctx in ctx.set(["X-B": "ok", "X-A": value]) },
            { ctx in ctx.append("X-A", value) },
            { ctx in ctx.message = value },
            { ctx in ctx.type = "text/" + value },
        ]
        for setter in setters {
            let answer = await answer { ctx in
                ctx.set("X-Before", "1")
                try await setter(ctx)
                ctx.set("X-After", "1")
                ctx.body = "unreached by the client"
            }
            #expect(answer.status == 500)
            #expect(answer.text == "Internal Server Error")
            #expect(answer.headers.fields.map(\.name) == ["Content-Type", "Content-Length"])
            #expect(answer.errors.count == 1)
        }
    }

    @Test("keeps the first refusal, and writes no header and no cookie until it is thrown")
    func first() {
        let ctx = madeContext()
        ctx.set("X-A", "a\r\nb")
        ctx.set("b c", "x")
        ctx.set("X-After", "1")
        ctx.append("X-After", "1")
        ctx.vary("Accept")
        ctx.cookies.set("a", "b")
        #expect(ctx.response.headers.isEmpty)
        #expect(koaErrorCode { try ctx.throwRefusal() } == .invalidHeader)
        ctx.set("X-After", "1")
        #expect(ctx.has("X-After"))
        #expect(koaErrorCode { try ctx.throwRefusal() } == nil)
    }

    @Test("is thrown to the middleware that set it when it calls next, and can be caught")
    func thrownAtNext() async {
        let app = Application(silent: true)
        app.use { ctx, next in
            ctx.set("X-A", "a\r\nb")
            do {
                try await next()
            } catch let error as KoaError where error.code == .invalidHeader {
                ctx.set("X-Caught", "1")
                ctx.body = "caught"
            }
        }
        let answer = await answer(app: app) { ctx in ctx.body = "unreached" }
        #expect(answer.text == "caught")
        #expect(answer.headers["X-Caught"] == "1")
    }

    @Test("is thrown to the middleware upstream when the one that set it returns")
    func thrownUpstream() async {
        let app = Application(silent: true)
        app.use { ctx, next in
            do { try await next() } catch { ctx.body = "caught" }
        }
        let answer = await answer(app: app) { ctx in
            ctx.status = 1000
            ctx.body = "unreached"
        }
        #expect(answer.status == 200)
        #expect(answer.text == "caught")
    }
}
