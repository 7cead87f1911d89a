import KoaTesting
import KoaViews
import Testing

@Suite("The names of views")
struct ViewNameTests {
    private func app(_ folder: Folder, _ make: (String) -> Views = { views($0) }) -> Application {
        let app = Application(env: "production", silent: true)
        app.use { ctx, next in
            do {
                try await next()
            } catch let error as ViewError {
                ctx.body = .text("\(error.code)")
                ctx.set("X-Message", error.message.filter(\.isASCII))
            }
        }
        app.use(make(folder.path))
        app.use { ctx in try await ctx.render(ctx.query["v"] ?? "") }
        return app
    }

    private func text(_ app: Application, _ name: String) async throws -> String {
        try await app.test.get("/?v=\(name)").text
    }

    @Test("have the usual extension, another, or are folders with an index")
    func resolution() async throws {
        let folder = try Folder([
            "index.mustache": "root", "users.mustache": "users", "users/index.mustache": "users' index",
            "teams/index.mustache": "teams", "a.b.mustache": "dots", "page.html": "<p>{{x}}</p>",
            "page.mustache": "page",
        ])
        let app = app(folder)
        for (name, expected) in [
            ("index", "root"), ("./index", "root"), ("index.mustache", "root"), ("", "root"), (".", "root"),
            ("users", "users"), ("users/", "users' index"), ("users/index", "users' index"), ("teams", "teams"),
            ("a.b", "dots"), ("page", "page"), ("page.html", "<p>{{x}}</p>"),
        ] {
            #expect(try await text(app, name) == expected, "\(name)")
        }
    }

    @Test("have the extension that was chosen, after others too")
    func chosen() async throws {
        let folder = try Folder(["basic.html": "html", "basic.shout": "shout", "other.mustache": "{{^x}}m{{/x}}"])
        let app = app(folder) { views($0, extension: ".shout", engines: [".shout": Shouting()]) }
        #expect(try await text(app, "basic.html") == "html")
        #expect(try await text(app, "basic") == "SHOUT")
        #expect(try await text(app, "other.mustache") == "m")
        #expect(try await text(app, "other") == "notFound")
    }

    @Test("may be those of HTML files with an engine")
    func html() async throws {
        let folder = try Folder(["index.html": "{{^x}}rendered{{/x}}"])
        let app = app(folder) { views($0, extension: "html", engines: ["html": MustacheEngine()]) }
        #expect(try await text(app, "index") == "rendered")
    }

    @Test("need an engine for the extension")
    func noEngine() async throws {
        let folder = try Folder(["notes.txt": "x", "bare": "x"])
        let app = app(folder)
        let response = try await app.test.get("/?v=notes.txt")
        #expect(response.text == "noEngine")
        #expect(response.get("X-Message")?.contains("Engine not found for the \".txt\" file extension") == true)
        #expect(try await text(app, "bare") == "noEngine")
    }

    @Test(
        "never lead out of the folder",
        arguments: [
            "../secret.mustache", "../secret", "/etc/passwd", "/etc/hostname", "a/../../secret", "..", "../", "/",
            "%2e%2e/secret", "..%5csecret", "index%00.mustache", "link", "link.mustache", "linked/secret", "nothing",
            "//index", "a//index", "INDEX.MUSTACHE/", "loop", "dir.mustache",
        ])
    func outside(name: String) async throws {
        let outside = try Folder([
            "secret.mustache": "hunter2", "inside/index.mustache": "in", "inside/a/b.mustache": "b",
        ])
        try outside.link("inside/link.mustache", to: "../secret.mustache")
        try outside.link("inside/linked", to: "..")
        try outside.link("inside/loop.mustache", to: "loop.mustache")
        try outside.write("inside/dir.mustache/x.mustache", "x")
        let app = app(outside) { views("\($0)/inside") }
        #expect(try await text(app, name) == "notFound")
    }

    @Test("may be those of links within the folder, as deployments make them")
    func links() async throws {
        let folder = try Folder(["..data/index.mustache": "linked"])
        try folder.link("index.mustache", to: "..data/index.mustache")
        #expect(try await text(app(folder), "index") == "linked")
    }

    @Test("may be below a folder that is a link itself")
    func linkedRoot() async throws {
        let folder = try Folder(["real/index.mustache": "in"])
        try folder.link("views", to: "real")
        #expect(try await text(app(folder) { views("\($0)/views") }, "index") == "in")
    }
}

/// Writes in capitals.
struct Shouting: ViewEngine {
    func compile(_ templates: [ViewTemplate]) throws -> any CompiledViews {
        Compiled(texts: Dictionary(templates.map { ($0.path, $0.text) }, uniquingKeysWith: { $1 }))
    }

    struct Compiled: CompiledViews {
        let texts: [String: String]

        func render(_ path: String, _ values: [String: Any]) throws -> String {
            guard let text = texts[path] else { throw ViewError(.renderingFailed, "no \(path)") }
            return text.uppercased()
        }
    }
}
