import Foundation
import KoaTesting
import KoaViews
import Synchronization
import Testing

@Suite("Loading views")
struct ViewLoadingTests {
    private func app(_ env: String, _ part: Views) -> Application {
        let app = Application(env: env, silent: true)
        app.use(part)
        app.use { ctx in try await ctx.render("index") }
        return app
    }

    @Test(
        "happens each time in development, once elsewhere",
        arguments: [("development", "two"), ("production", "one"), ("test", "one")])
    func environment(env: String, second: String) async throws {
        let folder = try Folder(["index.mustache": "one"])
        let app = app(env, views(folder.path))
        #expect(try await app.test.get("/").text == "one")
        try folder.write("index.mustache", "two")
        #expect(try await app.test.get("/").text == second)
    }

    @Test("happens as it was said", arguments: [true, false])
    func cache(isCached: Bool) async throws {
        let folder = try Folder(["index.mustache": "{{> part}}", "part.mustache": "one"])
        let app = app(isCached ? "development" : "production", views(folder.path, cache: isCached))
        #expect(try await app.test.get("/").text == "one")
        try folder.write("part.mustache", "two")
        #expect(try await app.test.get("/").text == (isCached ? "one" : "two"))
    }

    @Test(
        "happens at the start in production, and finds what is wrong with a template",
        arguments: [("a\n\n{{#open}}x", 3), ("{{name", 1), ("a\n{{#a}}\n{{/b}}", 3), ("\n{{=x}}", 2)])
    func errors(template: String, line: Int) throws {
        let folder = try Folder(["index.mustache": "fine", "users/bad.mustache": template])
        let error = #expect(throws: ViewError.self) { try app("production", views(folder.path)).prepare() }
        #expect(error?.code == .invalidTemplate)
        #expect(error?.location?.file.hasSuffix("/users/bad.mustache") == true)
        #expect(error?.location?.line == line)
        #expect(error?.description.contains("users/bad.mustache:\(line): ") == true)
        #expect(throws: Never.self) { try app("development", views(folder.path)).prepare() }
    }

    @Test("finds what is wrong with a template when it is rendered in development")
    func lateErrors() async throws {
        let folder = try Folder(["index.mustache": "a\n{{name"])
        let errors = Mutex<[ViewError]>([])
        let app = app("development", views(folder.path))
        app.onError { error, _ in errors.withLock { $0 += [error as? ViewError].compactMap { $0 } } }
        let response = try await app.test.get("/")
        #expect(response.status == 500)
        #expect(response.text == "Internal Server Error", "clients learn nothing of it")
        #expect(errors.withLock { $0.first?.location?.line } == 2)
        try folder.write("index.mustache", "mended")
        #expect(try await app.test.get("/").text == "mended")
    }

    @Test("needs a folder", arguments: ["development", "production"])
    func noFolder(env: String) {
        let error = #expect(throws: ViewError.self) { try app(env, views("/nowhere/views")).prepare() }
        #expect(error?.code == .unreadable)
        #expect(error?.message.contains("/nowhere/views") == true)
    }

    @Test("takes a path from the working directory, and says which")
    func relative() {
        #expect(views("nowhere/views").root == FileManager.default.currentDirectoryPath + "/nowhere/views")
        #expect(views("/srv/views").root == "/srv/views")
    }

    @Test("needs UTF-8")
    func encoding() throws {
        let folder = try Folder()
        try folder.write("index.mustache", Data([0x61, 0xFF]))
        let error = #expect(throws: ViewError.self) { try app("production", views(folder.path)).prepare() }
        #expect(error?.code == .unreadable)
        #expect(error?.message.contains("UTF-8") == true)
    }

    @Test("leaves files alone that no engine reads")
    func others() async throws {
        let folder = try Folder(["index.mustache": "fine"])
        try folder.write("photo.png", Data([0x89, 0xFF]))
        #expect(try await app("production", views(folder.path)).test.get("/").text == "fine")
    }

    @Test("happens with the first request where nobody prepared the application")
    func unprepared() async throws {
        let folder = try Folder(["index.mustache": "late"])
        let reply = await app("production", views(folder.path)).callback()(.init(method: .get, target: "/"))
        #expect(String(buffer: reply.body) == "late")
    }

    @Test("is shared by many requests at a time")
    func concurrent() async throws {
        let folder = try Folder(["index.mustache": "{{> part}}", "part.mustache": "x"])
        let app = app("production", views(folder.path))
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await app.test.get("/").text } }
            for try await text in group { #expect(text == "x") }
        }
    }

    #if DEBUG
        @Test("is warned of where what renders stands above it")
        func order() throws {
            let part = views("views") as any MiddlewareProtocol
            let rules = (part as? any OrderedMiddleware)?.orderRules ?? []
            #expect(rules.count == 1)
            #expect((part as? any OrderedMiddleware)?.kind == .views)
        }
    #endif
}
