import FoundationEssentials
import KoaBody
import KoaTesting
import Testing

/// Answers with the fields, and with name, filename, size and content of each file.
private func answering(_ middleware: @escaping Middleware) -> Application {
    let app = Application(silent: true)
    app.use(middleware)
    app.use { ctx in
        var files: [JSON] = []
        for file in ctx.files {
            let content = String(buffer: try await file.bytes())
            files.append([JSON(file.name), JSON(file.filename), JSON(file.size), JSON(content)])
        }
        ctx.body = .json([ctx.request.body, JSON(files)])
    }
    return app
}

private let form = Made.body(
    Made.field("title", "T"), Made.file("a", "1.txt", "one"), Made.file("a", "2.txt", "two"),
    Made.file("b", "3.txt", ""), Made.field("tags[]", "x"), Made.field("tags[]", "y"), Made.field("o[k]", "v"))

@Suite("Upload")
struct UploadTests {
    @Test("takes any files, on disk and in memory, in their order", arguments: [FileStorage.temporary(), .memory])
    func any(storage: FileStorage) async throws {
        let response = try await answering(Upload(storage: storage).any()).test.post(
            "/", headers: Made.headers, body: form)
        #expect(
            try response.json == [
                ["title": "T", "tags": ["x", "y"], "o": ["k": "v"]],
                [["a", "1.txt", 3, "one"], ["a", "2.txt", 3, "two"], ["b", "3.txt", 0, ""]],
            ])
    }

    @Test("takes one file of a name, and the first is `ctx.file`")
    func single() async throws {
        let app = Application()
        app.use(Upload().single("a"))
        app.use { ctx in ctx.body = .text(ctx.file?.filename ?? "none") }
        #expect(
            try await app.test.post("/", headers: Made.headers, body: Made.body(Made.file("a", "x", "1"))).text == "x")
        #expect(
            try await app.test.post("/", headers: Made.headers, body: Made.body(Made.field("b", "1"))).text == "none")
    }

    @Test("takes lists, and finds files by their field")
    func fields() async throws {
        let app = Application()
        app.use(Upload().fields(["a": 2, "b": 1]))
        app.use { ctx in
            ctx.body = .json([
                ctx.request.files(named: "a").count, ctx.request.files(named: "b").count,
                ctx.request.files(named: "c").count,
            ])
        }
        #expect(try await app.test.post("/", headers: Made.headers, body: form).json == [2, 1, 0])
    }

    @Test("refuses files that nobody expects, and one more than expected")
    func unexpected() async throws {
        let upload = Upload()
        for middleware in [
            upload.single("a"), upload.array("a", max: 1), upload.none(), upload.fields(["a": 2]), upload.array("b"),
        ] {
            let response = try await answering(middleware).test.post("/", headers: Made.headers, body: form)
            #expect(response.status == 400)
            #expect(response.text.hasPrefix("Unexpected field"))
        }
        let array = try await answering(upload.array("a")).test.post(
            "/", headers: Made.headers, body: Made.body(Made.file("a", "1", "x"), Made.file("a", "2", "y")))
        #expect(try array.json[1]?.array?.count == 2)
    }

    @Test("takes fields alone, empty ones too, and reads names with dots as they are")
    func none() async throws {
        let body = Made.body(Made.field("name", "Multer"), Made.field("key", ""), Made.field("a.b", "1"))
        let response = try await answering(Upload().none()).test.post("/", headers: Made.headers, body: body)
        #expect(try response.json == [["name": "Multer", "key": "", "a.b": "1"], []])
    }

    @Test("takes a file input in which none was chosen for no file")
    func noFile() async throws {
        let response = try await answering(Upload().none()).test.post(
            "/", headers: Made.headers, body: Made.body(Made.file("a", "", "")))
        #expect(try response.json == [[:], []])
    }

    @Test("leaves other requests alone")
    func otherTypes() async throws {
        let app = answering(Upload().any())
        #expect(try await app.test.post("/", headers: jsonType, body: "{}").json == [[:], []])
        #expect(try await app.test.get("/").json == [[:], []])
    }

    @Test("skips what the filter leaves out, and fails with what it throws")
    func filter() async throws {
        let upload = Upload(filter: { part, ctx in
            if ctx.path == "/fail" { try ctx.throw(.conflict, "no \(part.name)") }
            return part.filename == "2.txt"
        })
        let response = try await answering(upload.any()).test.post("/", headers: Made.headers, body: form)
        #expect(try response.json[1] == [["a", "2.txt", 3, "two"]])
        let failed = try await answering(upload.any()).test.post("/fail", headers: Made.headers, body: form)
        #expect(failed.status == 409)
        #expect(failed.text == "no a")
    }

    @Test("refuses what breaks a limit, with multer's code")
    func limits() async throws {
        let app = Application(silent: true)
        app.use { ctx, next in
            do {
                try await next()
            } catch let error as MultipartError {
                ctx.status = error.status
                ctx.body = ["code": error.code.description, "field": error.field ?? ""]
            }
        }
        app.use(Upload(limits: MultipartLimits(fileBytes: 2)).any())
        let response = try await app.test.post("/", headers: Made.headers, body: form)
        #expect(response.status == 413)
        #expect(try response.json == ["code": "LIMIT_FILE_SIZE", "field": "a"])
    }

    @Test("refuses more in memory than allowed")
    func memory() async throws {
        let upload = Upload(storage: .memory, limits: MultipartLimits(memoryBytes: 5))
        #expect(try await answering(upload.any()).test.post("/", headers: Made.headers, body: form).status == 413)
    }

    @Test("fails when its folder isn't there, without telling the client of it")
    func noFolder() async throws {
        let upload = Upload(storage: .temporary(in: "/nonexistent/folder"))
        let response = try await answering(upload.any()).test.post("/", headers: Made.headers, body: form)
        #expect(response.status == 500)
        #expect(response.text == "Internal Server Error")
    }

    @Test("serves many requests with one middleware")
    func reused() async throws {
        let app = answering(Upload().any())
        try await app.test.live { client in
            let sizes = try await withThrowingTaskGroup(of: JSON?.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let content = String(repeating: "x", count: number * 10_000)
                        let body = Made.body(Made.file("f", "n", content))
                        return try await client.post("/", headers: Made.headers, body: body).json[1]?[0]?[2]
                    }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1?.int ?? -1) }
            }
            #expect(sizes == Set((0..<20).map { $0 * 10_000 }))
        }
    }

    @Test("lets its fields and files be decoded")
    func decoded() async throws {
        struct Album: Decodable {
            var title: String
            var a: [UploadedFile]
            var missing: UploadedFile?
        }
        let app = Application()
        app.use { ctx in
            let album = try await ctx.decode(Album.self)
            ctx.body = .json([JSON(album.title), JSON(album.a.map { JSON($0.filename) }), JSON(album.missing == nil)])
        }
        #expect(
            try await app.test.post("/", headers: Made.headers, body: form).json == ["T", ["1.txt", "2.txt"], true])
        let missing = try await app.test.post(
            "/", headers: Made.headers, body: Made.body(Made.field("title", "T"), Made.field("a", "x")))
        #expect(missing.status == 422)
        #expect(try missing.json["errors"]?[0]?["path"] == "a[0]")
    }
}
