import Foundation
import KoaTesting
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Koa

/// A file of bytes that tell their place.
private final class Scratch {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("koa-\(UUID().uuidString).bin").path
    let content: [UInt8]

    init(_ size: Int) throws {
        content = (0..<size).map { UInt8(truncatingIfNeeded: ($0 &* 31 &+ $0 >> 8) & 0x3F) + 0x30 }
        try Data(content).write(to: URL(fileURLWithPath: path))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

@Suite("A file on the wire", .timeLimit(.minutes(10)))
struct FileServerTests {
    /// Serves parts of a file, one after the other.
    private func app(_ path: String, _ ranges: Range<Int>..., contentLength: Int? = nil) -> Application {
        let app = Application(silent: true)
        app.use { ctx in
            let file = try await OpenFile.open(path)
            ctx.body = .stream(contentLength: contentLength) { writer in
                for range in ranges { try await writer.write(file, range) }
            }
        }
        return app
    }

    @Test("is sent whole and keeps the connection", arguments: [1, 1_048_576, 1_048_577, 5_000_003])
    func whole(size: Int) async throws {
        let scratch = try Scratch(size)
        let path = scratch.path
        let app = Application()
        app.use { ctx in ctx.body = .file(path) }
        try await app.test.live { client in
            let connection = try await client.connect()
            for _ in 1...2 {
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.get("Content-Length") == "\(size)")
                #expect(response.bytes == scratch.content)
            }
            #expect(app.counters.bytesSent > 2 * size)
        }
    }

    @Test("in parts has the bytes of these", arguments: [nil, 1_200_001])
    func parts(contentLength: Int?) async throws {
        let scratch = try Scratch(3_000_000)
        let app = app(scratch.path, 2_000_000..<2_000_001, 5..<5, 0..<1_200_000, contentLength: contentLength)
        let expected = [scratch.content[2_000_000]] + scratch.content[0..<1_200_000]
        #expect(try await app.test.get("/").bytes == expected)
        try await app.test.live { client in
            let response = try await client.get("/")
            #expect(response.bytes == expected)
            #expect((response.get("Transfer-Encoding") == "chunked") == (contentLength == nil))
        }
    }

    @Test("between texts keeps their order")
    func mixed() async throws {
        let scratch = try Scratch(100_000)
        let path = scratch.path
        let app = Application()
        app.use { ctx in
            let file = try await OpenFile.open(path)
            ctx.body = .stream(contentLength: 100_006) { writer in
                try await writer.write("abc")
                try await writer.write(file, 0..<100_000)
                try await writer.write("def")
            }
        }
        try await app.test.live { client in
            let bytes = try await client.get("/").bytes
            #expect(bytes == Array("abc".utf8) + scratch.content + Array("def".utf8))
        }
    }

    @Test("that is longer than its Content-Length is a 500, and nothing of it is sent")
    func tooLong() async throws {
        let scratch = try Scratch(10)
        try await app(scratch.path, 0..<10, contentLength: 9).test.live { client in
            let response = try await client.get("/")
            #expect(response.status == 500)
            #expect(response.text == "Internal Server Error")
        }
    }

    @Test("that became shorter breaks the connection, and never hangs", arguments: [true, false])
    func shortened(isLive: Bool) async throws {
        let scratch = try Scratch(1000)
        let path = scratch.path
        let errors = Shared<[String]>([])
        let app = Application()
        app.onError { error, _ in errors.update { $0.append("\(error)") } }
        app.use { ctx in
            let file = try await OpenFile.open(path)
            ctx.body = .stream(contentLength: 1000) { writer in
                try await writer.write(file, 0..<500)
                #expect(truncate(path, 700) == 0)
                try await writer.write(file, 500..<1000)
            }
        }
        if isLive {
            try await app.test.live { client in
                let text = try await client.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n", responses: nil)
                #expect(text.contains("Content-Length: 1000\r\n"))
                #expect(text.utf8.count < 1000)
            }
        } else {
            #expect(try await app.test.get("/").isBroken)
        }
        #expect(errors.value.count == 1)
        #expect(errors.value.first?.contains("shorter") == true)
    }

    @Test("waits for a slow client: what the server has of it is one slice, and its memory none")
    func slowClient() async throws {
        let scratch = try Scratch(1)
        #expect(truncate(scratch.path, 1 << 30) == 0, "a gigabyte of nothing")
        let path = scratch.path
        let app = Application()
        let isCancelled = Shared(false)
        let over = Gate()
        app.use { ctx in
            let file = try await OpenFile.open(path)
            ctx.body = .stream(contentLength: 1 << 30) { writer in
                defer { over.open() }
                do {
                    try await writer.write(file, 0..<(1 << 30))
                } catch {
                    isCancelled.update { $0 = true }
                    throw error
                }
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await connection.receive(count: 4_000_000)
            #expect(!over.isOpen, "the rest waits")
            #expect(app.counters.bytesSent < 1 << 29)
            await connection.reset()
            await over.wait()
            #expect(isCancelled.value)
        }
    }

    @Test("is closed with its last reference")
    func closed() async throws {
        let scratch = try Scratch(10)
        let descriptor = open(scratch.path, O_RDONLY)
        var file = OpenFile(adopting: descriptor)
        let inode = try #require(file?.inode)
        #expect(try file?.readNow(2..<4).readableBytesView.elementsEqual(scratch.content[2..<4]) == true)
        #expect(throws: KoaError.self) { try file?.readNow(5..<11) }
        #expect(throws: KoaError.self) { try file?.region(0..<11) }
        #expect(file?.size == 10)
        #expect(Self.inode(descriptor) == inode)
        file = nil
        #expect(Self.inode(descriptor) != inode)
    }

    @Test("is none where a descriptor is another thing's, which is closed")
    func irregular() throws {
        var ends: [CInt] = [0, 0]
        try #require(pipe(&ends) == 0)
        let inode = try #require(Self.inode(ends[0]))
        #expect(OpenFile(adopting: ends[0]) == nil)
        #expect(Self.inode(ends[0]) != inode)
        #expect(close(ends[1]) == 0)
    }

    /// What a descriptor stands for; its number may be another test's by now.
    private static func inode(_ descriptor: CInt) -> UInt64? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? UInt64(status.st_ino) : nil
    }
}
