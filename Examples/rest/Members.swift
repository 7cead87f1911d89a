import Koa
import KoaRouter

/// The routes of a team's members, below the team's own path.
struct Members: RouteCollection {
    let store: TeamStore

    func add(to router: Router) {
        let member = Route("/:id", Int.self)
        router.get("/", returning: list)
        router.post("/", returning: create)
        // Both match any one segment; the types of their parameters tell them apart.
        router.get("/:role", where: ["role": .as(Role.self)], returning: listRole)
        router.get(member, handler: show)
        router.put(member, handler: replace)
        router.delete(member, handler: remove)
    }

    private func list(_ ctx: Context) async throws -> [Member] {
        try await store.members(of: ctx.team.id)
    }

    private func listRole(_ ctx: Context) async throws -> [Member] {
        let role = try ctx.params.require("role", as: Role.self)
        return try await list(ctx).filter { $0.role == role }
    }

    private func create(_ ctx: Context) async throws -> Member {
        let new = try await read(ctx)
        let team = try ctx.team.id
        let member = try await store.addMember(to: team, name: new.name, role: new.role)
        ctx.status = .created
        ctx.set("Location", Paths.member.url(team, member.id))
        return member
    }

    private func show(_ ctx: Context, id: Int) async throws {
        ctx.body = .json(try await store.member(id, of: ctx.team.id))
    }

    private func replace(_ ctx: Context, id: Int) async throws {
        let new = try await read(ctx)
        let member = Member(id: id, name: new.name, role: new.role)
        try await store.replace(member, of: ctx.team.id)
        ctx.body = .json(member)
    }

    private func remove(_ ctx: Context, id: Int) async throws {
        try await store.removeMember(id, of: ctx.team.id)
        ctx.status = .noContent
    }

    /// What clients say of a member; the number isn't theirs to choose.
    private struct Content: Decodable {
        let name: String
        let role: Role
    }

    private func read(_ ctx: Context) async throws -> Content {
        let content = try await ctx.json(Content.self)
        try ctx.checkName(content.name)
        return content
    }
}
