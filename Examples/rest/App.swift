import Koa
import KoaRouter

/// A JSON API of teams and their members:
///
/// | | `GET` | `POST` | `PUT` | `DELETE` |
/// | --- | --- | --- | --- | --- |
/// | `/teams` | all teams | a new team | | |
/// | `/teams/:team` | one | | rename | only without members |
/// | `/teams/:team/members` | all members | a new member | | |
/// | `/teams/:team/members/:id` | one | | replace | leave |
/// | `/teams/:team/members/:role` | those of a role | | | |
func makeApp(store: TeamStore = TeamStore()) -> Application {
    let app = Application()
    app.use(problems)
    app.use(makeRouter(store).routes())
    return app
}

/// The routes; with `allowedMethods` the router itself answers OPTIONS, and 405 for a method that a path doesn't have.
func makeRouter(_ store: TeamStore) -> Router {
    let router = Router(allowedMethods: true)
    router.get("/", returning: { _ in ["teams": Paths.teams.url()] })
    // Before every handler of a path with a team, those of the nested routers too.
    router.param("team") { name, ctx, next in
        ctx.state[TeamKey.self] = try await store.team(try ctx.require(Slug(rawValue: name), 404))
        try await next()
    }
    router.register("/teams", Teams(store: store))
    return router
}
