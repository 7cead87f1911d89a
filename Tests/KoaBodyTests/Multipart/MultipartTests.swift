import KoaBody
import KoaTesting
import Testing

/// Answers with what is found in each part.
private func listing(_ limits: MultipartLimits = MultipartLimits()) -> Application {
    let app = Application(silent: true)
    app.use { ctx in
        var found: [JSON] = []
        for try await part in ctx.multipart(limits: limits) {
            found.append([
                JSON(part.name), part.filename.map { JSON($0) } ?? .null, JSON(part.contentType),
                JSON(try await part.text()),
            ])
        }
        ctx.body = .json(found)
    }
    return app
}

@Suite("ctx.multipart")
struct MultipartTests {
    @Test("gives fields and files in the order in which they came")
    func parts() async throws {
        let body = Made.body(Made.field("a", "1"), Made.file("f", "x.txt", "text"), Made.field("a", ""))
        let response = try await listing().test.post("/", headers: Made.headers, body: body)
        #expect(
            try response.json == [
                ["a", nil, "text/plain", "1"], ["f", "x.txt", "text/plain", "text"], ["a", nil, "text/plain", ""],
            ])
    }

    @Test("reads what browsers send, live and in pieces", arguments: BrowserForm.all)
    func browsers(form: BrowserForm) async throws {
        let headers: Headers = ["Content-Type": "multipart/form-data; boundary=\(form.boundary)"]
        let pieces = form.body.unicodeScalars.map { String($0) }
        try await listing().test.live { client in
            let response = try await client.post("/", headers: headers, body: .stream(pieces))
            #expect(try response.json.array?.count == form.parts.count)
        }
        let response = try await listing().test.post("/", headers: headers, body: .bytes(form.body.utf8))
        #expect(try response.json.array?.count == form.parts.count)
    }

    @Test("takes a boundary in quotes")
    func quoted() async throws {
        let body = "--a b:c\r\nContent-Disposition: form-data; name=n\r\n\r\nv\r\n--a b:c--"
        let headers: Headers = ["Content-Type": #"multipart/form-data; charset=utf-8; boundary="a b:c""#]
        #expect(try await listing().test.post("/", headers: headers, body: .text(body)).json[0]?[3] == "v")
    }

    @Test("skips bodies that nobody reads, and reads the rest of one")
    func skipping() async throws {
        let app = Application()
        app.use { ctx in
            var text = ""
            for try await part in ctx.multipart() {
                text += part.name
                if part.name == "b" {
                    for try await piece in part.body {
                        text += String(buffer: piece)
                        break
                    }
                }
            }
            ctx.body = .text(text)
        }
        let large = String(repeating: "x", count: 300_000)
        let body = Made.body(Made.file("a", "a", large), Made.field("b", "2"), Made.file("c", "c", large))
        #expect(try await app.test.post("/", headers: Made.headers, body: body).text == "ab2c")
    }

    @Test(
        "gives no part behind an error: the same one again",
        arguments: [
            ("", "x", "MISSING_FIELD_NAME"), ("ab", "x", "LIMIT_FIELD_KEY"), ("a", "xx", "LIMIT_MEMORY"),
            ("a\"; filename=\"f", "x", "LIMIT_FILE_COUNT"), ("a\" b", "x", "MALFORMED"),
        ])
    func sticky(name: String, value: String, code: String) async throws {
        let app = Application(silent: true)
        app.use { ctx in
            var found: [String] = []
            var parts = ctx.multipart(limits: MultipartLimits(files: 0, nameBytes: 1, memoryBytes: 1))
                .makeAsyncIterator()
            for _ in 1...2 {
                do {
                    while let part = try await parts.next() { found.append(try await part.text()) }
                } catch let error as MultipartError {
                    found.append(error.code.description)
                }
            }
            ctx.body = .json(found)
        }
        let body = Made.body(Made.field(name, value), Made.field("b", ""))
        #expect(try await app.test.post("/", headers: Made.headers, body: body).decode([String].self) == [code, code])
    }

    @Test("refuses to read a part behind the next one, and the body twice")
    func late() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            var parts = ctx.multipart().makeAsyncIterator()
            let first = try await parts.next()
            _ = try await parts.next()
            do {
                _ = try await first?.bytes()
            } catch let error as KoaError where error.code == .bodyAlreadyRead {
                ctx.set("X-Late", "yes")
            }
            var again = ctx.multipart().makeAsyncIterator()
            do {
                _ = try await again.next()
            } catch let error as KoaError where error.code == .bodyAlreadyRead {
                ctx.body = "once"
            }
        }
        let response = try await app.test.post(
            "/", headers: Made.headers, body: Made.body(Made.field("a", "1"), Made.field("b", "2")))
        #expect(response.get("X-Late") == "yes")
        #expect(response.text == "once")
    }

    @Test(
        "takes names without their folders, never as a path",
        arguments: [
            ("../../etc/passwd", "passwd"), ("C:\\fakepath\\a.txt", "a.txt"), ("/etc/shadow", "shadow"), ("..", ""),
            (".", ""),
            ("a/", ""), ("..\\..\\b", "b"), ("%2e%2e%2fa", "%2e%2e%2fa"), ("ä 😀.png", "ä 😀.png"),
        ])
    func traversal(sent: String, seen: String) async throws {
        let response = try await listing().test.post(
            "/", headers: Made.headers, body: Made.body(Made.file("f", sent, "x")))
        #expect(try response.json[0]?[1] == JSON(seen))
    }

    @Test("reads a field in the charset that it says")
    func charset() async throws {
        let body =
            "--x\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"
        let bytes = Array(body.utf8) + [0xE4] + Array("\r\n--x--".utf8)
        #expect(try await listing().test.post("/", headers: Made.headers, body: .bytes(bytes)).json[0]?[3] == "ä")
        let other = String(decoding: body.utf8, as: UTF8.self).replacing("iso-8859-1", with: "koi8-r") + "a\r\n--x--"
        #expect(try await listing().test.post("/", headers: Made.headers, body: .text(other)).status == 415)
    }

    @Test("reads all names as names: `__proto__` too")
    func prototypes() async throws {
        let body = Made.body(Made.field("__proto__[a]", "1"), Made.field("constructor", "2"))
        let response = try await decoding(JSON.self).test.post("/", headers: Made.headers, body: body)
        #expect(try response.json == ["__proto__": ["a": "1"], "constructor": "2"])
    }

    @Test("lets the total count in place of the server's own limit")
    func serverLimit() async throws {
        let body = Made.body(Made.file("f", "a", String(repeating: "x", count: 3000)))
        var options = ServerOptions()
        options.maxBodySize = 1000
        try await listing().test.live(options: options) { client in
            let response = try await client.post("/", headers: Made.headers, body: body)
            #expect(response.status == 413)
        }
        try await listing(MultipartLimits(totalBytes: 10_000)).test.live(options: options) { client in
            let response = try await client.post("/", headers: Made.headers, body: body)
            #expect(response.status == 200)
        }
    }
}

@Suite("ctx.multipart refuses")
struct MultipartErrorTests {
    private func status(_ limits: MultipartLimits, _ body: TestBody) async throws -> (Status, String) {
        let response = try await listing(limits).test.post("/", headers: Made.headers, body: body)
        return (response.status, response.text)
    }

    @Test(
        "what is no multipart/form-data, and one without a usable boundary",
        arguments: [
            ("application/json", 415), ("multipart/mixed; boundary=x", 415), ("", 415), ("multipart/form-data", 400),
            ("multipart/form-data; boundary=", 415), (#"multipart/form-data; boundary="""#, 400),
            (#"multipart/form-data; boundary="x ""#, 400), ("multipart/form-data; boundary=x; boundary=y", 400),
            ("multipart/form-data; boundary=\(String(repeating: "b", count: 71))", 400),
        ] as [(String, Int)])
    func types(type: String, status: Int) async throws {
        let response = try await listing().test.post(
            "/", headers: ["Content-Type": type], body: Made.body(Made.field("a", "1")))
        #expect(response.status.code == status)
    }

    @Test("10,000 parts, and one part, field or file more than allowed")
    func counts() async throws {
        let many = TestBody.text(String(repeating: Made.field("a", "1"), count: 10_000) + "--x--")
        #expect(try await status(MultipartLimits(), many) == (413, "Too many parts"))
        let fields = Made.body(Made.field("a", "1"), Made.field("b", "1"), Made.field("c", "1"))
        #expect(try await status(MultipartLimits(fields: 2), fields) == (413, "Too many fields"))
        #expect(try await status(MultipartLimits(fields: 3), fields).0 == 200)
        let files = Made.body(Made.file("a", "1", ""), Made.file("b", "1", ""))
        #expect(try await status(MultipartLimits(files: 1), files) == (413, "Too many files"))
        #expect(try await status(MultipartLimits(parts: 1), files) == (413, "Too many parts"))
    }

    @Test("names, values, files and headers longer than allowed, and says of which field")
    func sizes() async throws {
        let field = Made.body(Made.field("abc", "12345"))
        #expect(try await status(MultipartLimits(nameBytes: 2), field) == (413, "Field name too long"))
        #expect(try await status(MultipartLimits(fieldBytes: 4), field) == (413, "Field value too long (abc)"))
        #expect(try await status(MultipartLimits(nameBytes: 3, fieldBytes: 5), field).0 == 200)
        let file = Made.body(Made.file("f", "a", "12345"))
        #expect(try await status(MultipartLimits(fileBytes: 4), file) == (413, "File too large (f)"))
        #expect(try await status(MultipartLimits(fileBytes: 5), file).0 == 200)
        #expect(try await status(MultipartLimits(headerBytes: 20), file) == (413, "Part headers too long"))
        #expect(try await status(MultipartLimits(memoryBytes: 4), file) == (413, "Too much to keep in memory (f)"))
        #expect(try await status(MultipartLimits(totalBytes: 20), file).0 == 413)
    }

    @Test("parts without a name, and with NUL in it")
    func names() async throws {
        let unnamed = TestBody.text("--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--")
        #expect(try await status(MultipartLimits(), unnamed) == (400, "Field name missing"))
        #expect(try await status(MultipartLimits(), Made.body(Made.field("", "1"))) == (400, "Field name missing"))
        #expect(try await status(MultipartLimits(), Made.body(Made.field("a\0b", "1"))).0 == 400)
        #expect(try await status(MultipartLimits(), Made.body(Made.file("a", "b\0.txt", "1"))).0 == 400)
    }

    @Test("bodies that are cut short, be it within a part that is skipped")
    func truncated() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            for try await part in ctx.multipart() { _ = part.name }
            ctx.body = "all"
        }
        for text in [Made.field("a", "1"), "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nabc", "--x", ""] {
            #expect(try await app.test.post("/", headers: Made.headers, body: .text(text)).status == 400, "\(text)")
        }
    }

    @Test("to go on after an error")
    func failed() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            var parts = ctx.multipart(limits: MultipartLimits(fieldBytes: 1)).makeAsyncIterator()
            _ = try await parts.next()
            let errors = [
                await #expect(throws: MultipartError.self) { _ = try await parts.next() },
                await #expect(throws: MultipartError.self) { _ = try await parts.next() },
            ]
            ctx.body = .text(errors.compactMap { $0?.code.description }.joined(separator: " "))
        }
        let body = Made.body(Made.field("a", "12"), Made.field("b", "1"))
        #expect(
            try await app.test.post("/", headers: Made.headers, body: body).text
                == "LIMIT_FIELD_VALUE LIMIT_FIELD_VALUE")
    }
}
