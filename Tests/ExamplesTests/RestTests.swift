import KoaTesting
import Testing

@testable import rest

@Suite("the JSON API", .timeLimit(.minutes(10)))
struct RestTests {
    private static let json: Headers = ["Content-Type": "application/json"]
    private let client = makeApp().test

    /// A team with two members.
    private func addTeam() async throws {
        let ada: TestBody = ["name": "Ada", "role": "maintainer"]
        let grace: TestBody = ["name": "Grace", "role": "contributor"]
        #expect(try await client.post("/teams", body: ["id": "swift", "name": "Swift"]).status == 201)
        #expect(try await client.post("/teams/swift/members", body: ada).status == 201)
        #expect(try await client.post("/teams/swift/members", body: grace).status == 201)
    }

    @Test("begins with a link to what it has")
    func index() async throws {
        let teams = try #require(try await client.get("/").json["teams"]?.string)
        #expect(try await client.get(teams).json == [])
    }

    @Test("makes a team, which is where Location says")
    func createsTeam() async throws {
        let made = try await client.post("/teams", body: ["id": "swift", "name": "Swift"])
        #expect(made.status == 201)
        #expect(try made.json == ["id": "swift", "name": "Swift"])
        let location = try #require(made.get("Location"))
        #expect(location == "/teams/swift")
        #expect(try await client.get(location).text == made.text)
        #expect(try await client.get("/teams").json == [["id": "swift", "name": "Swift"]])
    }

    @Test("lists teams by their names in URLs")
    func listsTeams() async throws {
        for id in ["b", "c", "a"] { _ = try await client.post("/teams", body: ["id": id, "name": "Team"]) }
        #expect(try await client.get("/teams").decode([Team].self).map(\.id.rawValue) == ["a", "b", "c"])
    }

    @Test("renames a team, whose id stays")
    func renamesTeam() async throws {
        try await addTeam()
        let renamed = try await client.put("/teams/swift", body: ["id": "other", "name": "Swallows"])
        #expect(renamed.status == 200)
        #expect(try renamed.json == ["id": "swift", "name": "Swallows"])
        #expect(try await client.get("/teams/swift").text == renamed.text)
        #expect(try await client.get("/teams/swift/members").decode([Member].self).count == 2)
    }

    @Test("removes a team when its members have left")
    func removesTeam() async throws {
        try await addTeam()
        #expect(try await client.delete("/teams/swift").status == 409)
        for id in 1...2 { #expect(try await client.delete("/teams/swift/members/\(id)").status == 204) }
        let removed = try await client.delete("/teams/swift")
        #expect(removed.status == 204)
        #expect(removed.text == "")
        #expect(try await client.get("/teams/swift").status == 404)
    }

    @Test("makes a member under a number of its own, which is where Location says")
    func createsMember() async throws {
        try await addTeam()
        let made = try await client.post("/teams/swift/members", body: ["name": "Barbara", "role": "contributor"])
        #expect(made.status == 201)
        let location = try #require(made.get("Location"))
        #expect(location == "/teams/swift/members/3")
        #expect(try await client.get(location).decode(Member.self) == made.decode(Member.self))
    }

    @Test("gives no number a second time")
    func numbers() async throws {
        try await addTeam()
        _ = try await client.delete("/teams/swift/members/2")
        let made = try await client.post("/teams/swift/members", body: ["name": "Barbara", "role": "contributor"])
        #expect(try made.json["id"] == 3)
    }

    @Test("replaces a member")
    func replacesMember() async throws {
        try await addTeam()
        let path = "/teams/swift/members/2"
        #expect(try await client.put(path, body: ["name": "Grace H.", "role": "maintainer"]).status == 200)
        #expect(try await client.get(path).json == ["id": 2, "name": "Grace H.", "role": "maintainer"])
        let nobody = "/teams/swift/members/3"
        #expect(try await client.put(nobody, body: ["name": "Barbara", "role": "maintainer"]).status == 404)
    }

    @Test("lists the members of a role: a word is another route than a number")
    func listsRoles() async throws {
        try await addTeam()
        #expect(try await client.get("/teams/swift/members").decode([Member].self).map(\.name) == ["Ada", "Grace"])
        #expect(try await client.get("/teams/swift/members/maintainer").decode([Member].self).map(\.name) == ["Ada"])
        #expect(try await client.get("/teams/swift/members/2").decode(Member.self).name == "Grace")
        #expect(try await client.get("/teams/swift/members/guest").status == 404)
    }

    @Test("keeps the members of one team out of another")
    func keepsTeamsApart() async throws {
        try await addTeam()
        _ = try await client.post("/teams", body: ["id": "nio", "name": "NIO"])
        #expect(try await client.get("/teams/nio/members").json == [])
        #expect(try await client.get("/teams/nio/members/1").status == 404)
        #expect(try await client.delete("/teams/nio/members/1").status == 404)
        #expect(try await client.get("/teams/swift/members/1").status == 200)
    }

    @Test(
        "says why a request failed, in the form of RFC 9457",
        arguments: [
            ("/nowhere", 404, "Not Found", nil),
            ("/teams/rust", 404, "Not Found", "There is no team rust."),
            ("/teams/rust/members/1", 404, "Not Found", "There is no team rust."),
            ("/teams/No%20Slug", 404, "Not Found", nil),
            ("/teams/swift/members/7", 404, "Not Found", "There is no member 7 in swift."),
            ("/teams/swift/members/1/more", 404, "Not Found", nil),
        ] as [(String, Int, String, String?)]
    )
    func notFound(_ target: String, _ status: Int, _ title: String, _ detail: String?) async throws {
        try await addTeam()
        try expectProblem(try await client.get(target), status, title, detail)
    }

    @Test(
        "refuses a body that isn't what it should be",
        arguments: [
            (#"{"id":"a","#, 400, "Expected a key in quotes but found the end of the text at line 1, column 11."),
            (#"{"id":"a"}"#, 422, "No value for the key \"name\" in the object at line 1, column 1."),
            (#"{"id":"a","name":1}"#, 422, "name: Expected a string but found the number 1 at line 1, column 18."),
            (#"{"id":"a","name":""}"#, 422, "name has to have 1 to 100 characters."),
            (#"{"id":"A","name":"A"}"#, 422, "id: Cannot initialize Slug from invalid String value A"),
            (#"{"id":"swift","name":"A"}"#, 409, "There is a team swift already."),
        ]
    )
    func refusesBodies(_ text: String, _ status: Int, _ detail: String) async throws {
        try await addTeam()
        let response = try await client.post("/teams", headers: Self.json, body: .text(text))
        try expectProblem(response, status, Status(status).reasonPhrase, detail)
        #expect(try await client.get("/teams").decode([Team].self).count == 1)
    }

    @Test("refuses what isn't said to be JSON")
    func refusesOtherTypes() async throws {
        let response = try await client.post("/teams", body: #"{"id":"a","name":"A"}"#)
        try expectProblem(response, 415, "Unsupported Media Type", "Send JSON, as application/json.")
    }

    @Test("reads 16 KB of a body, and no more")
    func refusesLongBodies() async throws {
        let text = #"{"id":"a","name":"A"}"#
        func body(_ count: Int) -> TestBody { .text(text + String(repeating: " ", count: count - text.utf8.count)) }
        let refused = try await client.post("/teams", headers: Self.json, body: body(16 * 1024 + 1))
        #expect(refused.status == 413)
        #expect(refused.type == "application/problem+json")
        #expect(try await client.post("/teams", headers: Self.json, body: body(16 * 1024)).status == 201)
    }

    @Test(
        "tells the methods that a path has",
        arguments: [
            ("/teams", "HEAD, GET, POST"), ("/teams/swift", "HEAD, GET, PUT, DELETE"),
            ("/teams/swift/members", "HEAD, GET, POST"), ("/teams/swift/members/1", "HEAD, GET, PUT, DELETE"),
            ("/teams/swift/members/maintainer", "HEAD, GET"),
        ]
    )
    func methods(_ path: String, _ allowed: String) async throws {
        let options = try await client.options(path)
        #expect(options.status == 200)
        #expect(options.get("Allow") == allowed)
        let refused = try await client.patch(path, body: ["name": "A"])
        try expectProblem(refused, 405, "Method Not Allowed", nil)
        #expect(refused.get("Allow") == allowed)
        try expectProblem(try await client.request(.init("BREW") ?? .get, path), 501, "Not Implemented", nil)
    }

    @Test("answers HEAD as GET, without the body")
    func head() async throws {
        try await addTeam()
        let got = try await client.get("/teams/swift")
        let head = try await client.head("/teams/swift")
        #expect(head.status == 200)
        #expect(head.type == "application/json")
        #expect(head.get("Content-Length") == "\(got.body.readableBytes)")
    }

    @Test("keeps what went wrong inside to itself, and tells the application")
    func unexpectedErrors() async throws {
        struct Secret: Error {}
        let app = makeApp()
        let (errors, told) = AsyncStream<any Error>.makeStream()
        app.onError { error, _ in told.yield(error) }
        app.use { _ in throw Secret() }
        try expectProblem(try await app.test.get("/nowhere"), 500, "Internal Server Error", nil)
        told.finish()
        let all = await errors.reduce(into: []) { $0.append($1) }
        #expect(all.count == 1)
        #expect(all.first is Secret)
    }

    @Test("serves many clients at a time")
    func concurrentRequests() async throws {
        try await addTeam()
        try await client.app.test.live { client in
            let ids = try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 1...40 {
                    group.addTask {
                        let body: TestBody = ["name": "Member \(number)", "role": "contributor"]
                        return try await client.post("/teams/swift/members", body: body).decode(Member.self).id
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(ids.compactMap(\.self).sorted() == Array(3...42))
        }
    }

    private func expectProblem(
        _ response: TestResponse, _ status: Int, _ title: String, _ detail: String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var problem: JSON = ["status": JSON(status), "title": JSON(title)]
        if let detail { problem["detail"] = JSON(detail) }
        #expect(response.status.code == status, sourceLocation: sourceLocation)
        #expect(response.type == "application/problem+json", sourceLocation: sourceLocation)
        #expect(try response.json == problem, sourceLocation: sourceLocation)
    }
}
