import KoaBody
import KoaCodings
import KoaTesting
import NIOCore
import Testing

@Suite("Hostile bodies")
struct HostileBodyTests {
    @Test("of many keys take no longer a key than those of few", .timeLimit(.minutes(1)))
    func manyKeys() async throws {
        let members = (0..<10_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        let app = Application()
        app.use(bodyParser())
        app.use { ctx in
            ctx.body = .json(try await ctx.decode([String: Int].self).count + (ctx.request.body.object?.count ?? 0))
        }
        #expect(try await app.test.post("/", headers: jsonType, body: .text("{\(members)}")).text == "20000")
    }

    @Test("with the same key again and again keep the last value")
    func sameKey() async throws {
        let members = (0..<10_000).map { "\"k\":\($0)" }.joined(separator: ",")
        #expect(
            try await parsing().test.post("/", headers: jsonType, body: .text("{\(members)}")).json[0] == ["k": 9999])
    }

    @Test("that end before their length are no bodies")
    func cutShort() async throws {
        let app = decoding(JSON.self)
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[1]")
            try await connection.closeOutput()
            let text = try await connection.receiveAll()
            #expect(!text.contains("200 OK"))
        }
    }

    @Test("are refused by their Content-Length before they are sent")
    func announced() async throws {
        for app in [parsing(), decoding(JSON.self)] {
            try await app.test.live { client in
                let connection = try await client.connect()
                try await connection.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\n"
                        + "Expect: 100-continue\r\n\r\n")
                let text = try await connection.receive(until: "\r\n")
                #expect(text == "HTTP/1.1 413 Payload Too Large\r\n")
                await connection.close()
            }
        }
    }

    @Test("in chunks are refused where they pass the limit, not at their end")
    func endless() async throws {
        try await parsing(bodyParser(jsonLimit: 1000)).test.live { client in
            let connection = try await client.connect()
            try await connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "7d0\r\n\(String(repeating: " ", count: 2000))\r\n")
            let text = try await connection.receive(until: "\r\n")
            #expect(text == "HTTP/1.1 413 Payload Too Large\r\n")
            await connection.close()
        }
    }

    @Test("that inflate without end are refused while they come")
    func endlessBomb() async throws {
        let encoder = try ContentCoding.gzip.makeEncoder()
        var bomb = try encoder.write(ByteBuffer(repeating: 0x20, count: 4 << 20))
        bomb.writeImmutableBuffer(try encoder.flush())
        try await parsing().test.live { client in
            let connection = try await client.connect()
            try await connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n\(String(bomb.readableBytes, radix: 16))\r\n")
            try await connection.send(bomb)
            let text = try await connection.receive(until: "\r\n")
            #expect(text == "HTTP/1.1 413 Payload Too Large\r\n")
            await connection.close()
        }
    }

    @Test("that are compressed are inflated as they come, byte by byte")
    func compressedDrip() async throws {
        let encoder = try ContentCoding.gzip.makeEncoder()
        var body = try encoder.write(ByteBuffer(string: #"{"a":[1,2,3]}"#))
        body.writeImmutableBuffer(try encoder.finish())
        let chunks = body.readableBytesView.map { ByteBuffer(bytes: [$0]) }
        let pieces = AsyncStream<ByteBuffer> { stream in
            for chunk in chunks { stream.yield(chunk) }
            stream.finish()
        }
        try await decoding(JSON.self).test.live { client in
            let headers: Headers = ["Content-Type": "application/json", "Content-Encoding": "gzip"]
            let response = try await client.post("/", headers: headers, body: .stream(pieces))
            #expect(try response.json == ["a": [1, 2, 3]])
        }
    }

    @Test("with a forged multipart name can't reach beyond the tree")
    func names() async throws {
        let names = ["a[__proto__][b]", "a[]", "[", "]", "[[]]", "a[b", ".", "..", "a[100000]", "a.b[c].d"]
        let parts = names.map { Made.field($0, "1") }.joined()
        let response = try await decoding(JSON.self).test.post("/", headers: Made.headers, body: .text(parts + "--x--"))
        #expect(response.status == 200)
        #expect(try response.json["a"]?["__proto__"] == ["b": "1"])
        #expect(try response.json["a"]?["100000"] == "1")
    }

    @Test("of a boundary with characters of patterns are read as they are")
    func boundary() async throws {
        let boundary = "'()+_,-./:=?.*"
        let body = "--\(boundary)\r\nContent-Disposition: form-data; name=a\r\n\r\nv\r\n--\(boundary)--"
        let headers: Headers = ["Content-Type": "multipart/form-data; boundary=\"\(boundary)\""]
        #expect(try await decoding(JSON.self).test.post("/", headers: headers, body: .text(body)).json == ["a": "v"])
    }

    @Test("of a client that sends byte by byte are read like others")
    func drip() async throws {
        let pieces = "name=Ada&age=36".map { String($0) }
        try await decoding([String: String].self).test.live { client in
            let response = try await client.post("/", headers: formType, body: .stream(pieces))
            #expect(try response.json == ["name": "Ada", "age": "36"])
        }
    }
}
