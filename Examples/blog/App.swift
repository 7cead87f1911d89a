import KoaBody
import KoaKeygrip
import KoaMiddleware
import KoaRouter
import KoaViews

/// A small site that works without JavaScript:
///
/// | | |
/// | --- | --- |
/// | `GET /` | all posts |
/// | `GET /posts/new`, `POST /posts` | the form of a new one; back to it with what is wrong, or on to the post |
/// | `GET /posts/:id` | a post |
/// | `POST /posts/:id/remove` | removes it |
///
/// - Parameters:
///   - root: the folder that has `views` and `public`.
///   - key: signs cookies.
///   - env: the environment's name; that of the process by default.
func makeApp(root: String, key: String, env: String? = nil) throws -> Application {
    let app = Application(env: env)
    app.keys = [key]
    app.use(securityHeaders())
    app.use(views("\(root)/views", layout: "layout", values: ["site": "A Swift blog"]))
    app.use(errorPages(pages: [404: { ctx, _ in try await ctx.render("errors/404", ["path": ctx.path]) }]))
    app.use(staticFiles("\(root)/public"))
    app.use(flash)
    app.use(bodyParser())
    app.use(csrf())
    app.use(posts(PostStore()).routes())
    return app
}
