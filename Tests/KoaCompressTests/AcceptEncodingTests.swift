import KoaTesting
import Testing

@testable import KoaCompress

@Suite("Accept-Encoding")
struct AcceptEncodingTests {
    private func choice(_ field: String, _ rules: CompressionRules = .rfc9110) throws -> String {
        try AcceptEncoding(field).choose([.gzip, .deflate], rules)?.name ?? "identity"
    }

    @Test(
        "chooses by weight, then by the server's preference",
        arguments: [
            ("gzip", "gzip"), ("deflate", "deflate"), ("deflate, gzip", "gzip"), ("gzip, identity", "gzip"),
            ("identity", "identity"), ("", "identity"), ("sdch", "identity"), ("*", "gzip"), ("GZIP", "gzip"),
            ("gzip;q=0.5, deflate;q=0.6", "deflate"), ("gzip;q=0.25, deflate;q=0.251", "deflate"),
            ("gzip;q=0.999, deflate;q=1.000", "deflate"), ("gzip ; q=0.1,deflate; q = 0.2", "deflate"),
            ("*;q=0.5, deflate", "deflate"), ("gzip;q=0, *", "deflate"), ("*, gzip;q=0", "deflate"),
            ("gzip;Q=0.3, deflate;Q=0.2", "gzip"), ("gzip;q=7, deflate", "gzip"), ("gzip, gzip;q=0", "identity"),
        ])
    func weights(field: String, expected: String) throws {
        #expect(try choice(field) == expected)
        #expect(
            try choice(field, .koaCompress) == (expected == "identity" && field.contains("q=0") ? "gzip" : expected))
    }

    @Test(
        "skips entries that aren't well formed",
        arguments: [
            "gzip;q=", "gzip;q=x", "gzip;q=1x", "gzip;q=.5", "gzip;q=-1", "gzip;level=1", "gzip;q=1;q=1", ";q=1",
            "gz ip",
        ]
    )
    func malformed(entry: String) throws {
        #expect(try choice(entry) == "identity")
        #expect(try choice(entry + ", deflate;q=0.1") == "deflate")
    }

    @Test("doesn't use a coding of weight 0, which the reference's rules do at last")
    func zero() throws {
        #expect(try choice("gzip;q=0") == "identity")
        #expect(try choice("gzip;q=0.000, deflate;q=0") == "identity")
        #expect(try choice("gzip;q=0", .koaCompress) == "gzip")
        #expect(try choice("gzip;q=0, deflate;q=0.1", .koaCompress) == "deflate")
    }

    @Test("prefers identity where the client does, which the reference's rules never do")
    func identity() throws {
        #expect(try choice("identity, gzip;q=0.5") == "identity")
        #expect(try choice("identity;q=0.5, gzip;q=0.5") == "gzip")
        #expect(try choice("identity, gzip;q=0.5", .koaCompress) == "gzip")
    }

    @Test("finds nothing acceptable where identity is excluded too")
    func nothing() throws {
        for field in ["identity;q=0", "gzip;q=0, identity;q=0", "*;q=0", "sdch, *;q=0"] {
            #expect(throws: NothingAcceptable.self) { try choice(field) }
        }
        #expect(throws: NothingAcceptable.self) { try choice("identity;q=0", .koaCompress) }
        #expect(try choice("identity, *;q=0") == "identity")
        #expect(try choice("deflate, *;q=0") == "deflate")
    }

    @Test("doesn't cover br and zstd by a star")
    func star() throws {
        #expect(try AcceptEncoding("*").choose(Compression.standard, .rfc9110)?.name == "gzip")
        let newer = Compression.standard.filter { $0.name != "gzip" && $0.name != "deflate" }
        #expect(try AcceptEncoding("*").choose(newer, .rfc9110) == nil)
    }

    @Test("prefers br, then zstd, gzip and deflate, as far as this build has them")
    func preference() throws {
        let names = Compression.standard.map(\.name)
        #expect(names == ["br", "zstd", "gzip", "deflate"].filter(names.contains))
        #expect(
            try AcceptEncoding("deflate, gzip, zstd, br").choose(Compression.standard, .rfc9110)?.name == names.first)
    }

    @Test("looks at a hundred entries")
    func bounded() throws {
        let many = String(repeating: "x,", count: 99)
        #expect(try choice(many + "gzip") == "gzip")
        #expect(try choice(many + "x,gzip") == "identity")
    }
}
