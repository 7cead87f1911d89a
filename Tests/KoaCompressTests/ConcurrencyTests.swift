import KoaCompress
import KoaMiddleware
import KoaTesting
import Testing

@Suite("compression of many at a time")
struct ConcurrencyTests {
    @Test("gives each client its own body in its own coding, whole and in pieces", arguments: [true, false])
    func many(live: Bool) async throws {
        let app = Application()
        app.use(compress())
        app.use { ctx in
            ctx.type = "text"
            let name = ctx.path
            if ctx.query["stream"] == nil {
                ctx.body = .text(name + Coded.text)
            } else {
                ctx.body = .stream { writer in
                    try await writer.write(name)
                    for word in Coded.text.split(separator: " ") {
                        try await writer.write("\(word) ")
                        await Task.yield()
                    }
                }
            }
        }
        let client = live ? try await app.test.live() : app.test
        let names = ["gzip", "deflate", "identity"] + Compression.standard.map(\.name)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<60 {
                group.addTask {
                    let name = names[index % names.count]
                    let target = "/\(index)" + (index.isMultiple(of: 2) ? "" : "?stream")
                    let response = try await client.get(target, headers: ["Accept-Encoding": name])
                    #expect(response.get("Content-Encoding") ?? "identity" == name)
                    #expect(try Coded.text(response) == "/\(index)" + Coded.text)
                }
            }
            try await group.waitForAll()
        }
        await client.stop()
    }

    @Test("doesn't mix clients that leave in the middle with those that stay")
    func leaving() async throws {
        let app = Application()
        app.silent = true
        app.use(compress([.gzip]))
        app.use { ctx in
            ctx.type = "text"
            let isEndless = ctx.path == "/endless"
            ctx.body = .stream { writer in
                repeat { try await writer.write(Coded.text) } while isEndless
            }
        }
        try await app.test.live { client in
            for _ in 0..<10 {
                let connection = try await client.connect()
                try await connection.send("GET /endless HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
                _ = try await connection.receive(until: "\r\n\r\n")
                await connection.reset()
                let response = try await client.get("/", headers: ["Accept-Encoding": "gzip"])
                #expect(try Coded.text(response) == Coded.text)
            }
        }
    }

    @Test("sends Server-Sent Events of the middleware as they were, with heartbeats between them")
    func events() async throws {
        let app = Application()
        app.use(compress([.gzip]))
        app.use { ctx in
            ctx.body = .events(heartbeat: .microseconds(1)) { events in
                for count in 0..<200 { try await events.send(.init(data: "tick \(count)", id: "\(count)")) }
            }
        }
        let response = try await app.test.get("/", headers: ["Accept-Encoding": "gzip"])
        #expect(response.get("Content-Encoding") == "gzip")
        let parts = try Coded.text(response).split(separator: "\n\n").filter { $0 != ":" }
        #expect(parts == (0..<200).map { "id: \($0)\ndata: tick \($0)" })
    }
}
