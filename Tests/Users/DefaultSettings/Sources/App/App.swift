import Koa
import KoaKeygrip
import KoaRouter

/// The whole application: closures, functions, methods, composed and factory-made middleware side by side.
public func makeApp() throws -> Application {
    let app = Application(silent: true)
    app.keys = ["some secret hurr"]
    app.onError { error, ctx in ctx?.logger.debug("\(error)") }

    let users = UserController(names: ["1": "Ada", "2": "Grace"])
    let audit = Audit()

    app.use(responseTime, poweredBy("Koa"), audit.record)
    app.use(compose([signIn, guardAdmin]))
    app.use(audit.ping)
    app.use(users.load)
    app.use(users.index)
    app.use { ctx, next in
        guard ctx.path.hasPrefix("/bodies/") else { return try await next() }
        try await answerWithBody(ctx)
    }
    app.use(helpers)
    app.use(makeRouter().routes())
    app.use { ctx in
        guard ctx.path == "/" else { return }
        ctx.body = "Hello World"
    }
    return app
}

// A function with next, passed by its name.
func responseTime(ctx: Context, next: Next) async throws {
    let started = ContinuousClock.now
    try await next()
    ctx.set("X-Response-Time", "\(ContinuousClock.now - started)")
}

// A function that makes a middleware.
func poweredBy(_ name: String) -> Middleware {
    { ctx, next in
        ctx.set("X-Powered-By", name)
        try await next()
    }
}

// Functions for compose, one with more to do after next().
func signIn(_ ctx: Context, _ next: Next) async throws {
    if let name = ctx.query["user"] { ctx.state.user = User(id: "0", name: name) }
    try await next()
    ctx.set("X-User", ctx.state.user?.name ?? "nobody")
}

func guardAdmin(_ ctx: Context, _ next: Next) async throws {
    if ctx.path == "/admin" {
        let user = try ctx.require(ctx.state.user, 401, "Please login!")
        try ctx.assert(user.name == "Ada", 403)
        ctx.body = "secrets"
        return
    }
    try await next()
}

// A last middleware that passes its context on to asynchronous helpers.
func helpers(_ ctx: Context, _ next: Next) async throws {
    guard ctx.path == "/negotiate" else { return try await next() }
    ctx.vary("Accept")
    try await negotiate(ctx)
    await remember(ctx, "view", "1")
}

func negotiate(_ ctx: Context) async throws {
    switch ctx.accepts("json", "html") {
    case "json": ctx.body = ["ok": true]
    case "html": ctx.body = "<p>ok</p>"
    default: try ctx.throw(406)
    }
}

func remember(_ ctx: Context, _ name: String, _ value: String) async {
    await Task.yield()
    ctx.cookies.set(name, value, .init(maxAge: .days(1), sameSite: .lax))
}
