import KoaTesting
import KoaViews
import Testing

@Suite("ctx.render")
struct RenderTests {
    private func text(
        _ files: [String: String],
        _ name: String = "index",
        _ values: @escaping @Sendable () -> [String: Any] = { [:] },
        layout: ViewLayout = .usual,
        views make: (String) -> Views = { views($0) }
    ) async throws -> String {
        let folder = try Folder(files)
        let app = Application(env: "production", silent: true)
        app.use(make(folder.path))
        app.use { ctx in try await ctx.render(name, values(), layout: layout) }
        let response = try await app.test.get("/")
        #expect(response.status == 200)
        return response.text
    }

    @Test("answers a page of the template and its values")
    func renders() async throws {
        let folder = try Folder(["index.mustache": "<h1>{{title}}</h1>"])
        let app = Application()
        app.use(views(folder.path))
        app.use { ctx in try await ctx.render("index", ["title": "Hello"]) }
        let response = try await app.test.get("/")
        #expect(response.status == 200)
        #expect(response.get("Content-Type") == "text/html; charset=utf-8")
        #expect(response.text == "<h1>Hello</h1>")
    }

    @Test("says text/html also where another type was set")
    func type() async throws {
        let folder = try Folder(["index.mustache": "plain"])
        let app = Application()
        app.use(views(folder.path))
        app.use { ctx in
            ctx.type = "json"
            try await ctx.render("index")
        }
        #expect(try await app.test.get("/").type == "text/html")
    }

    @Test("escapes what it inserts, but not what the template wants as it is")
    func escapes() async throws {
        let page = try await text(["index.mustache": "{{v}} {{{v}}}"], "index", { ["v": "<b title=\"a\">&'"] })
        #expect(page.hasSuffix(" <b title=\"a\">&'"))
        #expect(page.hasPrefix("&lt;b title=&quot;a&quot;&gt;&amp;&#39; "))
    }

    @Test(
        "escapes bytes, whatever characters they are a part of",
        arguments: [
            ("\u{600}<b\u{600}>", "\u{600}&lt;b\u{600}&gt;"), ("\"\u{301}", "&quot;\u{301}"),
            ("'\u{200D}", "&#39;\u{200D}"),
            ("<\u{903}", "&lt;\u{903}"), ("&\u{301}", "&amp;\u{301}"),
        ])
    func escapesBytes(value: String, escaped: String) async throws {
        let files = [
            "index.mustache": "{{v}}", "html.mustache": "{{% CONTENT_TYPE:HTML}}\n{{v}}",
            "section.mustache": "{{#list}}{{.}}{{/list}}{{#list}}{{> index}}{{/list}}",
            "partial.mustache": "{{> index}}{{> sub}}{{v}}", "sub.mustache": "  {{> index}}\n",
            "block.mustache": "{{<site}}{{$part}}{{v}}{{/part}}{{/site}}",
            "site.mustache": "{{v}}{{$part}}{{/part}}{{$other}}{{v}}{{/other}}", "layout.mustache": "{{v}}{{{body}}}",
        ]
        for (name, count) in [("index", 2), ("html", 2), ("section", 5), ("partial", 4), ("block", 4)] {
            let page = try await text(
                files, name, { ["v": value, "list": [value, value]] }, views: { views($0, layout: "layout") })
            let seen = page.utf8.filter { !" \n".utf8.contains($0) }
            #expect(seen == Array(String(repeating: escaped, count: count).utf8), "\(name)")
        }
    }

    @Test("renders a partial's lines where it stands, and none more")
    func lines() async throws {
        let files = ["index.mustache": "a\n  {{> part}}\nb{{> part}}c", "part.mustache": "1\n2\n"]
        #expect(try await text(files) == "a\n  1\n  2\nb1\n2\nc")
    }

    @Test("takes values of all kinds")
    func values() async throws {
        struct User { var name = "Ada", tags = ["a", "b"], age: Int? = nil }
        let template =
            "{{#user}}{{name}}{{#tags}}[{{.}}]{{/tags}}{{age}}{{/user}}{{#on}}on{{/on}}{{^off}}off{{/off}}{{n}}"
        let page = try await text(
            ["index.mustache": template], "index", { ["user": User(), "on": true, "off": false, "n": 1.5] })
        #expect(page == "Ada[a][b]onoff1.5")
    }

    @Test("takes JSON values")
    func json() async throws {
        let json: JSON = ["a": [1, 2.5, "x"], "yes": true, "no": nil, "deep": ["b": "c"]]
        let template = "{{#j}}{{#a}}{{.}},{{/a}}{{#yes}}y{{/yes}}{{^no}}n{{/no}}{{deep.b}}{{/j}}"
        #expect(try await text(["index.mustache": template], "index", { ["j": json] }) == "1,2.5,x,ync")
    }

    @Test("merges the views' values, the request's and its own, the nearest last")
    func merge() async throws {
        let folder = try Folder(["index.mustache": "{{a}}{{b}}{{c}}{{d}}"])
        let app = Application()
        app.context["d"] = "context"
        app.use(views(folder.path, values: ["a": "views ", "b": "views ", "c": "views "]))
        app.use { ctx in
            ctx.state["b"] = "state "
            ctx.state["c"] = "state "
            try await ctx.render("index", ["c": "render "])
        }
        #expect(try await app.test.get("/").text == "views state render ")
    }

    @Test("finds partials and parents by their paths")
    func partials() async throws {
        let files = [
            "index.mustache": "{{> parts/head}}{{> parts/head.mustache}}{{> nothing}}",
            "parts/head.mustache": "<{{title}}>",
            "page.mustache": "{{<layouts.site}}{{$body}}mine {{title}}{{/body}}{{/layouts.site}}",
            "layouts/site.mustache": "[{{$body}}default{{/body}}]",
        ]
        #expect(try await text(files, "index", { ["title": "T"] }) == "<T><T>")
        #expect(try await text(files, "page", { ["title": "T"] }) == "[mine T]")
    }

    @Test("puts a template into a layout: that of the views, another, or none")
    func layouts() async throws {
        let files = [
            "index.mustache": "<i>{{x}}</i>", "layout.mustache": "({{x}} {{{body}}})", "wide.mustache": "[{{{body}}}]",
        ]
        let usual: (String) -> Views = { views($0, layout: "layout") }
        let values: @Sendable () -> [String: Any] = { ["x": "&"] }
        #expect(try await text(files, "index", values, views: usual) == "(&amp; <i>&amp;</i>)")
        #expect(try await text(files, "index", values, layout: "wide", views: usual) == "[<i>&amp;</i>]")
        #expect(try await text(files, "index", values, layout: .named("wide"), views: usual) == "[<i>&amp;</i>]")
        #expect(try await text(files, "index", values, layout: .none, views: usual) == "<i>&amp;</i>")
        #expect(try await text(files, "index", values) == "<i>&amp;</i>")
    }

    @Test("gives the text alone where it is asked for that")
    func rendered() async throws {
        let folder = try Folder(["mail.mustache": "Dear {{name}}"])
        let app = Application()
        app.use(views(folder.path))
        app.use { ctx in
            let text = try await ctx.rendered("mail", ["name": "Ada"])
            #expect(ctx.body == nil)
            #expect(ctx.status == 404)
            ctx.body = ["text": text]
        }
        #expect(try await app.test.get("/").text == #"{"text":"Dear Ada"}"#)
    }

    @Test("renders by views that are values of the application's context")
    func context() async throws {
        let folder = try Folder(["index.mustache": "context"])
        let app = Application()
        app.context[ViewsKey.self] = views(folder.path)
        app.use { ctx in try await ctx.render("index") }
        #expect(try await app.test.get("/").text == "context")
    }

    @Test("renders by the innermost views, and by the outer ones around them")
    func nested() async throws {
        let outer = try Folder(["index.mustache": "outer"]), inner = try Folder(["index.mustache": "inner"])
        let app = Application()
        app.use(views(outer.path))
        app.use { ctx, next in
            try await next()
            let seen = ctx.body?.text ?? ""
            try await ctx.render("index")
            ctx.set("X-Pages", "\(seen) \(ctx.body?.text ?? "")")
        }
        app.use(views(inner.path))
        app.use { ctx in try await ctx.render("index") }
        #expect(try await app.test.get("/").get("X-Pages") == "inner outer")
    }

    @Test("says what is missing without views")
    func noViews() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            let error = await #expect(throws: ViewError.self) { try await ctx.render("index") }
            #expect(error?.code == .noViews)
            #expect(error?.message.contains("app.use(views(") == true)
            ctx.body = "seen"
        }
        #expect(try await app.test.get("/").text == "seen")
    }
}
