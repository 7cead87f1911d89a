import Foundation
import KoaTesting
import Testing

@testable import blog

@Suite("the blog", .timeLimit(.minutes(10)))
struct BlogTests {
    private let app: Application
    private let client: TestClient

    /// The package's folder.
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    init() throws {
        self.init(try makeApp(root: "\(Self.root)/Examples/blog", key: "a key of tests", env: "production"))
    }

    private init(_ app: Application) {
        app.silent = true
        self.app = app
        client = app.test.keepingCookies()
    }

    /// The token of the form of a page.
    private func token(_ page: String = "/posts/new") async throws -> String {
        let text = try await client.get(page).text
        let start = try #require(text.firstRange(of: "name=\"_csrf\" value=\"")).upperBound
        return String(text[start...].prefix { $0 != "\"" })
    }

    private func publish(_ title: String, _ text: String) async throws -> TestResponse {
        try await client.post("/posts", body: .form(["_csrf": token(), "title": title, "text": text]))
    }

    @Test("begins with no posts, in its layout and with its style")
    func empty() async throws {
        let response = try await client.get("/")
        #expect(response.status == 200)
        #expect(response.type == "text/html")
        #expect(response.text.contains("<title>A Swift blog</title>"))
        #expect(response.text.contains("There are none yet."))
        #expect(try await client.get("/style.css").type == "text/css")
    }

    @Test("publishes a post, says so once, and shows it escaped")
    func publishes() async throws {
        let response = try await publish("<b>One</b>", "Line 1\nLine 2 & more")
        #expect(response.status == 303)
        #expect(response.get("Location") == "/posts/1")
        let page = try await client.get("/posts/1").text
        #expect(page.contains("<title>&lt;b&gt;One&lt;/b&gt; · A Swift blog</title>"))
        #expect(page.contains("Line 1\nLine 2 &amp; more"))
        #expect(page.contains("Your post is out."))
        #expect(try await !client.get("/posts/1").text.contains("Your post is out."))
        #expect(try await client.get("/").text.contains("<a href=\"/posts/1\">&lt;b&gt;One&lt;/b&gt;</a>"))
    }

    @Test("shows the form again with what is wrong, and what was written")
    func invalid() async throws {
        let response = try await publish("", "\"kept\" </textarea>")
        #expect(response.status == 422)
        #expect(response.type == "text/html")
        #expect(response.text.contains("role=\"alert\">title "))
        #expect(response.text.contains("&quot;kept&quot; &lt;/textarea&gt;</textarea>"))
        #expect(try await client.get("/").text.contains("There are none yet."))
    }

    @Test("removes a post")
    func removes() async throws {
        _ = try await publish("One", "text")
        let response = try await client.post("/posts/1/remove", body: .form(["_csrf": token("/posts/1")]))
        #expect(response.get("Location") == "/")
        #expect(try await client.get("/").text.contains("The post is gone."))
        #expect(try await client.get("/posts/1", headers: ["Accept": "text/html"]).status == 404)
    }

    @Test("takes no form of another site, nor one without a token")
    func forged() async throws {
        let good = try await token()
        let requests: [(String, Headers)] = [
            ("", [:]), ("made-up", [:]), (good, ["Sec-Fetch-Site": "cross-site"]),
            (good, ["Origin": "https://evil.example"]),
        ]
        for (token, headers) in requests {
            let response = try await client.post(
                "/posts", headers: headers, body: .form(["_csrf": token, "title": "x", "text": "y"]))
            #expect(response.status == 403)
        }
        #expect(try await client.get("/").text.contains("There are none yet."))
    }

    @Test(
        "has a page of its own for what isn't there, and JSON for programs",
        arguments: ["/nothing", "/posts/7", "/posts/x"])
    func notFound(path: String) async throws {
        let page = try await client.get(path, headers: ["Accept": "text/html"])
        #expect(page.status == 404)
        #expect(page.text.contains("<h1>Nothing here</h1>"))
        #expect(page.text.contains("There is no page at \(path)"))
        let json = try await client.get(path, headers: ["Accept": "application/json"])
        #expect(json.text == #"{"error":"Not Found"}"#)
    }

    @Test("starts without a warning")
    func order() throws {
        #expect(throws: Never.self) { try app.prepare() }
    }

    @Test("looks as it should in a browser", .enabled(if: Browser.path != nil, "chromium isn't installed"))
    func browser() async throws {
        let browser = try #require(Browser())
        _ = try await publish("Seen by a browser", "<script>document.title = 'broken'</script>")
        try await app.test.live { client in
            let port = try #require(client.server?.port)
            let page = try await browser.page("http://127.0.0.1:\(port)/posts/1")
            #expect(page.contains("<title>Seen by a browser · A Swift blog</title>"))
            #expect(page.contains("&lt;script&gt;document.title"))
            let image = try await browser.screenshot("http://127.0.0.1:\(port)/posts/1")
            #expect(image.starts(with: [0x89, 0x50, 0x4E, 0x47]), "a PNG image")
            #expect(try await image != unstyled(browser), "the style sheet counts")
        }
    }

    /// What the same page looks like without its style sheet.
    private func unstyled(_ browser: Browser) async throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("blog-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(folder)/public", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/views", withDestinationPath: "\(Self.root)/Examples/blog/views")
        let app = try makeApp(root: folder, key: "a key of tests", env: "production")
        let plain = BlogTests(app)
        _ = try await plain.publish("Seen by a browser", "<script>document.title = 'broken'</script>")
        return try await app.test.live { client in
            let port = try #require(client.server?.port)
            return try await browser.screenshot("http://127.0.0.1:\(port)/posts/1")
        }
    }
}
