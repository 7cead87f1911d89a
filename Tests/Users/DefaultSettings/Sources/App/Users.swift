import Koa
import Synchronization

struct User: Codable, Sendable {
    var id: String
    var name: String
    var isActive = true
}

enum UserKey: StateKey { typealias Value = User }

extension ContextState {
    var user: User? {
        get { self[UserKey.self] }
        set { self[UserKey.self] = newValue }
    }
}

/// Methods of a struct as middleware, with and without next.
struct UserController {
    let names: [String: String]

    func load(_ ctx: Context, _ next: Next) async throws {
        if ctx.path.hasPrefix("/users"), let id = ctx.query["id"] {
            let name = try ctx.require(await find(id), 404, "No such user")
            ctx.state.user = User(id: id, name: name)
        }
        try await next()
    }

    func index(_ ctx: Context, _ next: Next) async throws {
        guard ctx.path == "/users" else { return try await next() }
        guard let user = ctx.state.user else {
            ctx.body = .json(names.keys.sorted())
            return
        }
        ctx.body = ["id": user.id, "name": user.name]
    }

    private func find(_ id: String) async -> String? {
        await Task.yield()
        return names[id]
    }
}

/// Methods of a class as middleware; one of them isn't async.
final class Audit: Sendable {
    private let count = Mutex(0)

    func record(_ ctx: Context, _ next: Next) async throws {
        let number = count.withLock { count in
            count += 1
            return count
        }
        ctx.state["request"] = number
        try await next()
    }

    func ping(_ ctx: Context, _ next: Next) async throws {
        guard ctx.path == "/ping" else { return try await next() }
        answer(ctx)
    }

    func answer(_ ctx: Context) {
        ctx.body = "pong \(ctx.state["request"] as? Int ?? 0)"
    }
}
