import KoaBody
import KoaMiddleware
import KoaRouter
import KoaViews

/// The pages of posts.
func posts(_ store: PostStore) -> Router {
    let router = Router(allowedMethods: true)
    router.get("/") { ctx in
        let posts = await store.all
        try await ctx.page("index", ["posts": posts, "isEmpty": posts.isEmpty])
    }
    router.get("/posts/new") { ctx in try await ctx.page("posts/new", ["title": "A new post"]) }
    router.post("/posts") { ctx in
        do {
            let post = await store.add(try await ctx.decode(NewPost.self))
            ctx.flash(.published)
            ctx.see("/posts/\(post.id)")
        } catch let error as ValidationError {
            ctx.status = .unprocessableEntity
            let form = ctx.request.body
            try await ctx.page(
                "posts/new",
                ["title": "A new post", "failures": error.failures.map { "\($0.path) \($0.message)" }, "form": form])
        }
    }
    router.get("/posts/:id") { ctx in
        let post = try ctx.require(await store.post(ctx.params.require("id", as: Int.self)), 404)
        try await ctx.page("posts/show", ["title": post.title, "post": post])
    }
    router.post("/posts/:id/remove") { ctx in
        try ctx.assert(await store.remove(ctx.params.require("id", as: Int.self)), 404)
        ctx.flash(.removed)
        ctx.see("/")
    }
    return router
}

extension Context {
    /// A page in the layout, with what all pages need.
    fileprivate nonisolated(nonsending) func page(_ name: String, _ values: [String: Any]) async throws {
        var values = values
        values["csrf"] = try csrfToken
        values["flash"] = state.flash?.text
        try await render(name, values)
    }

    /// Leads to a page by GET, also from a form.
    fileprivate func see(_ path: String) {
        status = .seeOther
        redirect(path)
    }
}
