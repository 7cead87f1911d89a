// error: sending|Sendable

import Koa

func add(to app: Application) {
    app.use { ctx, next in
        async let rest: Void = next()
        try await rest
    }
}
