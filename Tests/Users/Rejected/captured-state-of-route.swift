// error: Sendable|concurren|mutat

import KoaRouter

func add(to router: Router) {
    var views = 0
    router.get(
        "/users/:id",
        returning: { ctx in
            views += 1
            return views
        })
}
