#if Stencil
    import KoaTesting
    import KoaViews
    import Testing

    @Suite("Stencil")
    struct StencilTests {
        private func text(
            _ template: String,
            _ values: @escaping @Sendable () -> [String: Any] = { [:] },
            files: [String: String] = [:]
        ) async throws -> String {
            let folder = try Folder(files.merging(["index.stencil": template]) { $1 })
            let app = Application(env: "production")
            app.use(views(folder.path, extension: "stencil", engines: ["stencil": StencilEngine()]))
            app.use { ctx in try await ctx.render("index", values()) }
            return try await app.test.get("/").text
        }

        private let markup: @Sendable () -> [String: Any] = { ["v": "<b>&", "yes": true, "no": false, "list": ["<"]] }

        @Test(
            "escapes whatever a tag inserts",
            arguments: [
                ("{{ v }}", "&lt;b&gt;&amp;"), ("{{v}}", "&lt;b&gt;&amp;"), ("{{ v|uppercase }}", "&lt;B&gt;&amp;"),
                ("{{ v | uppercase }}", "&lt;B&gt;&amp;"), ("{{ v|safe }}", "<b>&"), ("{{ v|uppercase|safe }}", "<B>&"),
                ("{{ nothing|default:\"<a  b>\" }}", "&lt;a  b&gt;"), ("{{ list|join:\"<, >\" }}", "&lt;"),
                ("{{ v if yes }}", "&lt;b&gt;&amp;"), ("{{ v if no }}", ""),
                ("{{ yes if no else v }}", "&lt;b&gt;&amp;"),
                ("{{ v if no else v|safe }}", "<b>&"), ("{% if yes %}{{ v }}{% endif %}", "&lt;b&gt;&amp;"),
                ("{% for x in list %}{{ x }}{{ forloop.counter }}{% endfor %}", "&lt;1"), ("{{ nothing }}", ""),
                ("{# {{ v }} #}", ""), ("{ {{ v }} }", "{ &lt;b&gt;&amp; }"), ("{{ \"<i>\" }}", "&lt;i&gt;"),
                ("{{\n v\n }}", "&lt;b&gt;&amp;"), ("{{ list }}", "[&quot;&lt;&quot;]"),
                ("{% filter uppercase %}{{ v }}{% endfilter %}", "&LT;B&GT;&AMP;"),
                ("{{ ( v ) }}", "&lt;b&gt;&amp;"), ("{{ (v) }}", "&lt;b&gt;&amp;"),
                ("{{ ( ( v ) ) }}", "&lt;b&gt;&amp;"),
                ("{{ x if no else ( v ) }}", "&lt;b&gt;&amp;"), ("{{ x if no else v|uppercase }}", "&lt;B&gt;&amp;"),
                ("{{ ( v|uppercase ) }}", "&lt;B&gt;&amp;"), ("{{ ( v|safe ) }}", "<b>&"), ("{{ not no }}", "true"),
                ("{{ v == v }}", "true"), ("{{ yes and no }}", "false"),
                ("{{ v if yes and not no }}", "&lt;b&gt;&amp;"),
                ("{{ v|default:\"( or )\" }}", "&lt;b&gt;&amp;"), ("{{ v|safe|uppercase }}", "&lt;B&gt;&amp;"),
                ("{{ v }}\u{301}", "&lt;b&gt;&amp;\u{301}"), ("\u{600}{{ v }}", "\u{600}&lt;b&gt;&amp;"),
                ("{{ \"%}<\" }}", "%}&lt;"), ("{%}{{ v }}%}", "&lt;b&gt;&amp;%}"), ("{{{ v }}}", "}"),
                ("{{ v }}{{ v", "&lt;b&gt;&amp;"), ("{{\r\n v\r\n }}", "&lt;b&gt;&amp;"),
                ("{{ v }}{{- v -}}", "&lt;b&gt;&amp;"),
                ("a\n{{ v }}\nb", "a\n&lt;b&gt;&amp;\nb"),
            ])
        func escaping(template: String, expected: String) async throws {
            #expect(try await text(template, markup) == expected)
        }

        @Test(
            "escapes bytes, whatever characters they are a part of",
            arguments: [("\u{600}<b", "\u{600}&lt;b"), ("\"\u{301}", "&quot;\u{301}"), ("<\u{903}", "&lt;\u{903}")])
        func escapesBytes(value: String, escaped: String) async throws {
            let page = try await text("{{ v }}{{ ( v ) }}") { ["v": value] }
            #expect(Array(page.utf8) == Array((escaped + escaped).utf8))
        }

        @Test("refuses what is no value", arguments: ["{{ }}", "{{}}", "{{ v|nothing }}", "{{ v if yes else }}"])
        func noValue(template: String) throws {
            let folder = try Folder(["index.stencil": "a\n\(template)"])
            let app = Application(env: "production")
            app.use(views(folder.path, engines: ["stencil": StencilEngine()]))
            let error = #expect(throws: ViewError.self) { try app.prepare() }
            #expect(error?.code == .invalidTemplate)
        }

        @Test("includes and extends templates by their paths")
        func inheritance() async throws {
            let files = [
                "layouts/site.stencil": "[{% block body %}base <{{ v }}>{% endblock %}]", "row.stencil": "({{ v }})",
            ]
            let body = "{% block body %}{{ block.super }}{% include \"row.stencil\" %}{% endblock %}"
            let template = "{% extends \"layouts/site\" %}\(body)"
            #expect(try await text(template, markup, files: files) == "[base <&lt;b&gt;&amp;>(&lt;b&gt;&amp;)]")
        }

        @Test("includes no file outside the folder", arguments: ["../secret", "/etc/passwd", "..//secret.stencil"])
        func outside(name: String) async throws {
            let outside = try Folder(["secret.stencil": "hunter2", "in/index.stencil": "{% include \"\(name)\" %}"])
            let app = Application(env: "production", silent: true)
            app.use(views("\(outside.path)/in", extension: "stencil", engines: ["stencil": StencilEngine()]))
            app.use { ctx in
                let error = await #expect(throws: ViewError.self) { try await ctx.render("index") }
                #expect(error?.code == .renderingFailed)
                ctx.body = "seen"
            }
            #expect(try await app.test.get("/").text == "seen")
        }

        @Test("says at the start where a template is wrong")
        func errors() throws {
            let folder = try Folder(["index.stencil": "a\n{{ v }}\n{% if %}"])
            let app = Application(env: "production")
            app.use(views(folder.path, engines: ["stencil": StencilEngine()]))
            let error = #expect(throws: ViewError.self) { try app.prepare() }
            #expect(error?.code == .invalidTemplate)
            #expect(error?.location?.file.hasSuffix("/index.stencil") == true)
            #expect(error?.location?.line == 3)
        }

        @Test("is shared by many requests at a time")
        func concurrent() async throws {
            let folder = try Folder(["index.stencil": "{{ v }}{% include \"part\" %}", "part.stencil": "x"])
            let app = Application(env: "production")
            app.use(views(folder.path, extension: "stencil", engines: ["stencil": StencilEngine()]))
            app.use { ctx in try await ctx.render("index", ["v": "<"]) }
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { try await app.test.get("/").text } }
                for try await text in group { #expect(text == "&lt;x") }
            }
        }
    }
#endif
