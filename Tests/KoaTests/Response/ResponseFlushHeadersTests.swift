import Testing

@testable import Koa

@Suite("ctx.flushHeaders()")
struct ResponseFlushHeadersTests {
    @Test("sends the head, with what was set")
    func sendsTheHead() async {
        let answer = await answer { ctx in
            #expect(!ctx.headerSent)
            ctx.status = 401
            ctx.set("Content-Type", "text/plain")
            ctx.flushHeaders()
            #expect(ctx.headerSent)
            #expect(ctx.response.headerSent)
            #expect(ctx.res.headersSent)
            ctx.flushHeaders()
        }
        #expect(answer.status == 401)
        #expect(answer.headers == ["Content-Type": "text/plain"])
        #expect(answer.text == "")
        #expect(!answer.isBroken)
    }

    @Test("lets a body follow that was set before or is set afterwards", arguments: [true, false])
    func body(isBefore: Bool) async {
        let bodies: [(@Sendable () -> Body, String)] = [
            ({ "Body" }, "Body"), ({ .bytes([0x42]) }, "B"), ({ ["a": 1] }, #"{"a":1}"#), ({ .json([1]) }, "[1]"),
            ({ .stream { try await $0.write("chunk") } }, "chunk"),
        ]
        for (make, text) in bodies {
            let answer = await answer { ctx in
                ctx.status = 200
                ctx.type = "text"
                if isBefore { ctx.body = make() }
                ctx.remove("Content-Length")
                ctx.flushHeaders()
                if !isBefore { ctx.body = make() }
            }
            #expect(answer.status == 200)
            #expect(answer.text == text)
            #expect(answer.length == nil)
            #expect(!answer.isBroken)
        }
    }

    @Test("makes later changes of status and headers have no effect")
    func later() async {
        let answer = await answer { ctx in
            ctx.status = 401
            ctx.set("Content-Type", "text/plain")
            ctx.flushHeaders()
            ctx.status = 200
            ctx.message = "no"
            ctx.set("X-Foo", "foo")
            ctx.set(["X-Foo": "foo"])
            ctx.append("X-Bar", ["bar", "baz"])
            ctx.remove("Content-Type")
            ctx.vary("Content-Type")
            ctx.etag = "asdf"
            ctx.type = "image/png"
            ctx.length = 3
            ctx.redirect("http://google.com")
            ctx.cookies.set("a", "b")
            ctx.body = "Body"
        }
        #expect(answer.status == 401)
        #expect(answer.reason == "Unauthorized")
        #expect(answer.headers == ["Content-Type": "text/plain"])
        #expect(answer.text == "Body")
        #expect(answer.errors.isEmpty)
    }

    @Test("before the data comes tells the client the head early")
    func early() async {
        let answer = await answer { ctx in
            ctx.type = "json"
            ctx.status = 200
            ctx.set("Link", "</css/mycss.css>; as=style; rel=preload")
            ctx.body = .stream { writer in try await writer.write(#"{"a":1}"#) }
            ctx.flushHeaders()
        }
        #expect(answer.text == #"{"a":1}"#)
        #expect(answer.headers["Link"] == "</css/mycss.css>; as=style; rel=preload")
        #expect(answer.type == "application/json; charset=utf-8")
    }

    @Test("makes an error of what follows break the connection, and tells the application", arguments: [true, false])
    func failure(isStream: Bool) async {
        let answer = await answer { ctx in
            ctx.status = 200
            ctx.body = .stream { _ in try ctx.throw(500, "broken") }
            ctx.flushHeaders()
            if !isStream { try ctx.throw(500, "broken") }
        }
        #expect(answer.status == 200)
        #expect(answer.isBroken)
        #expect(answer.errors == ["InternalServerError (500): broken"])
    }

    @Test("with a length holds the body to it", arguments: [(5, false), (4, true), (6, true)])
    func length(length: Int, isBroken: Bool) async {
        let answer = await answer { ctx in
            ctx.status = 200
            ctx.length = length
            ctx.flushHeaders()
            ctx.body = "hello"
        }
        #expect(answer.isBroken == isBroken)
        #expect(answer.length == "\(length)")
    }

    @Test("sends no body on HEAD and for a status without one")
    func withoutBody() async {
        for (method, status) in [(HTTPRequest.Method.head, Status.ok), (.get, .noContent)] {
            let answer = await answer(method) { ctx in
                ctx.status = status
                ctx.flushHeaders()
                ctx.body = "x"
            }
            #expect(answer.text == "")
            #expect(!answer.isBroken)
        }
    }
}
