import KoaSession
import KoaTesting
import Testing

@testable import cluster

@Suite("the cluster")
struct ClusterTests {
    private let first: TestClient
    private let second: TestClient

    /// Two processes' applications with one store, and a browser that talks to both.
    init() {
        let store = MemorySessionStore()
        func client(_ process: String) -> TestClient {
            let app = makeApp(store, key: "a key of tests", process: process, env: "production")
            app.silent = true
            return app.test.keepingCookies()
        }
        first = client("first")
        var second = client("second")
        second.cookies = first.cookies
        self.second = second
    }

    private func token(_ client: TestClient) async throws -> String {
        let text = try await client.get("/").text
        let start = try #require(text.firstRange(of: "name=_csrf value=\"")).upperBound
        return String(text[start...].prefix { $0 != "\"" })
    }

    private func login(_ name: String) async throws -> TestResponse {
        try await first.post("/login", body: .form(["_csrf": token(first), "name": name]))
    }

    @Test("says which process answers")
    func process() async throws {
        for (client, name) in [(first, "first"), (second, "second")] {
            let response = try await client.get("/")
            #expect(response.status == 200)
            #expect(response.get("X-Process") == name)
            #expect(response.text.contains("Answered by process \(name)."))
        }
    }

    @Test("knows a user on every process once logged in on one, and on none once logged out on another")
    func users() async throws {
        #expect(try await second.get("/whoami").json == ["user": nil, "process": "second"])
        let login = try await login("Ada")
        #expect(login.status == 303)
        #expect(login.get("Location") == "/")
        #expect(try await first.get("/whoami").json == ["user": "Ada", "process": "first"])
        #expect(try await second.get("/whoami").json == ["user": "Ada", "process": "second"])
        #expect(try await second.get("/").text.contains("Hello Ada."))
        let logout = try await second.post("/logout", body: .form(["_csrf": token(second)]))
        #expect(logout.status == 303)
        #expect(try await first.get("/whoami").json["user"] == .null)
        #expect(try await second.get("/").text.contains("action=/login"))
    }

    @Test("gives the session another id at login, and ends the old one")
    func fixation() async throws {
        _ = try await login("Ada")
        let before = first.cookies.all.first { $0.name == "koa.sess" }?.value
        _ = try await login("Grace")
        let after = first.cookies.all.first { $0.name == "koa.sess" }?.value
        #expect(before != nil && after != nil && before != after)
        #expect(try await second.get("/whoami").json["user"] == "Grace")
    }

    @Test("shows a name as text, whatever is in it")
    func escaping() async throws {
        _ = try await login("<script>\"&")
        #expect(try await second.get("/").text.contains("Hello &lt;script&gt;&quot;&amp;."))
    }

    @Test("refuses forms of other sites, and logins without a name")
    func refusals() async throws {
        #expect(try await first.post("/login", body: .form(["name": "Ada"])).status == 403)
        #expect(try await first.post("/login", body: .form(["_csrf": token(first)])).status == 422)
        #expect(try await first.get("/whoami").json["user"] == .null)
    }

    @Test("has the stores of its build, and tells what to do for the others")
    func stores() throws {
        #expect(try makeStore("memory", [:]) is MemorySessionStore)
        let error = #expect(throws: UnknownStore.self) { try makeStore("oracle", [:]) }
        #expect(error?.description.contains("--traits Redis,MySQL") == true)
    }
}
