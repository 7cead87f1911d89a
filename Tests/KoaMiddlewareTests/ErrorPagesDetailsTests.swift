import KoaMiddleware
import KoaTesting
import Testing

private let html: Headers = ["Accept": "text/html"]

/// An error with a place, as a template's.
private struct Located: Error, LocatedError {
    var file = #filePath
    var line = 1
    var location: ErrorLocation? { ErrorLocation(file: file, line: line) }
}

@Suite("Error pages in development")
struct ErrorPagesDetailsTests {
    private func app(
        env: String = "development",
        _ pages: ErrorPages = errorPages(),
        middleware: @escaping Middleware
    ) -> Application {
        let app = Application(env: env, silent: true)
        app.use(pages)
        app.use(middleware)
        return app
    }

    @Test("show the error's type and text, escaped")
    func message() async throws {
        struct Bad: Error, CustomStringConvertible { var description: String { "<script>alert(1)</script>" } }
        let response = try await app { _, _ in throw Bad() }.test.get("/", headers: html)
        #expect(response.status == 500)
        #expect(response.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!response.text.contains("<script>"))
        #expect(response.text.contains("Bad"))
        #expect(response.get("Cache-Control") == "no-store")
    }

    @Test("show where an HTTP error was made, and the lines around it")
    func source() async throws {
        let line = #line + 1
        let response = try await app { ctx, _ in try ctx.throw("a <bug>") }.test.get("/", headers: html)
        #expect(response.text.contains("\(#filePath):\(line)"))
        #expect(response.text.contains("<b><i>\(line)</i> "))
        #expect(response.text.contains("try ctx.throw(&quot;a &lt;bug&gt;&quot;)"))
        #expect(response.text.contains("<i>\(line - 5)</i>"))
        #expect(!response.text.contains("<i>\(line - 6)</i>"))
    }

    #if DEBUG
        @Test("name the middleware that set something invalid, not the one around it")
        func refusing() async throws {
            let app = Application(env: "development", silent: true)
            app.use(errorPages())
            app.use { _, next in try await next() }
            let line = #line + 1
            app.use { ctx in ctx.set("X-Bad", "a\r\nb") }
            let response = try await app.test.get("/", headers: html)
            #expect(response.status == 500)
            #expect(response.text.contains("ErrorPagesDetailsTests.swift:\(line)</code>"))
        }
    #endif

    @Test("show the lines of a source whatever ends them", arguments: ["\n", "\r\n"])
    func lineBreaks(lineBreak: String) async throws {
        let tree = try FileTree(["a.swift": (1...20).map { "line \($0);" }.joined(separator: lineBreak)])
        let file = tree.path("a.swift")
        let response = try await app { _, _ in throw Located(file: file, line: 9) }.test.get("/", headers: html)
        #expect(response.text.contains("<b><i>9</i> line 9;"))
        #expect(response.text.contains("<i>4</i> line 4;"))
        #expect(response.text.contains("<i>14</i> line 14;"))
        #expect(!response.text.contains("line 15;"))
        #expect(!response.text.contains("\r"))
    }

    @Test(
        "know the place of each way to throw",
        arguments: [
            { ctx, _ in try ctx.throw(500) }, { ctx, _ in try ctx.throw("x") }, { ctx, _ in try ctx.throw(Boom()) },
            { ctx, _ in try ctx.throw(500, Boom()) }, { _, _ in throw HTTPError() },
            { ctx, _ in _ = try ctx.require(ctx.query["a"], 400) }, { ctx, _ in try ctx.assert(false, 400) },
            { ctx, _ in try ctx.assert.ok(false) }, { ctx, _ in try ctx.assert.equal(1, 2) },
            { ctx, _ in try ctx.assert.notEqual(1, 1) }, { ctx, _ in try ctx.assert.fail() },
        ] as [Middleware])
    func places(middleware: @escaping Middleware) async throws {
        let response = try await app(middleware: middleware).test.get("/", headers: html)
        #expect(response.text.contains("\(#filePath):"), "\(response)")
    }

    @Test("show the place of the innermost cause")
    func causes() async throws {
        let app = app { ctx, _ in
            throw HTTPError(502, "the shop is down", cause: HTTPError(503, "its stock", cause: Located(line: 3)))
        }
        let page = try await app.test.get("/", headers: html).text
        #expect(page.contains("the shop is down"))
        #expect(page.contains("<li>Koa.HTTPError: ServiceUnavailableError (503): its stock"))
        #expect(page.contains("ErrorPagesDetailsTests.swift:3<"))
        #expect(page.contains("<b><i>3</i> import Testing</b>"))
    }

    @Test("do without lines that can't be read", arguments: ["/nowhere/a.swift", "/", "/dev/null"])
    func unreadable(file: String) async throws {
        let app = app { _, _ in throw Located(file: file, line: 7) }
        let page = try await app.test.get("/", headers: html).text
        #expect(page.contains("\(file):7"))
        #expect(!page.contains("<pre>"))
    }

    @Test("do without a line that a file hasn't", arguments: [0, -1, Int.min, Int.max, 100_000])
    func noLine(line: Int) async throws {
        let app = app { _, _ in throw Located(line: line) }
        #expect(try await !app.test.get("/", headers: html).text.contains("<pre>"))
    }

    @Test("show the request, without what lets one in")
    func request() async throws {
        let headers: Headers = [
            "Accept": "text/html", "X-Note": "<i>", "Cookie": "sid=hunter2", "authorization": "Basic hunter2",
        ]
        let page = try await app { _, _ in throw Boom() }.test.get("/a?b=<c>&d", headers: headers).text
        #expect(page.contains("GET /a?b=&lt;c&gt;&amp;d"))
        #expect(page.contains("<th>X-Note</th><td>&lt;i&gt;</td>"))
        #expect(page.contains("<th>Cookie</th><td>(hidden)</td>"))
        #expect(!page.contains("hunter2"))
    }

    @Test("have the details in the other forms too")
    func forms() async throws {
        let app = app { _, _ in throw HTTPError(500, "a bug", cause: Boom()) }
        let json = try await app.test.get("/", headers: ["Accept": "application/json"]).json
        #expect(json["error"] == "InternalServerError (500): a bug (boom)")
        #expect(json["status"] == 500)
        #expect(json["details"]?["type"] == "Koa.HTTPError")
        #expect(json["details"]?["causes"]?[0]?.string?.hasSuffix("Boom: boom") == true)
        #expect(json["details"]?["location"]?.string?.contains("ErrorPagesDetailsTests.swift:") == true)
        let problem = try await app.test.get("/", headers: ["Accept": "application/problem+json"]).json
        #expect(problem["title"] == "Internal Server Error")
        #expect(problem["detail"] == nil)
        #expect(problem["details"]?["message"] == "InternalServerError (500): a bug (boom)")
        let text = try await app.test.get("/", headers: ["Accept": "text/plain"]).text
        #expect(text.hasPrefix("Internal Server Error\n\nKoa.HTTPError: InternalServerError (500): a bug (boom)"))
        #expect(text.contains("\ncaused by "))
        #expect(text.contains("\n    at \(#filePath):"))
    }

    @Test("are shown where details were asked for, and not where they weren't", arguments: [true, false])
    func choice(shows: Bool) async throws {
        for env in ["production", "development", "test"] {
            let app = app(env: env, errorPages(showsDetails: shows)) { _, _ in throw Secret() }
            #expect(try await app.test.get("/", headers: html).text.contains("hunter2") == shows)
        }
    }

    @Test("are shown in development alone", arguments: ["production", "test", "staging", "Development"])
    func environment(env: String) async throws {
        let app = app(env: env) { _, _ in throw Secret() }
        #expect(try await !app.test.get("/", headers: html).text.contains("hunter2"))
    }

    #if DEBUG
        @Test("name the innermost middleware that threw")
        func middleware() async throws {
            let app = Application(env: "development", silent: true)
            app.use(errorPages(), fileID: "App/pages.swift", line: 1)
            app.use({ _, next in try? await next() }, { _, next in try await next() }, fileID: "App/a.swift", line: 2)
            app.use({ ctx, next in if ctx.path == "/inner" { throw Boom() } }, fileID: "App/b.swift", line: 3)
            #expect(try await !app.test.get("/inner", headers: html).text.contains("App/b.swift"), "it was caught")

            let failing = Application(env: "development", silent: true)
            failing.use(errorPages(), fileID: "App/pages.swift", line: 1)
            failing.use({ _, next in try await next() }, fileID: "App/a.swift", line: 2)
            failing.use({ _, _ in throw Boom() }, fileID: "App/b.swift", line: 3)
            let page = try await failing.test.get("/", headers: html).text
            #expect(page.contains("<code>App/b.swift:3</code>"))
            #expect(!page.contains("App/a.swift"))
        }
    #endif
}
