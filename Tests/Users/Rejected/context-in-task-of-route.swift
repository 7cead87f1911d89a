// error: sending

import KoaRouter

func add(to router: Router) {
    router.get("/users/:id") { ctx in
        Task { ctx.body = .text(ctx.params["id"] ?? "") }
    }
}
