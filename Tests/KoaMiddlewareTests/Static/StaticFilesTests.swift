import Foundation
import KoaMiddleware
import KoaTesting
import Testing

@Suite("staticFiles")
struct StaticFilesTests {
    private let tree: FileTree

    init() throws { tree = try FileTree() }

    private func app(
        index: String? = "index.html", defer isDeferred: Bool = false, _ options: FileOptions = .init(),
        behind: Middleware? = nil
    ) -> Application {
        let app = Application()
        app.use(staticFiles(tree.root, index: index, defer: isDeferred, options))
        if let behind { app.use(behind) }
        return app
    }

    private let marker: Middleware = { ctx, _ in ctx.body = "ok" }

    @Test(
        "serves a file to GET and HEAD",
        arguments: [
            ("/hello.txt", "world", "text/plain; charset=utf-8"), ("/", "<p>index", "text/html; charset=utf-8"),
            ("/user.json", #"{"name":"tobi"}"#, "application/json; charset=utf-8"),
            ("/world/", "<p>html index", "text/html; charset=utf-8"), ("/plain", "no dot", "application/octet-stream"),
            ("/world", "<p>html index", "text/html; charset=utf-8"), ("/empty", "", "application/octet-stream"),
            ("/sp%20ace.txt", "space", "text/plain; charset=utf-8"),
            ("/%E4%BD%A0%E5%A5%BD.txt", "ni hao", "text/plain; charset=utf-8"),
            ("/100%25.txt", "per cent", "text/plain; charset=utf-8"),
            ("/hello.txt?a=../b", "world", "text/plain; charset=utf-8"),
        ]
    )
    func serves(target: String, content: String, type: String) async throws {
        let response = try await app().test.get(target)
        #expect(response.status == 200)
        #expect(response.text == content)
        #expect(response.get("Content-Type") == type)
        #expect(response.get("Content-Length") == "\(content.utf8.count)")
        #expect(response.get("Last-Modified") == "Fri, 13 Sep 2013 00:00:00 GMT")
        #expect(response.get("Cache-Control") == "max-age=0")
        #expect(response.get("Accept-Ranges") == "bytes")
        let head = try await app().test.head(target)
        #expect(head.status == 200)
        #expect(head.bytes.isEmpty)
        for name in ["Content-Type", "Content-Length", "Last-Modified", "Cache-Control", "ETag", "Accept-Ranges"] {
            #expect(head.get(name) == response.get(name), "\(name)")
        }
    }

    @Test(
        "leaves what isn't there to the middleware behind",
        arguments: [
            "/something", "/some.path", "/world/none.txt", "/hello.txt/", "/hello.txt/x", "/.hidden",
            "/.private/id.txt",
            "/index.htm", "/HELLO.TXT",
        ]
    )
    func missing(target: String) async throws {
        #expect(try await app(behind: marker).test.get(target).text == "ok")
        let response = try await app().test.get(target)
        #expect(response.status == 404)
        #expect(response.text == "Not Found")
        #expect(response.get("Last-Modified") == nil)
        #expect(response.get("Cache-Control") == nil)
    }

    @Test("leaves other methods alone", arguments: ["POST", "PUT", "DELETE", "OPTIONS", "QUERY"])
    func methods(method: String) async throws {
        let method = try #require(HTTPRequest.Method(method))
        for isDeferred in [true, false] {
            let response = try await app(defer: isDeferred).test.request(method, "/hello.txt")
            #expect(response.status == 404)
            #expect(try await app(defer: isDeferred, behind: marker).test.request(method, "/hello.txt").text == "ok")
        }
    }

    @Test("takes another index, or none")
    func index() async throws {
        #expect(try await app(index: "index.txt").test.get("/").text == "text index")
        #expect(try await app(index: "index.txt").test.get("/world/").text == "text of world")
        #expect(try await app(index: nil).test.get("/").status == 404)
        #expect(try await app(index: nil, behind: marker).test.get("/world/").text == "ok")
        #expect(try await app(index: nil).test.get("/world/index.html").text == "<p>html index")
        #expect(try await app(index: "deep/index.html").test.get("/").status == 404)
    }

    @Test("formats a folder's path only if asked")
    func format() async throws {
        #expect(try await app(.init(format: false)).test.get("/world").status == 404)
        #expect(try await app(.init(format: false)).test.get("/world/").status == 200)
        #expect(try await app(.init(format: true)).test.get("/world").status == 200)
        #expect(try await app(.init(format: false)).test.get("/").status == 200)
    }

    @Test("says how long a file is fresh, in whole seconds")
    func maxAge() async throws {
        let whole = try await app(.init(maxAge: .milliseconds(1234))).test.get("/hello.txt")
        #expect(whole.get("Cache-Control") == "max-age=1")
        let forever = try await app(.init(maxAge: .seconds(3600), immutable: true)).test.get("/hello.txt")
        #expect(forever.get("Cache-Control") == "max-age=3600,immutable")
        let negative = try await app(.init(maxAge: .seconds(-1))).test.get("/hello.txt")
        #expect(negative.get("Cache-Control") == "max-age=0")
    }

    @Test("serves hidden files only if asked", arguments: ["/.hidden", "/.private/id.txt"])
    func hidden(target: String) async throws {
        #expect(try await app().test.get(target).status == 404)
        #expect(try await app(.init(hidden: true)).test.get(target).status == 200)
        #expect(try await app(index: ".hidden").test.get("/").status == 404)
        #expect(try await app(index: ".hidden", .init(hidden: true)).test.get("/").text == "a secret")
    }

    @Test("tries extensions behind a name without a dot, in order")
    func extensions() async throws {
        let client = app(index: nil, .init(extensions: ["htm", "html", ".txt"])).test
        #expect(try await client.get("/page").text == "<p>page")
        #expect(try await client.get("/hello").get("Content-Type") == "text/plain; charset=utf-8")
        #expect(try await client.get("/some.path/index").status == 404)
        #expect(try await client.get("/plain").text == "no dot")
        #expect(try await client.get("/page.").status == 404)
        #expect(try await client.get("/page/").status == 404)
        #expect(try await app(.init(extensions: ["json"])).test.get("/some.path/index").type == "application/json")
        #expect(try await app(.init(extensions: [""])).test.get("/page").status == 404)
        try tree.write("before the folder", "world.html")
        let both = app(.init(extensions: ["html"])).test
        #expect(try await both.get("/world").text == "before the folder")
        #expect(try await both.get("/world/").text == "<p>html index")
    }

    @Test("deferred, answers only what those behind leave open")
    func deferred() async throws {
        #expect(try await app(defer: true).test.get("/hello.txt").text == "world")
        #expect(try await app(defer: true).test.get("/nothing").status == 404)
        #expect(try await app(defer: true, behind: marker).test.get("/hello.txt").text == "ok")
        #expect(try await app(defer: true) { ctx, _ in ctx.body = "" }.test.get("/hello.txt").text == "")
        #expect(try await app(defer: true) { ctx, _ in ctx.status = 204 }.test.get("/hello.txt").status == 204)
        #expect(try await app(index: "index.txt", defer: true).test.get("/").text == "text index")
        let passing = app(defer: true) { ctx, next in
            ctx.set("X-Seen", "1")
            try await next()
        }
        let response = try await passing.test.get("/hello.txt")
        #expect(response.text == "world")
        #expect(response.get("X-Seen") == "1")
    }

    @Test("below a mount serves what is left of the path")
    func mounted() async throws {
        let app = Application()
        app.use(mount("/assets", staticFiles(tree.root)))
        #expect(try await app.test.get("/assets/hello.txt").text == "world")
        #expect(try await app.test.get("/assets").text == "<p>index")
        #expect(try await app.test.get("/hello.txt").status == 404)
        #expect(try await app.test.get("/assets/../hello.txt").status == 403)
    }

    @Test("needs a folder when the application starts", arguments: ["missing", "hello.txt", ""])
    func setup(name: String) throws {
        let app = Application()
        app.use(staticFiles(name.isEmpty ? "" : tree.path(name)))
        let error = #expect(throws: KoaError.self) { try app.prepare() }
        #expect(error?.code == .invalidSetup)
        #expect(error?.message.contains("StaticFilesTests.swift:") == true)
        let good = Application()
        good.use(staticFiles(tree.root))
        #expect(throws: Never.self) { try good.prepare() }
    }

    @Test("that can't open its root answers 500, and tells the listeners why")
    func rootGone() async throws {
        let errors = Recording<String>()
        let app = Application()
        app.onError { error, _ in errors.add("\(error)") }
        app.use(staticFiles(tree.path("world")))
        #expect(try await app.test.get("/index.html").status == 200)
        try FileManager.default.removeItem(atPath: tree.path("world"))
        let response = try await app.test.get("/index.html")
        #expect(response.status == 500)
        #expect(response.text == "Internal Server Error")
        #expect(errors.values.count == 1)
    }

    @Test("sends large and small files on a socket, several on a connection", .timeLimit(.minutes(10)))
    func live() async throws {
        let large = String(repeating: "0123456789abcdef", count: 200_000)
        try tree.write(large, "large.txt")
        try await app().test.live { client in
            let connection = try await client.connect()
            for (path, content) in [
                ("/large.txt", large), ("/hello.txt", "world"), ("/large.txt", large), ("/empty", ""),
            ] {
                try await connection.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.text == content)
            }
            let slice = try await client.get("/large.txt", headers: ["Range": "bytes=1600000-3199999"])
            #expect(slice.status == 206)
            #expect(slice.text == String(large.suffix(1_600_000)))
        }
    }
}
