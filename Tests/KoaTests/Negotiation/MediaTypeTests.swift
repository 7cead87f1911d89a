import Testing

@testable import Koa

@Suite("MediaType")
struct MediaTypeTests {
    @Test("reads type, subtype and parameters")
    func reads() throws {
        let type = try #require(MediaType("text/html; charset=utf-8; foo=Bar"))
        #expect(type.type == "text")
        #expect(type.subtype == "html")
        #expect(type.essence == "text/html")
        #expect(type.parameters.map(\.name) == ["charset", "foo"])
        #expect(type.parameter("charset") == "utf-8")
        #expect(type.parameter("CHARSET") == "utf-8")
        #expect(type.parameter("foo") == "Bar")
        #expect(type.parameter("bar") == nil)
    }

    @Test("puts names in lower case, and leaves values alone")
    func lowercases() throws {
        let type = try #require(MediaType("IMAGE/SVG+XML; Charset=UTF-8; Charset2=\"UTF-8\""))
        #expect(type.essence == "image/svg+xml")
        #expect(type.parameters.map(\.name) == ["charset", "charset2"])
        #expect(type.parameters.map(\.value) == ["UTF-8", "UTF-8"])
    }

    static let values: [(String, String)] = [
        ("a/b;c=d", "d"), ("a/b; c=d", "d"), ("a/b ;\tc=d", "d"), ("a/b; c = d ", "d"), ("  a/b; c=d  ", "d"),
        ("a/b;C=d", "d"), ("a/b;;c=d;", "d"), ("a/b; ;c=d; ;", "d"),
        (#"a/b; c="d""#, "d"), (#"a/b; c="d e""#, "d e"), (#"a/b; c="""#, ""), (#"a/b; c="d;e=f,g/h""#, "d;e=f,g/h"),
        (#"a/b; c="d\"e""#, "d\"e"), (#"a/b; c="\d\\e""#, "d\\e"), (#"a/b; c="\\""#, "\\"), ("a/b; c=\"é\"", "é"),
        ("a/b; c=\"\t\"", "\t"), ("a/b; c=1; c=2", "2"), ("a/b; c=!#$%&'*+-.^_`|~", "!#$%&'*+-.^_`|~"),
    ]

    @Test("reads a parameter's value", arguments: values)
    func value(_ text: String, _ expected: String) {
        #expect(MediaType(text)?.parameter("c") == expected)
    }

    @Test(
        "takes a type without parameters", arguments: ["a/b", " a/b ", "a/b;", "a/b; ;", "*/*", "text/*", "a/b+c.d-e"])
    func bare(_ text: String) {
        #expect(MediaType(text)?.parameters == [])
    }

    @Test(
        "refuses what is not a media type",
        arguments: [
            "", " ", "/", "a", "a/", "/b", "a/b/c", "a b/c", "a/b c", "a/b,", "a/\"b\"", "é/b", "a/b\u{0}", "a\n/b",
            "; charset=utf-8", "a/b; c", "a/b; =d", "a/b; c=", "a/b; c=d e", "a/b; c=\"d", "a/b; c=d\"",
            "a/b; c=\"", "a/b; c=\"d\"e", "a/b; c=\"d\\\"", "a/b; c=\"d\"e\"", "a/b; c d=e", "a/b; c=é",
            "a/b; c=\"\u{0}\"", "a/b; c=\"\u{7F}\"", "a/b; c=\"\r\n\"", "a/b, c=d",
        ]
    )
    func refuses(_ text: String) {
        #expect(MediaType(text) == nil)
    }

    static let suffixes: [(String, String?)] = [
        ("image/svg+xml", "xml"), ("application/vnd.api+json", "json"), ("a/b+c+d", "d"), ("a/b", nil), ("a/b+", nil),
        ("a/+b", "b"),
    ]

    @Test("has the suffix after the last plus", arguments: suffixes)
    func suffix(_ text: String, _ expected: String?) {
        #expect(MediaType(text)?.suffix.map(String.init) == expected)
    }

    @Test("knows names that can be registered", arguments: ["text/html", "a/b", "x-a/vnd.b+c", "7/8", "a!#$&^_-/b"])
    func registrable(_ text: String) {
        #expect(MediaType(text)?.hasRegistrableNames == true)
    }

    @Test(
        "knows names that can't be registered",
        arguments: ["text/*", "*/*", "text/html**", "a/.b", "-a/b", "a+b/c", "a.b/c", "a/b~", "a/b|", "a/'b'"]
    )
    func unregistrable(_ text: String) {
        #expect(MediaType(text)?.hasRegistrableNames == false)
    }

    @Test("lets registered names have 127 bytes")
    func longNames() {
        let name = String(repeating: "a", count: 127)
        #expect(MediaType("\(name)/\(name)")?.hasRegistrableNames == true)
        #expect(MediaType("\(name)a/b")?.hasRegistrableNames == false)
        #expect(MediaType("b/\(name)a")?.hasRegistrableNames == false)
    }
}
