import KoaRouter
import KoaTesting
import Testing

#if DEBUG
    private let cors = NamedMiddleware(.cors, rules: [.above(.router, because: "no headers")]) { _, next in
        try await next()
    }

    private let csrf = NamedMiddleware(.csrf, rules: [.needs(.session, because: "no secret")]) { _, next in
        try await next()
    }

    private let session = NamedMiddleware(.session) { _, next in try await next() }

    @Suite("The order of middleware around a router and in it")
    struct RouterOrderTests {
        private let log = LogCapture()
        private let app: Application

        init() {
            app = Application(logger: log.logger)
        }

        @Test("has routers where they were added")
        func kind() throws {
            let line = #line + 1
            app.use(Router().routes())
            app.use(cors)
            try app.prepare()
            #expect(log.warnings.count == 1)
            #expect(log.warnings.first?.contains("a router (KoaRouterTests/RouterOrderTests.swift:\(line))") == true)
        }

        @Test("counts in a router too, with the routers in it")
        func inside() throws {
            let router = Router(), users = Router()
            router.use(users.routes(), cors)
            app.use(router.routes())
            try app.prepare()
            #expect(log.warnings.count == 1)
        }

        @Test("of routers within each other comes to an end")
        func circle() throws {
            let router = Router(), other = Router()
            router.use(other.routes(), router.routes(), cors)
            other.use(router.routes())
            app.use(router.routes())
            try app.prepare()
            #expect(log.warnings.count == 1)
        }

        @Test("has what stands above the router for its middleware")
        func around() throws {
            let router = Router()
            router.use(csrf)
            app.use(session, router.routes())
            try app.prepare()
            #expect(log.warnings.isEmpty)

            let other = Application(logger: log.logger)
            other.use(router.routes(), session)
            try other.prepare()
            #expect(log.warnings.first?.hasPrefix("csrf() (KoaRouterTests/RouterOrderTests.swift:") == true)
        }
    }
#endif
