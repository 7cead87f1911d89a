import Testing

@testable import Koa

@Suite("ctx.subdomains")
struct RequestSubdomainsTests {
    private func subdomains(_ host: String, offset: Int = 2) -> [String] {
        madeContext(headers: ["Host": host], app: Application(subdomainOffset: offset)).subdomains
    }

    @Test("are the labels before the last two, nearest first")
    func nearestFirst() {
        #expect(subdomains("tobi.ferrets.example.com") == ["ferrets", "tobi"])
        #expect(subdomains("tobi.ferrets.example.com:3000") == ["ferrets", "tobi"])
        #expect(subdomains("example.com") == [])
        #expect(subdomains("localhost") == [])
    }

    @Test(
        "leave out as many labels as the application says",
        arguments: [
            (3, ["tobi"]), (0, ["com", "example", "ferrets", "tobi"]), (9, []),
            (-1, ["com", "example", "ferrets", "tobi"]),
        ]
            as [(Int, [String])]
    )
    func offset(count: Int, expected: [String]) {
        #expect(subdomains("tobi.ferrets.example.com", offset: count) == expected)
    }

    @Test("are none without a host")
    func withoutHost() {
        #expect(madeContext().subdomains == [])
        #expect(subdomains("") == [])
    }

    @Test(
        "are none of an IP address, also with a port", arguments: ["127.0.0.1", "127.0.0.1:3000", "[::1]", "[::1]:80"])
    func ipAddress(host: String) {
        #expect(subdomains(host) == [])
        #expect(subdomains(host, offset: 0) == [])
    }
}
