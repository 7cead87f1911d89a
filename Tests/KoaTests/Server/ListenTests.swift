import FoundationEssentials
import Koa
import KoaTesting
import NIOCore
import NIOPosix
import Testing

@Suite("Listening")
struct ListenTests {
    private func app() -> Application {
        let app = Application()
        app.use { ctx in ctx.body = .text("ip=\(ctx.ip)") }
        return app
    }

    @Test("on port 0 gives a free port")
    func freePort() async throws {
        let one = try await app().start(0)
        let other = try await app().start(0)
        #expect(one.port != nil && one.port != 0 && one.port != other.port)
        #expect(one.address.ipAddress == "127.0.0.1")
        await one.stop()
        await other.stop()
    }

    @Test("returns when somebody else stops the server")
    func stoppedByOthers() async throws {
        let app = app()
        async let listening: Void = app.listen(0)
        while app.servers.isEmpty { await Task.yield() }
        await app.servers.first?.stop()
        try await listening
        #expect(app.servers.isEmpty)
    }

    @Test("with limits that are none")
    func noLimits() async throws {
        var options = ServerOptions()
        options.maxConcurrentRequests = .max
        options.maxTargetLength = .max
        options.maxHeaderSize = .max
        options.maxFieldLength = .max
        options.maxHeaderCount = .max
        options.maxBodySize = .max
        options.maxDrainedBody = .max
        options.maxTrailerSize = .max
        options.maxChunkExtensions = .max
        options.requestBufferSize = .max
        try await app().test.live(options: options) { client in
            let response = try await client.post("/", body: "text")
            #expect(response.status == 200)
            let chunked = try await client.raw(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nA: b\r\n\r\n")
            #expect(chunked.hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test("on a port that is taken is an error that names it")
    func taken() async throws {
        let server = try await app().start(0)
        let port = try #require(server.port)
        await #expect { try await app().start(port) } throws: { error in
            (error as? KoaError)?.code == .startFailed && "\(error)".contains("127.0.0.1:\(port)")
        }
        await server.stop()
    }

    @Test("on a number that is no port is an error", arguments: [-1, 65536, 70000])
    func noPort(_ port: Int) async throws {
        await #expect { try await app().start(port) } throws: { ($0 as? KoaError)?.code == .startFailed }
    }

    @Test("several times with one application")
    func several() async throws {
        let app = app()
        let servers = [try await app.start(0), try await app.start(0), try await app.start(0, host: "::1")]
        #expect(Set(servers.map(\.port)).count == 3)
        #expect(servers[2].address.ipAddress == "::1")
        for server in servers { await server.stop() }
    }

    @Test("on a Unix socket, replacing a stale one")
    func unixSocket() async throws {
        let path = "/tmp/koa-\(UInt32.random(in: 0 ... .max)).sock"
        for _ in 1...2 {
            let server = try await app().start(unixSocket: path)
            #expect(server.port == nil)
            #expect(try await get(path).hasSuffix("ip="))
            await server.stop()
        }
        try? FileManager.default.removeItem(atPath: path)
    }

    @Test("with loops of its own ends them when it stops")
    func ownLoops() async throws {
        var options = ServerOptions()
        options.eventLoops = 2
        let client = try await app().test.live(options: options)
        #expect(try await client.get("/").text == "ip=127.0.0.1")
        await client.stop()
    }

    private func get(_ path: String) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
            var text = ""
            for try await piece in inbound { text += String(buffer: piece) }
            return text
        }
    }
}
