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
            ])
        func escaping(template: String, expected: String) async throws {
            #expect(try await text(template, markup) == expected)
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
