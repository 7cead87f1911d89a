import KoaRouter

enum Paths {
    static let item = Route("/items/:id", Int.self)
    static let part = Route("/items/:id/parts/:part", Int.self, String.self)
}

/// A router of every form of route: closures, functions, methods, with middleware and without.
func makeRouter() -> Router {
    let router = Router(prefix: "/shop", allowedMethods: true)
    let shop = Shop()

    router.param("kind") { kind, ctx, next in
        ctx.state["kind"] = try ctx.require(await shop.kind(kind), 404)
        try await next()
    }
    router.use(stamp)
    router.use("/closed") { ctx, _ in ctx.body = "closed" }
    router.get("/") { ctx in ctx.body = "shop" }
    router.get("/next") { ctx, next in
        ctx.body = "next"
        try await next()
    }
    router.get("/behind", requireKey) { ctx in ctx.body = "behind" }
    router.get("/both", requireKey, stamp) { ctx, next in
        ctx.body = "both"
        try await next()
    }
    router.get("/four", stamp, stamp, requireKey) { ctx in ctx.body = "four" }
    router.get("/closed") { ctx in ctx.body = "open" }
    router.get("/function", listed)
    router.get("/synchronous", answered)
    router.get("/middleware", passed)
    router.get("/method", shop.index)
    router.get("/key", name: "key", requireKey, handler: shop.index)
    router.get("/static", Shop.shared)
    router.get("/kinds/:kind") { ctx in
        await Task.yield()
        ctx.body = .text("\(ctx.state["kind"] ?? "")")
    }
    router.get("/value", returning: { ctx in User(id: "1", name: ctx.query["name"] ?? "Ada") })
    router.get("/users/:id", where: ["id": .int], returning: shop.user)
    router.get(Paths.item) { ctx, id in ctx.body = "\(id + 1)" }
    router.get(Paths.part, requireKey) { ctx, id, part in ctx.body = .text("\(part) of \(id)") }
    router.get(/^\/pictures\/(?<name>\w+)\.png$/) { ctx in ctx.body = .text(ctx.params["name"] ?? "") }
    router.post(["/orders", "/old/orders"]) { ctx in ctx.redirect(Paths.item.url(3)) }
    router.on("LINK", "UNLINK")("/orders/:id", shop.index)
    router.redirect("/home", to: "key")
    router.group("/admin", requireKey) { admin in
        admin.get("/") { ctx in ctx.body = "admin" }
    }
    router.register("/stock", Stock(count: 3))
    let nested = Router()
    nested.get("/deep") { ctx in ctx.body = .text(try ctx.require(ctx.router).url("key")) }
    router.use("/nested", nested.routes(), nested.allowedMethods())
    return router
}

func stamp(_ ctx: Context, _ next: Next) async throws {
    try await next()
    ctx.set("X-Shop", "1")
}

let requireKey: Middleware = { ctx, next in
    try ctx.assert(ctx.query["key"] == "1", 401)
    try await next()
}

func listed(_ ctx: Context) async throws { ctx.body = "listed" }

func answered(_ ctx: Context) { ctx.body = "answered" }

func passed(_ ctx: Context, _ next: Next) async throws {
    ctx.body = "passed"
    try await next()
}

struct Shop {
    func index(_ ctx: Context) async throws { ctx.body = "index" }
    func user(_ ctx: Context) async throws -> User { User(id: try ctx.params.require("id"), name: "Ada") }
    func kind(_ name: String) async -> String? { ["fruit": "Fruit"][name] }
    static func shared(_ ctx: Context) async throws { ctx.body = "shared" }
}

struct Stock: RouteCollection {
    let count: Int

    func add(to router: Router) {
        router.get("/", handler: show)
        router.get("/json", returning: json)
    }

    func show(_ ctx: Context) async throws { ctx.body = "\(count)" }
    func json(_ ctx: Context) -> [String: Int] { ["count": count] }
}
