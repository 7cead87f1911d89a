import KoaMiddleware
import KoaTesting
import Testing

private let html: Headers = ["Accept": "text/html"]
private let json: Headers = ["Accept": "application/json"]

@Suite("Error pages of the application's own")
struct ErrorPagesCustomTests {
    private let errors = Recording<String>()

    private func app(_ pages: ErrorPages, env: String = "production") -> Application {
        let app = Application(env: env)
        app.onError { [errors] error, _ in errors.add("\(error)") }
        app.use(pages)
        app.use { ctx in
            switch ctx.path {
            case "/secret": throw Secret()
            case "/teapot": try ctx.throw(418, "short and stout", headers: ["X-Pot": "1"])
            default: break
            }
        }
        return app
    }

    @Test("stand for a status, in HTML alone")
    func status() async throws {
        let app = app(
            errorPages(pages: [404: { ctx, report in ctx.body = .text("<h1>Nothing here: \(report.message)</h1>") }]))
        let response = try await app.test.get("/", headers: html)
        #expect(response.status == 404)
        #expect(response.type == "text/html")
        #expect(response.text == "<h1>Nothing here: Not Found</h1>")
        #expect(try await app.test.get("/", headers: json).text == #"{"error":"Not Found"}"#)
        #expect(try await app.test.get("/teapot", headers: html).text.contains("418 I&#39;m a Teapot"))
    }

    @Test("stand for a format, and know the error")
    func format() async throws {
        let app = app(
            errorPages(renderers: [
                .json: { ctx, report in
                    let error = report.error as? HTTPError
                    ctx.body = ["code": report.status.code, "message": report.message, "name": error?.name ?? "-"]
                }
            ]))
        #expect(
            try await app.test.get("/teapot", headers: json).text
                == #"{"code":418,"message":"short and stout","name":"ImATeapotError"}"#)
        #expect(
            try await app.test.get("/secret", headers: json).text
                == #"{"code":500,"message":"Internal Server Error","name":"-"}"#)
        #expect(try await app.test.get("/", headers: json).text == #"{"code":404,"message":"Not Found","name":"-"}"#)
        #expect(try await app.test.get("/", headers: html).type == "text/html")
    }

    @Test("may redirect, and change the status")
    func redirect() async throws {
        let app = app(errorPages(renderers: [.html: { ctx, _ in ctx.redirect("/error.html") }]))
        let response = try await app.test.get("/secret", headers: html)
        #expect(response.status == 302)
        #expect(response.get("Location") == "/error.html")
        #expect(try await app.test.get("/secret", headers: json).status == 500)
    }

    @Test("are followed by the built-in one when they throw, which is told, or set nothing")
    func failing() async throws {
        let app = app(
            errorPages(pages: [
                418: { ctx, _ in
                    ctx.set("X-Half", "1")
                    ctx.type = "png"
                    ctx.body = "half a page"
                    throw Boom()
                },
                404: { _, _ in },
            ]))
        let response = try await app.test.get("/teapot", headers: html)
        #expect(response.status == 418)
        #expect(response.type == "text/html")
        #expect(response.get("X-Half") == nil)
        #expect(response.get("X-Pot") == "1", "the error's own")
        #expect(response.text.contains("short and stout"))
        #expect(errors.values == ["ImATeapotError (418): short and stout", "boom"])
        #expect(try await app.test.get("/", headers: html).text.contains("404 Not Found"))
    }

    @Test("don't hide the details of a bug, but show what isn't one as users will see it")
    func details() async throws {
        let page: ErrorPage = { ctx, report in ctx.body = .text("<p>ours \(report.status.code)</p>") }
        let app = app(errorPages(showsDetails: true, pages: [404: page, 500: page]))
        #expect(try await app.test.get("/secret", headers: html).text.contains("hunter2"))
        #expect(try await app.test.get("/", headers: html).text == "<p>ours 404</p>")
    }
}
