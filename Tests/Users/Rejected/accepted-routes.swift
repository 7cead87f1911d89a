import KoaRouter

let post = Route("/users/:user/posts/:post", Int.self, String.self)

// What the others do wrong with a router, done right.
func add(to router: Router) {
    router.get("/users/:id") { ctx in
        let id = ctx.params["id"] ?? ""
        let task = Task { id.count }
        ctx.body = .text("\(await task.value)")
    }
    router.get(post) { ctx, user, slug in ctx.redirect(post.url(user, slug)) }
}
