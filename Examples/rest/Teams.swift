import Koa
import KoaRouter

/// The routes of teams, and below each the routes of its members.
struct Teams: RouteCollection {
    let store: TeamStore

    func add(to router: Router) {
        router.get("/", returning: list)
        router.post("/", returning: create)
        router.get("/:team", returning: { ctx in try ctx.team })
        router.put("/:team", returning: rename)
        router.delete("/:team", handler: remove)
        router.register("/:team/members", Members(store: store))
    }

    private func list(_ ctx: Context) async -> [Team] { await store.teams }

    private func create(_ ctx: Context) async throws -> Team {
        let team = try await ctx.json(Team.self)
        try ctx.checkName(team.name)
        try await store.add(team)
        ctx.status = .created
        ctx.set("Location", Paths.team.url(team.id))
        return team
    }

    private struct Renaming: Decodable {
        let name: String
    }

    private func rename(_ ctx: Context) async throws -> Team {
        let new = try await ctx.json(Renaming.self)
        try ctx.checkName(new.name)
        return try await store.rename(ctx.team.id, to: new.name)
    }

    private func remove(_ ctx: Context) async throws {
        try await store.removeTeam(ctx.team.id)
        ctx.status = .noContent
    }
}

/// Where the team of the path is kept.
enum TeamKey: StateKey { typealias Value = Team }

extension Context {
    /// The team of the path, which the router has looked up.
    var team: Team {
        get throws { try require(state[TeamKey.self]) }
    }

    /// Answers 422 for a name that is none.
    func checkName(_ name: String) throws {
        try assert((1...100).contains(name.count), 422, "name has to have 1 to 100 characters.")
    }
}
