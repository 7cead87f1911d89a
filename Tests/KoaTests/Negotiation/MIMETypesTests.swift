import Testing

@testable import Koa

@Suite("MIMETypes.lookup")
struct MIMETypesLookupTests {
    static let paths: [(String, String?)] = [
        ("png", "image/png"), (".png", "image/png"), ("PNG", "image/png"), ("photo.png", "image/png"),
        ("/img/photo.png", "image/png"), ("a.b.png", "image/png"), ("photo.png/", "image/png"),
        ("/img.png/photo.jpg", "image/jpeg"), ("a/b.tar.gz", "application/gzip"), ("..png", "image/png"),
        ("/img/png", nil), ("/img/.png", nil), ("png.", nil), (".", nil), ("..", nil), ("/", nil), ("", nil),
        ("a/..", nil), ("unknown-ext", nil), ("a/b.unknown", nil), ("constructor", nil), ("image/png", nil),
        ("png jpg", nil), ("png;", nil), ("\u{0}", nil), ("é", nil),
    ]

    @Test("takes an extension or a path", arguments: paths)
    func lookup(_ path: String, _ expected: String?) {
        #expect(MIMETypes.lookup(path) == expected)
    }

    static let resolved: [(String, String)] = [
        ("js", "text/javascript"), ("mjs", "text/javascript"), ("cjs", "application/node"), ("xml", "application/xml"),
        ("wav", "audio/wav"), ("rtf", "application/rtf"), ("asc", "application/pgp-keys"), ("mp4", "video/mp4"),
        ("ico", "image/vnd.microsoft.icon"), ("ts", "video/mp2t"), ("md", "text/markdown"),
        ("bin", "application/octet-stream"),
        ("exe", "application/x-msdos-program"), ("123", "application/vnd.lotus-1-2-3"),
        ("zmm", "application/vnd.handheld-entertainment+xml"), ("ez", "application/andrew-inset"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("ice", "x-conference/x-cooltalk"),
    ]

    @Test("resolves extensions of several types", arguments: resolved)
    func resolves(_ name: String, _ expected: String) {
        #expect(MIMETypes.lookup(name) == expected)
        #expect(MIMETypes.lookup("A." + name.uppercased()) == expected)
    }
}

@Suite("MIMETypes.contentType")
struct MIMETypesContentTypeTests {
    static let types: [(String, String?)] = [
        ("html", "text/html; charset=utf-8"), (".html", "text/html; charset=utf-8"),
        ("a.html", "text/html; charset=utf-8"), ("json", "application/json; charset=utf-8"),
        ("Json", "application/json; charset=utf-8"), ("png", "image/png"), ("bin", "application/octet-stream"),
        ("text", "text/plain; charset=utf-8"), ("markdown", "text/markdown; charset=utf-8"),
        ("webmanifest", "application/manifest+json; charset=utf-8"), ("jsonld", "application/ld+json"),
        ("text/html", "text/html; charset=utf-8"), ("TEXT/HTML", "TEXT/HTML; charset=utf-8"),
        ("text/html; charset=iso-8859-1", "text/html; charset=iso-8859-1"),
        ("text/html; Charset=x", "text/html; Charset=x"), ("text/html; foo=bar", "text/html; foo=bar; charset=utf-8"),
        ("text/x-unheard-of", "text/x-unheard-of; charset=utf-8"),
        ("application/json", "application/json; charset=utf-8"),
        ("application/JSON", "application/JSON; charset=utf-8"),
        ("application/javascript", "application/javascript; charset=utf-8"),
        ("application/octet-stream", "application/octet-stream"), ("image/jpeg; q=1", "image/jpeg; q=1"),
        ("multipart/form-data", "multipart/form-data"), ("x/y", "x/y"), ("/", "/"), ("a/b.aac", "a/b.aac"),
        ("text/", "text/; charset=utf-8"), ("form", nil), ("urlencoded", nil), ("multipart", nil), ("unknown-ext", nil),
        ("", nil),
    ]

    @Test("adds the default charset to a type or to an extension's type", arguments: types)
    func contentType(_ text: String, _ expected: String?) {
        #expect(MIMETypes.contentType(text) == expected)
    }

    @Test("answers by heart what the table answers")
    func usualTypes() {
        for name in ["html", "json", "js", "mjs", "css", "png", "jpg", "jpeg", "svg", "txt", "text", "bin"] {
            #expect(MIMETypes.lookup(name) == MIMETable.type(ofExtension: name[...]))
            // In capitals the constants don't match.
            #expect(MIMETypes.contentType(name) == MIMETypes.contentType(name.uppercased()))
        }
        for type in ["text/html", "application/json", "text/plain", "text/css", "text/javascript", "image/png"] {
            #expect(MIMETypes.contentType(type) == MIMETypes.contentType(type.uppercased())?.lowercased())
        }
    }
}

@Suite("MIMETypes: facts of a type")
struct MIMETypesFactsTests {
    static let charsets: [(String, String?)] = [
        ("text/html", "utf-8"), ("TEXT/anything", "utf-8"), ("application/json", "utf-8"),
        ("Application/JSON; a=b", "utf-8"), ("application/manifest+json", "utf-8"), ("application/vnd.api+json", nil),
        ("application/xml", nil), ("image/png", nil), ("", nil), ("text", nil), ("x/y", nil),
    ]

    @Test("charset", arguments: charsets)
    func charset(_ type: String, _ expected: String?) {
        #expect(MIMETypes.charset(of: type) == expected)
    }

    @Test(
        "is compressible",
        arguments: [
            "text/html", "text/html; charset=utf-8", "TEXT/UNHEARD-OF", "application/json", "application/vnd.api+json",
            "image/svg+xml", "x/y+XML", "x/y+text; a=b", "application/octet-stream", "application/javascript",
            "application/wasm", "font/ttf", "image/bmp", "application/xml", "application/x-www-form-urlencoded",
        ]
    )
    func compressible(_ type: String) {
        #expect(MIMETypes.isCompressible(type))
    }

    @Test(
        "is not compressible",
        arguments: [
            "image/png", "image/jpeg", "video/mp4", "application/zip", "application/gzip", "font/woff2", "x/y", "",
            "+jso",
            "text", "x/y+xmls", "multipart/form-data", "application/pdf",
        ]
    )
    func incompressible(_ type: String) {
        #expect(!MIMETypes.isCompressible(type))
    }

    static let extensions: [(String, String?)] = [
        ("text/html", "html"), ("text/html; charset=utf-8", "html"), ("TEXT/HTML", "html"), ("image/jpeg", "jpg"),
        ("text/plain", "txt"), ("application/octet-stream", "bin"), ("application/json", "json"),
        ("text/markdown", "md"), ("application/javascript", "js"), ("text/xml", "xml"), ("audio/mpeg", "mp3"),
        ("application/x-www-form-urlencoded", nil), ("x/y", nil), ("", nil), ("text/", nil), ("text/htm", nil),
        ("application/andrew-inset", "ez"), ("x-conference/x-cooltalk", "ice"),
    ]

    @Test("file extension", arguments: extensions)
    func fileExtension(_ type: String, _ expected: String?) {
        #expect(MIMETypes.fileExtension(of: type) == expected)
    }
}

@Suite("MIMETable")
struct MIMETableTests {
    private static let lines = String(describing: MIMETable.text).split(separator: "\n").map(String.init)

    private static func type(_ line: String) -> String {
        String(line.prefix { $0 != " " && $0 != ";" })
    }

    @Test("is sorted by type, without repetitions")
    func sorted() {
        let types = Self.lines.map(Self.type)
        #expect(types.count > 900)
        #expect(zip(types, types.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test("fits the offsets of its index")
    func size() {
        #expect(MIMETable.text.utf8CodeUnitCount <= Int(UInt16.max))
    }

    @Test("has media types in lower case, and marks that are known")
    func wellFormed() {
        for line in Self.lines {
            let head = line.prefix { $0 != " " }.split(separator: ";")
            #expect(MediaType(Self.type(line))?.hasRegistrableNames == true, "\(line)")
            #expect(line == line.lowercased())
            #expect(head.dropFirst().allSatisfy { MIMETable.Mark(rawValue: String($0)) != nil }, "\(line)")
        }
    }

    @Test("finds every type and every extension, each extension once")
    func findsAll() {
        var seen: Set<Substring> = []
        for line in Self.lines {
            let type = Self.type(line)
            let words = line.split(separator: " ")
            #expect(MIMETypes.fileExtension(of: type) == words.dropFirst().first.map(String.init))
            if words.first?.hasSuffix(";alias") == true { continue }
            for name in words.dropFirst() {
                #expect(seen.insert(name).inserted, "\(name)")
                #expect(MIMETable.type(ofExtension: name) == type)
            }
        }
        #expect(seen.count == 1239)
    }

    @Test(
        "does not find what stands before, between and after its lines",
        arguments: ["a", "application/andrew", "zzz/z"])
    func missing(_ type: String) {
        #expect(MIMETable.line(ofType: type[...]) == nil)
        #expect(MIMETable.type(ofExtension: type[...]) == nil)
    }
}
