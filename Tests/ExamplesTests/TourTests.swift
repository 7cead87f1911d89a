import KoaTesting
import Testing

@testable import tour

@Suite("the tour", .timeLimit(.minutes(10)))
struct TourTests {
    private func makeClient() throws -> TestClient {
        let app = try makeTour()
        app.silent = true
        return app.test
    }

    /// The targets of the index page's links.
    private func links(_ client: TestClient) async throws -> [String] {
        try await client.get("/").text.split(separator: "<a href=\"").dropFirst()
            .map { String($0.prefix { $0 != "\"" }) }
    }

    /// What each page answers to a plain GET: the status and the type.
    static let expected: [String: (Status, String)] = [
        "/body/text": (200, "text/plain"), "/body/html": (200, "text/html"), "/body/bytes": (200, "image/gif"),
        "/body/literal": (200, "application/json"), "/body/json": (200, "application/json"),
        "/body/file": (200, "text/plain"), "/body/missing": (404, "text/plain"), "/body/none": (204, ""),
        "/body/status": (418, "text/plain"),
        "/stream/writer": (200, "text/plain"), "/stream/length": (200, "text/plain"),
        "/stream/sequence": (200, "text/plain"), "/stream/early": (500, "text/plain"),
        "/stream/late": (200, "text/plain"),
        "/error/throw": (401, "text/plain"), "/error/assert": (400, "text/plain"),
        "/error/require": (422, "text/plain"), "/error/unexpected": (500, "text/plain"),
        "/error/own": (409, "text/plain"), "/error/kept": (503, "text/plain"), "/error/refused": (500, "text/plain"),
        "/error/nobody": (404, "text/plain"),
        "/cookies/plain": (200, "text/plain"), "/cookies/signed": (200, "text/plain"),
        "/cookies/delete": (200, "text/plain"),
        "/accepts/type": (200, "application/json"), "/accepts/language": (200, "text/plain"),
        "/accepts/encoding": (200, "application/json"),
        "/request/query": (200, "application/json"), "/request/headers": (200, "application/json"),
        "/request/url": (200, "application/json"), "/request/echo": (200, "text/plain"),
        "/request/collect": (200, "text/plain"),
        "/redirect/found": (302, "text/html"), "/redirect/moved": (301, "text/html"),
        "/redirect/back": (302, "text/html"), "/redirect/refused": (500, "text/plain"),
        "/cache/etag": (200, "text/plain"), "/cache/attachment": (200, "text/plain"),
        "/flow/state": (200, "text/plain"), "/flow/current": (200, "text/plain"), "/flow/offload": (200, "text/plain"),
    ]

    @Test("every link of the index page answers as it should", arguments: [false, true])
    func visitsAll(isLive: Bool) async throws {
        let client = isLive ? try await makeClient().live() : try makeClient()
        let links = try await links(client)
        #expect(links.count == Self.expected.count)
        for link in links {
            let response = try await client.get(link)
            let path = String(link.prefix { $0 != "?" })
            let (status, type) = try #require(Self.expected[path], "\(path) is new: say what it answers")
            #expect(response.status == status, "\(link)")
            #expect(response.type == type, "\(link)")
            #expect(response.isBroken == (path == "/stream/late"), "\(link)")
        }
        await client.stop()
    }

    @Test("the index is HTML; what isn't there is a 404")
    func index() async throws {
        let client = try makeClient()
        let response = try await client.get("/")
        #expect(response.type == "text/html")
        #expect(response.text.hasPrefix("<!doctype html>"))
        #expect(response.get("X-Response-Time")?.hasSuffix(" seconds") == true)
        #expect(try await client.get("/nowhere").status == 404)
    }

    @Test(
        "says what it promises",
        arguments: [
            ("/body/text", "Hello World"), ("/body/literal", #"{"name":"Tobi","legs":4,"friends":["Loki","Jane"]}"#),
            ("/body/json", #"{"name":"Tobi","legs":4,"friends":["Loki","Jane"]}"#),
            ("/stream/writer", "line 1\nline 2\nline 3\n"), ("/stream/length", "0123456789"),
            ("/stream/sequence", "3…\n2…\n1…\nLift-off!\n"), ("/stream/late", "half of it"),
            ("/error/throw", "Please login!"), ("/error/assert?age=12", "You have to be 18, and are 12"),
            ("/error/assert?age=18", "Come in!"), ("/error/require?name=Ada", "Hello Ada"),
            ("/error/unexpected", "Internal Server Error"), ("/error/own", "We are out of umbrellas."),
            ("/request/query?tag=a&tag=b&q=c", #"{"q":"c","tags":["a","b"],"raw":"tag=a&tag=b&q=c"}"#),
            ("/flow/state?name=Ada", "Hello Ada"), ("/flow/state", "Hello stranger"),
            ("/flow/current", "Serving GET /flow/current"), ("/flow/offload", "There are 1229 primes below 10000"),
        ]
    )
    func texts(_ target: String, _ text: String) async throws {
        #expect(try await makeClient().get(target).text == text)
    }

    @Test("keeps headers on errors, and those alone")
    func keptHeaders() async throws {
        let response = try await makeClient().get("/error/kept")
        #expect(response.get("X-Request-Id") == "42")
        #expect(response.get("Retry-After") == "5")
        #expect(response.get("X-Lost") == nil)
    }

    @Test("counts visits, remembers a name, and forgets both")
    func cookies() async throws {
        let client = try makeClient().keepingCookies()
        for count in 1...3 { #expect(try await client.get("/cookies/plain").text == "Visit \(count)") }
        #expect(try await client.get("/cookies/signed").text == "Who are you? Tell me by ?name=")
        #expect(try await client.get("/cookies/signed?name=Ada").text == "I'll remember you, Ada")
        #expect(try await client.get("/cookies/signed").text == "You are Ada, no doubt")
        client.cookies["name"] = "Eve"
        #expect(try await client.get("/cookies/signed").text == "Who are you? Tell me by ?name=")
        client.cookies["name"] = nil
        #expect(try await client.get("/cookies/signed?name=Ada").status == 200)
        #expect(try await client.get("/cookies/delete").status == 200)
        #expect(client.cookies.all.isEmpty)
    }

    @Test(
        "negotiates",
        arguments: [
            ("/accepts/type", "Accept", "text/html", "<p>Hello World</p>"),
            ("/accepts/type", "Accept", "text/plain", "Hello World"),
            ("/accepts/type", "Accept", "image/png", "Not Acceptable"),
            ("/accepts/language", "Accept-Language", "fr, en;q=0.5", "Bonjour !"),
            (
                "/accepts/encoding", "Accept-Encoding", "gzip;q=0.5, br",
                #"{"all":["br","gzip","identity"],"best":"gzip"}"#
            ),
        ]
    )
    func negotiates(_ path: String, _ field: String, _ value: String, _ text: String) async throws {
        let response = try await makeClient().get(path, headers: [field: value])
        #expect(response.text == text)
        if response.status == 200 { #expect(response.get("Vary") == field) }
    }

    @Test("echoes a body while it comes")
    func echo() async throws {
        try await makeClient().live { client in
            let response = try await client.post(
                "/request/echo", headers: ["Content-Type": "text/x-parts"], body: .stream(["one ", "two"])
            )
            #expect(response.text == "one two")
            #expect(response.type == "text/x-parts")

            // The first part comes back before the second is sent.
            let connection = try await client.connect()
            try await connection.send("POST /request/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\npart")
            _ = try await connection.receive(until: "part")
            try await connection.send("rest")
            _ = try await connection.receive(until: "rest")
        }
    }

    @Test("refuses a body that is too long")
    func tooLong() async throws {
        let client = try makeClient()
        #expect(try await client.post("/request/collect", body: "short").text == "5 bytes")
        #expect(try await client.post("/request/collect", body: .text(String(repeating: "x", count: 65))).status == 413)
    }

    @Test("redirects, and back")
    func redirects() async throws {
        let client = try makeClient()
        #expect(try await client.get("/redirect/found").get("Location") == "/body/text")
        #expect(try await client.get("/redirect/back").get("Location") == "/")
        let back = try await client.get("/redirect/back", headers: ["Referer": "http://127.0.0.1/body/html"])
        #expect(back.get("Location") == "http://127.0.0.1/body/html")
        let foreign = try await client.get("/redirect/back", headers: ["Referer": "http://elsewhere.example/"])
        #expect(foreign.get("Location") == "/")
    }

    @Test("has clients keep what they have, and download under a name")
    func caching() async throws {
        let client = try makeClient()
        #expect(try await client.get("/cache/etag").get("ETag") == "\"v1\"")
        #expect(try await client.get("/cache/etag", headers: ["If-None-Match": "\"v1\""]).status == 304)
        #expect(try await client.get("/cache/etag", headers: ["If-None-Match": "\"v0\""]).status == 200)
        let download = try await client.get("/cache/attachment")
        #expect(
            download.get("Content-Disposition")?.contains("filename*=UTF-8''r%C3%A9sum%C3%A9%20%E2%82%AC.txt") == true)
    }

    @Test("shows a file, and tells of headers and URL")
    func requests() async throws {
        let client = try makeClient()
        #expect(try await client.get("/body/file").text.contains("A file: the source of this page"))
        #expect(try await client.get("/request/headers", headers: ["X-A": "1"]).json["X-A"] == "1")
        #expect(try await client.get("/request/url").json["href"] == "http://127.0.0.1/request/url")
    }
}
