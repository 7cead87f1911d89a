import KoaTesting
import NIOCore
import Testing

@testable import Koa

@Suite("A request over a socket")
struct RequestLiveTests {
    private func serving(_ handler: @escaping Handler) -> Application {
        let app = Application(silent: true)
        app.use(handler)
        return app
    }

    @Test("has the peer's address, and isn't secure")
    func peer() async throws {
        try await serving { ctx in
            ctx.body = .text("\(ctx.ip) \(ctx.ips) \(ctx.protocol) \(ctx.req.version)")
        }.test.live { client in
            let response = try await client.get(
                "/", headers: ["X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https"])
            #expect(response.text == "127.0.0.1 [] http HTTP/1.1")
        }
    }

    @Test("in absolute form has the target's host, not that of Host")
    func absoluteForm() async throws {
        try await serving { ctx in
            ctx.body = .text("\(ctx.host) \(ctx.path) \(ctx.querystring) \(ctx.href)")
        }.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET http://real.com:81/a?b HTTP/1.1\r\nHost: other.com\r\n\r\n")
            #expect(try await connection.receiveResponse().text == "real.com:81 /a b http://real.com:81/a?b")
        }
    }

    @Test("has header bytes as ISO-8859-1, and the response sends them back as they came")
    func headerBytes() async throws {
        try await serving { ctx in
            ctx.set("X-Echo", ctx.get("X-Name"))
            ctx.status = 200
            ctx.message = "d'accord, ça va"
            ctx.body = .text(ctx.get("X-Name"))
        }.test.live { client in
            let connection = try await client.connect()
            var request = ByteBuffer(string: "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Name: ")
            let value: [UInt8] = [0xE9, 0x20, 0xC3, 0xA9, 0xFF, 0x80]
            request.writeBytes(value)
            request.writeString("\r\n\r\n")
            try await connection.send(request)
            let line = Array("HTTP/1.1 200 d'accord, ".utf8) + [0xE7] + Array("a va\r\n".utf8)
            #expect(try await connection.receive(count: line.count) == ByteBuffer(bytes: line))
            let field = Array("X-Echo: ".utf8) + value + Array("\r\n".utf8)
            #expect(try await connection.receive(count: field.count) == ByteBuffer(bytes: field))
            #expect(try await connection.receiveAll().hasSuffix("\r\n\r\n\u{E9} \u{C3}\u{A9}\u{FF}\u{80}"))
        }
    }
}
