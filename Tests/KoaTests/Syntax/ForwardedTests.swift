import Testing

@testable import Koa

@Suite("The Forwarded field")
struct ForwardedTests {
    /// An element in one line, for comparison: `for|by|host|proto`.
    private func texts(_ elements: [Forwarded.Element]?) -> [String]? {
        elements?.map { element in
            [text(element.for), text(element.by), element.host ?? "", element.proto ?? ""].joined(separator: "|")
        }
    }

    private func text(_ node: Forwarded.Node?) -> String {
        guard let node else { return "" }
        let name =
            switch node.name {
            case .address(let address): "\(address)"
            case .obfuscated(let word): word
            case .unknown: "unknown"
            }
        return node.port.map { "\(name) \($0)" } ?? name
    }

    static let fields: [(String, [String])] = [
        ("", []), (",", []), (" , ,", []), (";", []),
        ("for=192.0.2.60;proto=http;by=203.0.113.43", ["192.0.2.60|203.0.113.43||http"]),
        ("for=\"_gazonk\"", ["_gazonk|||"]), ("for=_hidden, for=_SEVKISEK", ["_hidden|||", "_SEVKISEK|||"]),
        ("For=\"[2001:db8:cafe::17]:4711\"", ["2001:db8:cafe::17 4711|||"]),
        ("for=\"[2001:db8:cafe::17]\"", ["2001:db8:cafe::17|||"]),
        ("for=192.0.2.43, for=198.51.100.17", ["192.0.2.43|||", "198.51.100.17|||"]),
        (
            "for=192.0.2.43,for=198.51.100.17;by=203.0.113.60;proto=http;host=example.com",
            ["192.0.2.43|||", "198.51.100.17|203.0.113.60|example.com|http"]
        ),
        ("for=\"192.0.2.43:47011\"", ["192.0.2.43 47011|||"]), ("for=\"192.0.2.43:_port\"", ["192.0.2.43 _port|||"]),
        ("for=unknown", ["unknown|||"]), ("for=Unknown", ["unknown|||"]), ("for=\"unknown:80\"", ["unknown 80|||"]),
        ("for=\"_a.b-c:_x\"", ["_a.b-c _x|||"]),
        ("FOR=1.2.3.4;PROTO=HTTPS;Host=\"Example.com:8080\"", ["1.2.3.4||Example.com:8080|https"]),
        ("proto=https", ["|||https"]), ("host=example.com", ["||example.com|"]), ("host=\"[::1]:80\"", ["||[::1]:80|"]),
        ("for=1.2.3.4;secret=x;ext=\"a,b;c\"", ["1.2.3.4|||"]),
        (" for=1.2.3.4 ; proto=http , for=5.6.7.8 ", ["1.2.3.4|||http", "5.6.7.8|||"]),
        (";;for=1.2.3.4;;", ["1.2.3.4|||"]), ("for=\"\\1.2.3.4\"", ["1.2.3.4|||"]), ("\tfor=1.2.3.4\t", ["1.2.3.4|||"]),
        ("for=\"[::ffff:1.2.3.4]\"", ["1.2.3.4|||"]),
    ]

    @Test("reads its elements, nearest client first", arguments: fields)
    func reads(value: String, expected: [String]) {
        #expect(texts(Forwarded.parse(value)) == expected)
    }

    @Test(
        "trusts nothing of a malformed field",
        arguments: [
            "for", "for=", "=x", "for==x", "for =1.2.3.4", "for= 1.2.3.4", "for=1.2.3.4 proto=http", "for=1.2.3.4:80",
            "for=[::1]",
            "for=\"1.2.3.4", "for=\"1.2.3.4\"x", "for=::1", "for=\"::1\"", "for=\"[::1\"", "for=\"[::1]x\"",
            "for=\"[::1]:\"",
            "for=\"[1.2.3.4]\"", "for=\"1.2.3.4:123456\"", "for=\"1.2.3.4:\"", "for=\"1.2.3.4:-1\"", "for=1.2.3",
            "for=256.1.1.1", "for=01.2.3.4",
            "for=example.com", "for=_", "for=\"_a b\"", "for=\"_é\"", "for=\"\"", "for=\"[::1%eth0]\"",
            "for=1.2.3.4;for=5.6.7.8",
            "proto=http;PROTO=https", "x=1;x=2", "host=\"a b\"", "host=\"\"", "host=\"a@b\"", "host=\"a,b\"",
            "host=\"a\\\\b\"", "proto=\"\"",
            "proto=\"ht tp\"", "proto=1http", "proto=\"http:\"", "for=1.2.3.4, garbage", "for=1.2.3.4;é=1",
            "for=\"1.2.3.4\n\"", "for=1.2.3.4\0",
            "for=1.2.3.4; proto", "for=日", "\"for\"=1.2.3.4", "for=1.2.3.4 x", "by=x", "for='1.2.3.4'",
        ]
    )
    func refuses(value: String) {
        #expect(Forwarded.parse(value) == nil)
    }

    @Test("gives the address where it is known")
    func address() throws {
        let elements = try #require(Forwarded.parse("for=\"[2001:db8::1]:80\", for=_hidden, for=unknown, proto=http"))
        #expect(elements.map { $0.for?.address } == [IPAddress("2001:db8::1"), nil, nil, nil])
        #expect(elements[0].for?.port == "80")
        #expect(elements[1].for?.name == .obfuscated("_hidden"))
        #expect(elements[2].for?.name == .unknown)
        #expect(elements[3].for == nil)
    }

    @Test("reads up to a hundred elements")
    func limit() {
        func field(_ count: Int) -> String { Array(repeating: "for=1.2.3.4", count: count).joined(separator: ",") }
        #expect(Forwarded.parse(field(Forwarded.limit))?.count == Forwarded.limit)
        #expect(Forwarded.parse(field(Forwarded.limit + 1)) == nil)
        let parameters = (0...Forwarded.limit).map { "p\($0)=x" }.joined(separator: ";")
        #expect(Forwarded.parse(parameters) == nil)
    }

    @Test(
        "stays linear on hostile fields",
        arguments: ["for=1.2.3.4,", ",", ";", "\"", "\\", "=", "a=b;", "for=\"", "[", " ", "\0", "é"])
    func hostile(part: String) {
        let value = String(repeating: part, count: 65536 / part.utf8.count)
        #expect(Forwarded.parse(value + "\u{1}") == nil)
        #expect(Forwarded.parse("for=\"\(value)") == nil)
    }
}
