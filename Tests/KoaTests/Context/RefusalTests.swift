import KoaTesting
import Testing

@testable import Koa

@Suite("Values that a plain setter refuses")
struct RefusalTests {
    struct Refused: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var set: @Sendable (Context) -> Void

        init(_ name: String, _ set: @escaping @Sendable (Context) -> Void) {
            testDescription = name
            self.set = set
        }
    }

    static let values: [Refused] = [
        Refused("a header with a line break") { $0.set("X-Bad", "a\r\nb") },
        Refused("a header past U+00FF") { $0.set("X-Bad", "☃") },
        Refused("a header name") { $0.set("X Bad", "1") },
        Refused("one of several headers") { $0.set(["X-Good": "1", "X-Bad": "a\nb"]) },
        Refused("one of a header's values") { $0.set("X-Bad", ["1", "a\nb"]) },
        Refused("an appended value") { $0.append("X-Bad", "a\u{0}b") },
        Refused("a status too low") { $0.status = 99 },
        Refused("a status too high") { $0.status = 1000 },
        Refused("a status below zero") { $0.status = Status(.min) },
        Refused("a reason phrase") { $0.message = "a\r\nb" },
        Refused("a type") { $0.type = "text/plain\r\nX-Bad: 1" },
        Refused("a redirect") { $0.redirect("javascript:alert(1)") },
        Refused("vary") { $0.vary("a b") },
        Refused("an ETag") { $0.etag = "a\nb" },
        Refused("a cookie's name") { $0.cookies["a;b"] = "1" },
        Refused("a cookie's value") { $0.cookies["a"] = "1\n2" },
    ]

    @Test("the middleware throws when it returns, and nothing of it is sent", arguments: values)
    func thrownAtReturn(_ value: Refused) async throws {
        let app = Application()
        let errors = Recording<String>()
        app.onError { error, _ in errors.add("\(error)") }
        app.use { ctx in
            ctx.body = "fine"
            value.set(ctx)
        }
        let response = try await app.test.get("/")
        #expect(response.status == 500)
        #expect(response.text == "Internal Server Error")
        #expect(Set(response.headers.fields.map(\.name)) == ["Content-Type", "Content-Length"])
        #expect(errors.values.count == 1)
    }

    @Test("the middleware throws when it calls next, which doesn't run", arguments: values)
    func thrownAtNext(_ value: Refused) async throws {
        let app = Application(silent: true)
        let calls = Recording<String>()
        app.use { ctx, next in
            value.set(ctx)
            try await next()
            calls.add("after next")
        }
        app.use { _ in calls.add("downstream") }
        #expect(try await app.test.get("/").status == 500)
        #expect(calls.values.isEmpty)
    }

    @Test("it can be caught upstream, where setters work again", arguments: values)
    func caughtUpstream(_ value: Refused) async throws {
        let app = Application()
        app.use { ctx, next in
            do { try await next() } catch {
                ctx.set("X-Caught", "1")
                ctx.cookies["c"] = "2"
                ctx.status = .badGateway
                ctx.body = "caught"
            }
        }
        app.use { ctx in value.set(ctx) }
        let response = try await app.test.get("/")
        #expect(response.status == 502)
        #expect(response.text == "caught")
        #expect(response.get("X-Caught") == "1")
        #expect(response.get("Set-Cookie")?.hasPrefix("c=2;") == true)
    }

    static func refusals(_ handler: @escaping Handler) async throws -> [String] {
        let app = Application()
        let errors = Recording<String>()
        app.onError { error, _ in errors.add("\(error)") }
        app.use(handler)
        _ = try await app.test.get("/")
        return errors.values
    }

    @Test("the first refusal is the one that is thrown")
    func first() async throws {
        let errors = try await Self.refusals { ctx in
            ctx.status = 1001
            ctx.set("X-Second", "a\nb")
            ctx.status = 1002
        }
        #expect(errors.count == 1)
        #expect(errors.first?.contains("1001") == true)
    }

    @Test("header and cookie writes after a refusal do nothing until it is thrown")
    func laterWrites() async throws {
        let app = Application()
        app.use { ctx, next in
            ctx.set("X-Removed", "1")
            do { try await next() } catch { ctx.body = "caught" }
        }
        app.use { ctx in
            ctx.set("X-Before", "1")
            ctx.set("X-Bad", "a\nb")
            ctx.set("X-After", "1")
            ctx.append("X-Before", "2")
            ctx.remove("X-Removed")
            ctx.vary("Accept")
            ctx.cookies["a"] = "1"
            #expect(ctx.response.get("X-After") == nil)
        }
        let response = try await app.test.get("/")
        #expect(response.get("X-Before") == "1")
        #expect(response.get("X-Removed") == "1")
        #expect(response.get("X-After") == nil)
        #expect(response.get("Vary") == nil)
        #expect(response.get("Set-Cookie") == nil)
        #expect(response.text == "caught")
    }

    @Test("a refusal after next() is thrown at the return, and caught further up")
    func afterNext() async throws {
        let app = Application()
        app.use { ctx, next in
            do { try await next() } catch let error as KoaError { ctx.body = .text(error.code.description) }
        }
        app.use { ctx, next in
            try await next()
            ctx.set("X-Bad", "a\nb")
        }
        app.use { ctx in ctx.body = "fine" }
        #expect(try await app.test.get("/").text == "invalidHeader")
    }

    @Test("caught at next(), the middleware may set better and go on")
    func goOn() async throws {
        let app = Application()
        app.use { ctx, next in
            ctx.set("X-Name", "a\nb")
            do { try await next() } catch {
                ctx.set("X-Name", "ab")
                try await next()
            }
        }
        app.use { ctx in ctx.body = "downstream" }
        let response = try await app.test.get("/")
        #expect(response.text == "downstream")
        #expect(response.get("X-Name") == "ab")
    }

    @Test("a middleware that throws something else after a refusal throws the refusal: it came first")
    func beforeAnotherError() async throws {
        let app = Application()
        app.use { ctx, next in
            do { try await next() } catch let error as KoaError {
                ctx.set("X-Caught", error.code.description)
                ctx.body = "caught"
            }
        }
        app.use { ctx in
            ctx.set("X-Bad", "a\nb")
            throw Boom()
        }
        let response = try await app.test.get("/")
        #expect(response.status == 200)
        #expect(response.text == "caught")
        #expect(response.get("X-Caught") == "invalidHeader")
    }

    @Test("inside a composed list it is thrown by the middleware that set it")
    func composed() async throws {
        let app = Application()
        app.use(
            compose([
                { ctx, next in
                    do { try await next() } catch { ctx.body = "caught inside" }
                },
                { ctx, _ in ctx.status = 5 },
            ]))
        #expect(try await app.test.get("/").text == "caught inside")
    }

    @Test("the throwing twins throw at once, and leave nothing behind")
    func twins() async throws {
        let app = Application()
        app.use { ctx in
            let response = ctx.response
            #expect(throws: KoaError.self) { try ctx.setHeader("X-Bad", "a\nb") }
            #expect(throws: KoaError.self) { try response.setHeader("X-Bad", ["1", "a\nb"]) }
            #expect(throws: KoaError.self) { try response.setHeaders(["X-Good": "1", "X Bad": "2"]) }
            #expect(throws: KoaError.self) { try response.appendHeader("X-Bad", ["\u{7F}"]) }
            #expect(throws: KoaError.self) { try response.setStatus(1000) }
            #expect(throws: KoaError.self) { try response.setMessage("a\nb") }
            #expect(throws: KoaError.self) { try response.setRedirect("data:text/html,x") }
            #expect(throws: KoaError.self) { try response.setBack("javascript:x") }
            #expect(throws: (any Error).self) { try response.setVary(["a b"]) }
            #expect(throws: CookieError.self) { try ctx.cookies.setCookie("a;b", "1") }
            ctx.set("X-After", "1")
            ctx.body = "fine"
        }
        let response = try await app.test.get("/")
        #expect(response.status == 200)
        #expect(response.text == "fine")
        #expect(Set(response.headers.fields.map(\.name)) == ["Content-Type", "Content-Length", "X-After"])
    }

    @Test("each request has its own")
    func perRequest() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            if ctx.path == "/bad" { ctx.status = 0 } else { ctx.body = "fine" }
        }
        #expect(try await app.test.get("/bad").status == 500)
        #expect(try await app.test.get("/").text == "fine")
    }

    @Test("the error says what was wrong, and what to do")
    func messages() async throws {
        let status = try await Self.refusals { $0.status = 1000 }
        #expect(status.first?.contains("invalid status code: 1000") == true)
        let value = try await Self.refusals { $0.set("X-Name", "☃") }
        #expect(value.first?.contains("X-Name") == true)
        #expect(value.first?.contains("percent-encode") == true)
        let name = try await Self.refusals { $0.set("X Name", "1") }
        #expect(name.first?.contains("\"X Name\"") == true)
    }
}
