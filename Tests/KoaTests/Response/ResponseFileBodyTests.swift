import Foundation
import HTTPTypes
import Testing

@testable import Koa

@Suite("ctx.body of a file")
final class ResponseFileBodyTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("koa-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func file(_ name: String, _ content: Data) throws -> String {
        let url = folder.appendingPathComponent(name)
        try content.write(to: url)
        return url.path
    }

    @Test("has the type of its extension and its length")
    func typeAndLength() async throws {
        let path = try file("hello.html", Data("<p>héllo".utf8))
        let answer = await answer { ctx in ctx.body = .file(path) }
        #expect(answer.status == 200)
        #expect(answer.type == "text/html; charset=utf-8")
        #expect(answer.length == "9")
        #expect(answer.text == "<p>héllo")
        #expect(!answer.isBroken)
    }

    @Test(
        "is application/octet-stream without an extension that is known",
        arguments: [
            ("plain", "application/octet-stream"), ("a.nonsense", "application/octet-stream"),
            (".png", "application/octet-stream"), ("a.b.png", "image/png"),
        ]
    )
    func otherTypes(name: String, type: String) async throws {
        let path = try file(name, Data([1]))
        #expect(await answer { ctx in ctx.body = .file(path) }.type == type)
    }

    @Test("keeps a type that is set")
    func keepsTheType() async throws {
        let path = try file("a.html", Data("x".utf8))
        let answer = await answer { ctx in
            ctx.type = "text/plain"
            ctx.body = .file(path)
        }
        #expect(answer.type == "text/plain; charset=utf-8")
    }

    @Test("is sent whole, whatever its size", arguments: [0, 1, 128 * 1024, 128 * 1024 + 1, 1_000_003])
    func sizes(size: Int) async throws {
        let content = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        let path = try file("data.bin", content)
        let answer = await answer { ctx in ctx.body = .file(path) }
        #expect(answer.bytes == [UInt8](content))
        #expect(answer.length == "\(size)")
        #expect(!answer.isBroken)
    }

    @Test("on HEAD has its type and length")
    func head() async throws {
        let path = try file("a.txt", Data("hello".utf8))
        let answer = await answer(.head) { ctx in ctx.body = .file(path) }
        #expect(answer.status == 200)
        #expect(answer.type == "text/plain; charset=utf-8")
        #expect(answer.length == "5")
        #expect(answer.bytes.isEmpty)
    }

    @Test(
        "that can't be read is a 404, which doesn't tell its path",
        arguments: [HTTPRequest.Method.get, .head],
        ["missing.txt", "", "a/b/c", "nul\u{0}.txt", "hello.txt/x", String(repeating: "x", count: 5000)]
    )
    func missing(method: HTTPRequest.Method, name: String) async throws {
        _ = try file("hello.txt", Data("x".utf8))
        let path = folder.path + "/" + name
        let answer = await answer(method) { ctx in
            ctx.set("X-Before", "1")
            ctx.body = .file(path)
        }
        #expect(answer.status == 404)
        #expect(answer.text == (method == .head ? "" : "Not Found"))
        #expect(answer.type == "text/plain; charset=utf-8")
        #expect(!answer.headers.description.contains("koa-"))
        #expect(answer.headers["X-Before"] == nil)
        #expect(answer.errors.count == 1)
    }

    @Test("that is cut by a NUL isn't another file")
    func nul() async throws {
        let path = try file("hello.txt", Data("x".utf8))
        #expect(await answer { ctx in ctx.body = .file(path + "\u{0}.png") }.status == 404)
    }

    @Test("that is a directory, a FIFO or a device is a 404", arguments: ["", "fifo", "/dev/zero"])
    func notRegular(name: String) async throws {
        let path = name.hasPrefix("/") ? name : folder.path + "/" + name
        if name == "fifo" { #expect(mkfifo(path, 0o600) == 0) }
        #expect(await answer { ctx in ctx.body = .file(path) }.status == 404)
    }

    @Test("can be sent after the head was flushed")
    func flushed() async throws {
        let path = try file("a.txt", Data("hello".utf8))
        let answer = await answer { ctx in
            ctx.body = .file(path)
            ctx.flushHeaders()
        }
        #expect(answer.text == "hello")
        #expect(answer.type == "text/plain; charset=utf-8")
        #expect(!answer.isBroken)
    }

    @Test("is read when it is sent: its status can still be changed")
    func status() async throws {
        let path = try file("a.txt", Data("hello".utf8))
        let answer = await answer { ctx in
            ctx.body = .file(path)
            ctx.status = 404
        }
        #expect(answer.status == 404)
        #expect(answer.text == "hello")
    }
}
