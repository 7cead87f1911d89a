import FoundationEssentials
import KoaBody
import KoaTesting
import NIOCore
import Testing

@Suite("A stored file")
struct StoredFileTests {
    private let form = Made.body(Made.file("f", "../../x.txt", "content"))

    @Test("lies under a name of its own, for its owner alone, while the request is served")
    func place() async throws {
        let folder = try Folder()
        let app = Application()
        app.use(Upload(storage: .temporary(in: folder.path)).any())
        app.use { ctx in
            let path = try ctx.require(ctx.file?.path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            let name = String(path.dropFirst(folder.path.count + 1))
            ctx.body = .json([JSON(path.hasPrefix(folder.path + "/")), JSON(name.contains("x.txt")), JSON(mode ?? 0)])
        }
        #expect(try await app.test.post("/", headers: Made.headers, body: form).json == [true, false, JSON(0o600)])
    }

    @Test("is gone when the handler returned, threw, or refused a later part")
    func removed() async throws {
        let folder = try Folder()
        let upload = Upload(storage: .temporary(in: folder.path), limits: MultipartLimits(fieldBytes: 1))
        let app = Application(silent: true)
        app.use { ctx, next in
            do {
                try await next()
            } catch let error as MultipartError {
                ctx.body = .text("\(folder.names.count) left after \(error.code)")
            }
        }
        app.use(upload.any())
        app.use { ctx in
            ctx.set("X-Files", "\(folder.names.count)")
            if ctx.path == "/throw" { try ctx.throw(409) }
            ctx.body = "done"
        }
        let done = try await app.test.post("/", headers: Made.headers, body: form)
        #expect(done.get("X-Files") == "2")
        #expect(folder.names.isEmpty)
        #expect(try await app.test.post("/throw", headers: Made.headers, body: form).status == 409)
        #expect(folder.names.isEmpty)
        let late = Made.body(Made.file("f", "x", "content"), Made.field("a", "too long"))
        #expect(
            try await app.test.post("/", headers: Made.headers, body: late).text == "0 left after LIMIT_FIELD_VALUE")
        #expect(folder.names.isEmpty)
    }

    @Test("is gone when the client went away in the middle of it")
    func disconnected() async throws {
        let folder = try Folder()
        let (started, finished) = (Gate(), Gate())
        let app = Application(silent: true)
        app.use { ctx in
            var parts = ctx.multipart().makeAsyncIterator()
            _ = try await parts.next()?.store(in: .temporary(in: folder.path))
            // Behind the removal, which was registered with the first file.
            ctx.onFinish { finished.open() }
            let second = try await parts.next()
            started.open()
            _ = try await second?.store(in: .temporary(in: folder.path))
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n"
                    + "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
                    + Made.file("f", "a", "whole") + Made.file("g", "b", "beginning"))
            await started.wait()
            try await connection.send(String(repeating: "x", count: 1_000_000))
            await connection.close()
            await finished.wait()
        }
        #expect(folder.names.isEmpty)
    }

    @Test("is gone when its task is cancelled while it is written")
    func cancelled() async throws {
        let folder = try Folder()
        let (started, finished) = (Gate(), Gate())
        let app = Application(silent: true)
        app.use { ctx in
            var parts = ctx.multipart().makeAsyncIterator()
            _ = try await parts.next()?.store(in: .temporary(in: folder.path))
            ctx.onFinish { finished.open() }
            started.open()
            await waitForCancellation()
            _ = try await parts.next()?.store(in: .temporary(in: folder.path))
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            let text = Made.file("f", "a", "one") + Made.file("g", "b", "two") + "--x--"
            try await connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(text.utf8.count)\r\n"
                    + "Content-Type: multipart/form-data; boundary=x\r\n\r\n" + text)
            await started.wait()
            #expect(folder.names.count == 2)
            await connection.close()
            await finished.wait()
        }
        #expect(folder.names.isEmpty)
    }

    @Test("is gone when the client went away while the request ended")
    func leftAtTheEnd() async throws {
        let folder = try Folder()
        let (ending, finished) = (Gate(), Gate())
        let app = Application(silent: true)
        app.use { ctx in
            ctx.onFinish {
                ending.open()
                await waitForCancellation()
            }
            var parts = ctx.multipart().makeAsyncIterator()
            let file = try await parts.next()?.store(in: .temporary(in: folder.path))
            #expect(file != nil)
            ctx.onFinish { finished.open() }
            ctx.body = "done"
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            let text = Made.file("f", "a", "one") + "--x--"
            try await connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(text.utf8.count)\r\n"
                    + "Content-Type: multipart/form-data; boundary=x\r\n\r\n" + text)
            await ending.wait()
            #expect(folder.names.count == 2)
            await connection.close()
            await finished.wait()
        }
        #expect(folder.names.isEmpty)
    }

    @Test("is gone with all that the handler put beside it")
    func besides() async throws {
        let folder = try Folder()
        let app = Application()
        app.use(Upload(storage: .temporary(in: folder.path)).any())
        app.use { ctx in
            let path = try ctx.require(ctx.file?.path)
            try FileManager.default.createDirectory(atPath: path + ".pages", withIntermediateDirectories: false)
            for name in [".thumb", ".pages/1"] { try Data("x".utf8).write(to: URL(fileURLWithPath: path + name)) }
            try FileManager.default.createSymbolicLink(atPath: path + ".link", withDestinationPath: folder.path)
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/outside"))
            ctx.body = .text("\(folder.names.count)")
        }
        #expect(try await app.test.post("/", headers: Made.headers, body: form).text == "7")
        #expect(folder.names == ["outside"])
    }

    @Test("stays when it is moved, and stands in nobody's way", arguments: [true, false])
    func moved(isInMemory: Bool) async throws {
        let folder = try Folder()
        let app = Application(silent: true)
        app.use(Upload(storage: isInMemory ? .memory : .temporary(in: folder.path)).any())
        app.use { ctx in
            guard let file = ctx.file else { return }
            try await file.move(to: "\(folder.path)/kept.txt")
            ctx.body = "moved"
        }
        #expect(try await app.test.post("/", headers: Made.headers, body: form).status == 200)
        #expect(folder.names == ["kept.txt"])
        #expect(FileManager.default.contents(atPath: "\(folder.path)/kept.txt") == Data("content".utf8))
        #expect(try await app.test.post("/", headers: Made.headers, body: form).status == 500)
        #expect(folder.names == ["kept.txt"])
    }

    @Test("holds every byte, however it came")
    func whole() async throws {
        let app = Application()
        app.use { ctx in
            for try await part in ctx.multipart() {
                let file = try await part.store()
                let bytes = try await file.bytes()
                ctx.body = .bytes(bytes)
            }
        }
        let content = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let body =
            Array("--x\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n".utf8) + content
            + Array("\r\n--x--".utf8)
        try await app.test.live { client in
            let response = try await client.post("/", headers: Made.headers, body: .bytes(body))
            #expect(response.bytes == content)
        }
    }

    @Test("holds every byte of small pieces and large ones, in their order")
    func pieces() async throws {
        let app = Application()
        app.use { ctx in
            for try await part in ctx.multipart() { ctx.body = .bytes(try await part.store().bytes()) }
        }
        // What may begin a boundary is a piece of its own.
        let unit =
            "\r\n--\r\n-\r" + String(repeating: "a", count: 20_000) + "\r\n--y" + String(repeating: "b", count: 3000)
        let content = String(repeating: unit, count: 30)
        let body = Made.body(Made.file("f", "a", content))
        let response = try await app.test.post("/", headers: Made.headers, body: body)
        #expect(response.text == content)
        try await app.test.live { client in
            let scalars = Array((Made.file("f", "a", unit) + "--x--").unicodeScalars.map { String($0) })
            let pieces = Array(scalars.prefix(500)) + [scalars.dropFirst(500).joined()]
            let response = try await client.post("/", headers: Made.headers, body: .stream(pieces))
            #expect(response.text == unit)
        }
    }

    @Test("isn't read into memory beyond a limit, and not when it is gone")
    func reading() async throws {
        let app = Application(silent: true)
        app.use(Upload().any())
        app.use { ctx in
            let file = try ctx.require(ctx.file)
            if ctx.path == "/gone", let path = file.path { try FileManager.default.removeItem(atPath: path) }
            ctx.body = .bytes(try await file.bytes(upTo: ctx.path == "/small" ? 6 : 7))
        }
        #expect(try await app.test.post("/", headers: Made.headers, body: form).text == "content")
        #expect(try await app.test.post("/small", headers: Made.headers, body: form).status == 413)
        #expect(try await app.test.post("/gone", headers: Made.headers, body: form).status == 404)
    }

    @Test("has an id of 32 hexadecimal digits that no other has")
    func ids() async throws {
        let app = Application()
        app.use(Upload(storage: .memory).any())
        app.use { ctx in ctx.body = .json(ctx.files.map(\.id)) }
        let files = (0..<50).map { Made.file("f", "\($0)", "") }.joined()
        let response = try await app.test.post("/", headers: Made.headers, body: .text(files + "--x--"))
        let ids = try response.decode([String].self)
        #expect(Set(ids).count == 50)
        #expect(ids.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) })
    }
}
