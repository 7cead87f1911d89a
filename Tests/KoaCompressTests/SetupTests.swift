import KoaCodings
import KoaTesting
import NIOCore
import Testing

@testable import KoaCompress

@Suite("setting compression up")
struct SetupTests {
    @Test(
        "refuses levels that aren't there, a coding twice, and a negative threshold",
        arguments: [
            (compress([.gzip(level: 10)]), "gzip has no level 10; it has 0 to 9"),
            (compress([.deflate(level: -1)]), "deflate has no level -1; it has 0 to 9"),
            (compress([.gzip, .gzip(level: 1)]), "twice"), (compress(threshold: -1), "-1 bytes"),
        ])
    func refused(compression: Compress, hint: String) {
        let app = Application()
        app.use(compression)
        let error = #expect(throws: KoaError.self) { try app.prepare() }
        #expect(error?.code == .invalidSetup)
        #expect(error?.message.contains(hint) == true)
    }

    @Test("takes what is within the limits, and no coding at all")
    func accepted() throws {
        for compression in [compress(), compress([]), compress([.gzip(level: 0), .deflate(level: 9)], threshold: 0)] {
            let app = Application()
            app.use(compression)
            try app.prepare()
        }
    }

    @Test("puts encoders back, also after a failure, and keeps eight")
    func pool() throws {
        let pool = EncoderPool()
        let body = ByteBuffer(string: Coded.text)
        for _ in 1...20 { _ = try pool.encode(body, .gzip) }
        #expect(pool.count == 1)
        _ = try pool.encode(body, .gzip(level: 1))
        #expect(pool.count == 2)
        let encoders = try (1...12).map { _ in try pool.take(.gzip) }
        #expect(pool.count == 1)
        // In the middle of a body, and at its end.
        _ = try encoders[0].write(body)
        _ = try encoders[1].finish()
        for encoder in encoders { pool.giveBack(encoder, .gzip) }
        #expect(pool.count == EncoderPool.capacity)
        for _ in 1...10 {
            #expect(try Coded.decode(pool.encode(body, .gzip), "gzip") == body)
        }
    }

    @Test(
        "knows types that compress well",
        arguments: [
            "text/html", "TEXT/css; charset=utf-8", "application/json", "application/vnd.api+json;v=1", "image/svg+xml",
            "application/javascript", "font/ttf", "application/wasm", "text/event-stream", "model/x3d+xml",
        ])
    func compressible(type: String) {
        #expect(Compress.isCompressible(type))
    }

    @Test(
        "knows types that don't",
        arguments: ["", "image/png", "application/zip", "application/octet-stream", "video/mp4", "json", "+jsonp"])
    func incompressible(type: String) {
        #expect(!Compress.isCompressible(type))
    }
}
