import KoaBody
import KoaTesting
import NIOCore
import Testing

@testable import KoaCodings

@Suite("Compressed bodies")
struct InflateTests {
    private func compressed(_ bytes: ByteBuffer, _ coding: ContentCoding) throws -> ByteBuffer {
        let encoder = try coding.makeEncoder()
        var output = try encoder.write(bytes)
        output.writeImmutableBuffer(try encoder.finish())
        return output
    }

    private func headers(_ coding: String, _ type: String = "application/json") -> Headers {
        ["Content-Type": type, "Content-Encoding": coding]
    }

    @Test("are inflated by parser and decode alike", arguments: ContentCoding.all)
    func inflated(coding: ContentCoding) async throws {
        let body = TestBody.bytes(try compressed(ByteBuffer(string: #"{"a":"ä"}"#), coding))
        #expect(
            try await parsing().test.post("/", headers: headers(coding.name), body: body).json == [
                ["a": "ä"], #"{"a":"ä"}"#,
            ])
        let decoded = try await decoding(JSON.self).test.post(
            "/", headers: headers(coding.name.uppercased()), body: body)
        #expect(try decoded.json == ["a": "ä"])
    }

    @Test("may be identity, and empty")
    func identity() async throws {
        #expect(try await parsing().test.post("/", headers: headers("identity"), body: "[1]").json[0] == [1])
        #expect(try await parsing().test.post("/", headers: headers("gzip"), body: "").json[0] == [:])
    }

    @Test("of other codings are refused with what is read", arguments: ["compress", "gzip, gzip", "x", "gzip;q=1"])
    func unknown(coding: String) async throws {
        for app in [parsing(), decoding(JSON.self)] {
            let response = try await app.test.post("/", headers: headers(coding), body: "[1]")
            #expect(response.status == 415)
            #expect(response.get("Accept-Encoding")?.hasPrefix("gzip, deflate") == true)
        }
    }

    @Test("that are broken, cut short or followed by more are refused")
    func broken() async throws {
        let whole = try compressed(ByteBuffer(string: "[1]"), .gzip)
        let cut = try #require(whole.getSlice(at: 0, length: whole.readableBytes - 3))
        let more = ByteBuffer(bytes: Array(whole.readableBytesView) + [1, 2, 3])
        for body in [ByteBuffer(string: "[1]"), cut, more] {
            #expect(
                try await decoding(JSON.self).test.post("/", headers: headers("gzip"), body: .bytes(body)).status == 400
            )
        }
    }

    @Test("are counted as they are inflated: a bomb is refused at its limit")
    func bomb() async throws {
        // 16 MiB of spaces in 16 KiB.
        let bomb = TestBody.bytes(try compressed(ByteBuffer(repeating: 0x20, count: 16 << 20), .gzip))
        #expect(try await parsing().test.post("/", headers: headers("gzip"), body: bomb).status == 413)
        #expect(try await decoding(JSON.self).test.post("/", headers: headers("gzip"), body: bomb).status == 413)
        let form = headers("gzip", "application/x-www-form-urlencoded")
        #expect(try await decoding(JSON.self).test.post("/", headers: form, body: bomb).status == 413)
    }

    @Test("may be larger than the limit before they are inflated, but not after")
    func exact() async throws {
        let body = ByteBuffer(string: "[\"\(String(repeating: "a", count: 996))\"]")
        let app = parsing(bodyParser(jsonLimit: 1000))
        #expect(
            try await app.test.post("/", headers: headers("deflate"), body: .bytes(try compressed(body, .deflate)))
                .status == 200)
        var longer = body
        longer.writeString(" ")
        #expect(
            try await app.test.post("/", headers: headers("deflate"), body: .bytes(try compressed(longer, .deflate)))
                .status == 413)
        let tiny = parsing(bodyParser(jsonLimit: 3))
        #expect(
            try await tiny.test.post(
                "/", headers: headers("gzip"), body: .bytes(try compressed(ByteBuffer(string: "[1]"), .gzip))
            ).status == 200)
    }

    @Test("of parts are counted in all")
    func multipart() async throws {
        let text = Made.file("f", "a", String(repeating: "a", count: 100_000)) + "--x--"
        let body = TestBody.bytes(try compressed(ByteBuffer(string: text), .gzip))
        var fields = Made.headers
        fields.set("Content-Encoding", "gzip")
        let app = Application()
        app.use { ctx in
            var size = 0
            for try await part in ctx.multipart(
                limits: MultipartLimits(totalBytes: ctx.path == "/small" ? 90_000 : 110_000))
            {
                for try await piece in part.body { size += piece.readableBytes }
            }
            ctx.body = .json(size)
        }
        #expect(try await app.test.post("/", headers: fields, body: body).text == "100000")
        #expect(try await app.test.post("/small", headers: fields, body: body).status == 413)
    }
}
