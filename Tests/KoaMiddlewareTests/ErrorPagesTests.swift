import KoaMiddleware
import KoaTesting
import Testing

private let html: Headers = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8"]
private let json: Headers = ["Accept": "application/json"]
private let text: Headers = ["Accept": "text/plain"]

@Suite("Error pages in production")
struct ErrorPagesTests {
    private let errors = Recording<String>()

    private func app(_ pages: ErrorPages = errorPages(), middleware: @escaping Middleware) -> Application {
        let app = Application(env: "production")
        app.onError { [errors] error, _ in errors.add("\(error)") }
        app.use(pages)
        app.use(middleware)
        return app
    }

    @Test("say the status, and nothing else of an error that isn't exposed")
    func hidden() async throws {
        let app = app { _, _ in throw Secret() }
        for headers in [html, json, text, ["Accept": "application/problem+json"], [:]] {
            let response = try await app.test.get("/", headers: headers)
            #expect(response.status == 500)
            #expect(!response.description.contains("hunter2"), "\(response)")
            #expect(!response.text.contains("ErrorPagesTests"))
            #expect(response.text.contains("Internal Server Error"))
        }
    }

    @Test("tell the listeners of each error, once")
    func listeners() async throws {
        _ = try await app { _, _ in throw Boom() }.test.get("/")
        #expect(errors.values == ["boom"])
    }

    @Test("are HTML for browsers, with the status for a title")
    func page() async throws {
        let response = try await app { ctx, _ in try ctx.throw(.forbidden, "Not <yours> & mine") }.test
            .get("/", headers: html)
        #expect(response.status == 403)
        #expect(response.type == "text/html")
        #expect(response.text.contains("<title>403 Forbidden</title>"))
        #expect(response.text.contains("<p>Not &lt;yours&gt; &amp; mine</p>"))
        #expect(!response.text.contains("<yours>"))
        #expect(response.get("Content-Security-Policy") == "default-src 'none'; style-src 'unsafe-inline'")
        #expect(response.get("X-Content-Type-Options") == "nosniff")
        #expect(response.get("Vary") == "Accept")
        #expect(response.get("Content-Length") == "\(response.bytes.count)")
    }

    @Test("are an object with the message for JSON clients")
    func jsonObject() async throws {
        let response = try await app { ctx, _ in try ctx.throw(400, "name is missing") }.test.get("/", headers: json)
        #expect(response.status == 400)
        #expect(response.type == "application/json")
        #expect(response.text == #"{"error":"name is missing"}"#)
    }

    @Test(
        "are the message for clients that want text, or nothing that there is", arguments: ["text/plain", "image/png"])
    func plain(accept: String) async throws {
        let response = try await app { ctx, _ in try ctx.throw(400, "name is missing") }.test
            .get("/", headers: ["Accept": accept])
        #expect(response.type == "text/plain")
        #expect(response.text == "name is missing")
    }

    @Test("are problems by RFC 9457")
    func problem() async throws {
        let app = app(errorPages(formats: [.problem])) { ctx, _ in
            if ctx.path == "/detail" { try ctx.throw(409, "sold out") }
            try ctx.throw(409)
        }
        var response = try await app.test.get("/detail", headers: json)
        #expect(response.type == "application/problem+json")
        #expect(response.text == #"{"type":"about:blank","title":"Conflict","status":409,"detail":"sold out"}"#)
        #expect(response.get("Vary") == nil, "there is nothing to choose from")
        response = try await app.test.get("/")
        #expect(response.text == #"{"type":"about:blank","title":"Conflict","status":409}"#)
    }

    @Test("are problems for JSON clients where JSON isn't offered, JSON where it is")
    func problemForJSON() async throws {
        let handler: Middleware = { ctx, _ in try ctx.throw(409) }
        let problems = app(errorPages(formats: [.html, .problem]), middleware: handler)
        #expect(try await problems.test.get("/", headers: json).type == "application/problem+json")
        #expect(try await problems.test.get("/", headers: html).type == "text/html")
        #expect(try await app(middleware: handler).test.get("/", headers: json).type == "application/json")
    }

    @Test("prefer the first format where the client takes any, and stand in where none was given")
    func preference() async throws {
        let handler: Middleware = { ctx, _ in try ctx.throw(400) }
        #expect(try await app(middleware: handler).test.get("/").type == "text/html")
        #expect(try await app(errorPages(formats: []), middleware: handler).test.get("/").type == "text/plain")
        let pages = app(errorPages(formats: [.json, .html]), middleware: handler)
        #expect(try await pages.test.get("/").type == "application/json")
        #expect(try await pages.test.get("/", headers: ["Accept": "image/png"]).type == "application/json")
    }

    @Test("keep the error's headers, and those that are to be kept, and no others")
    func headers() async throws {
        let app = app { ctx, _ in
            ctx.set("X-Kept", "1")
            ctx.set("X-Lost", "1")
            ctx.response.keepOnError("X-Kept")
            ctx.type = "png"
            try ctx.throw(429, headers: ["Retry-After": "5"])
        }
        let response = try await app.test.get("/", headers: text)
        #expect(response.get("Retry-After") == "5")
        #expect(response.get("X-Kept") == "1")
        #expect(response.get("X-Lost") == nil)
        #expect(response.type == "text/plain")
    }

    @Test("answer the 404 that nobody answered, and tell nobody of it")
    func notFound() async throws {
        let response = try await app { _, next in try await next() }.test.get("/<b>", headers: html)
        #expect(response.status == 404)
        #expect(response.text.contains("<h1>404 Not Found</h1>"))
        #expect(!response.text.contains("<b>"))
        #expect(errors.values.isEmpty)
    }

    @Test("answer an error's status without a body, with its headers and its phrase")
    func bare() async throws {
        let app = app { ctx, _ in
            ctx.set("Allow", "GET")
            ctx.status = 405
            if ctx.path == "/phrase" { ctx.response.message = "No way" }
        }
        var response = try await app.test.get("/", headers: json)
        #expect(response.status == 405)
        #expect(response.get("Allow") == "GET")
        #expect(response.text == #"{"error":"Method Not Allowed"}"#)
        response = try await app.test.get("/phrase", headers: json)
        #expect(response.reason == "No way")
        #expect(response.text == #"{"error":"No way"}"#)
    }

    @Test("leave all other responses alone", arguments: ["/body", "/null", "/empty", "/ok", "/by-hand"])
    func untouched(path: String) async throws {
        @Sendable func answer(_ ctx: Context) async throws {
            switch ctx.path {
            case "/body":
                ctx.status = 404
                ctx.body = "mine"
            case "/null":
                ctx.body = nil
                ctx.status = 404
            case "/empty": ctx.status = 204
            case "/ok": ctx.body = "fine"
            default:
                ctx.respond = false
                ctx.status = 404
                try await ctx.res.end("by hand")
            }
        }
        let bare = Application()
        bare.use { ctx, _ in try await answer(ctx) }
        let response = try await app { ctx, _ in try await answer(ctx) }.test.get(path, headers: html)
        #expect(response.description == (try await bare.test.get(path)).description)
    }

    @Test("make methods that nobody knows 501")
    func unknownMethod() async throws {
        let response = try await app { _, next in try await next() }.test
            .request(#require(.init("BREW")), "/", headers: json)
        #expect(response.status == 501)
        #expect(response.text == #"{"error":"Not Implemented"}"#)
    }

    @Test("answer HEAD without the page, with its length")
    func head() async throws {
        let response = try await app { _, next in try await next() }.test.head("/", headers: html)
        #expect(response.status == 404)
        #expect(response.bytes.isEmpty)
        #expect((response.get("Content-Length").flatMap { Int($0) } ?? 0) > 100)
    }

    @Test("make a status that no error can have 500")
    func badStatus() async throws {
        struct Odd: ErrorStatus { var status: Status { 299 } }
        #expect(try await app { _, _ in throw Odd() }.test.get("/").status == 500)
    }

    @Test("give JSON clients the document that an error has")
    func document() async throws {
        struct Invalid: ErrorDocument {
            var status: Status { 422 }
            var document: (type: String, text: String)? { ("application/problem+json", #"{"errors":["name"]}"#) }
        }
        let app = app { _, _ in throw Invalid() }
        for headers in [json, ["Accept": "application/problem+json"]] {
            let response = try await app.test.get("/", headers: headers)
            #expect(response.status == 422)
            #expect(response.type == "application/problem+json")
            #expect(response.text == #"{"errors":["name"]}"#)
        }
        #expect(try await app.test.get("/", headers: html).type == "text/html")
        #expect(try await app.test.get("/", headers: text).text == "Unprocessable Entity")
    }

    @Test("are seen by what stands above them")
    func above() async throws {
        let app = Application(env: "production", silent: true)
        app.use { ctx, next in
            try await next()
            ctx.set("X-Seen", "\(ctx.status.code) \(ctx.body?.text ?? "-")")
        }
        app.use(errorPages())
        app.use { _, _ in throw Boom() }
        #expect(try await app.test.get("/", headers: text).get("X-Seen") == "500 Internal Server Error")
    }

    @Test("pass an error on that comes after the head")
    func afterHead() async throws {
        let app = app { ctx, _ in
            ctx.body = .stream { writer in
                try await writer.write("begun")
                throw Boom()
            }
        }
        app.use { _, next in try await next() }
        let response = try await app.test.get("/")
        #expect(response.isBroken)
        #expect(response.text == "begun")
        let flushed = self.app { ctx, _ in
            ctx.response.flushHeaders()
            throw Boom()
        }
        #expect(try await flushed.test.get("/").isBroken)
        #expect(errors.values == ["boom", "boom"])
    }
}

/// An error that must not be shown.
struct Secret: Error, CustomStringConvertible {
    var description: String { "password hunter2" }
}
