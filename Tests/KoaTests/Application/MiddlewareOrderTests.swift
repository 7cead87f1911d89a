import Koa
import KoaTesting
import Testing

#if DEBUG
    private let cors = NamedMiddleware(
        .cors, rules: [.above(.router, .mount, because: "what it answers gets no CORS headers")]
    ) { _, next in try await next() }

    private let compress = NamedMiddleware(.compress) { _, next in try await next() }

    private let etag = NamedMiddleware(
        .etag, rules: [.below(.compress, because: "the tag would be of the compressed bytes")]
    ) { _, next in try await next() }

    private let csrf = NamedMiddleware(
        .csrf, rules: [.needs(.session, .bodyParser, because: "the token's secret is kept there")]
    ) { _, next in try await next() }

    private func named(_ kind: MiddlewareKind) -> NamedMiddleware {
        NamedMiddleware(kind) { _, next in try await next() }
    }

    @Suite("The order of middleware, in debug builds")
    struct MiddlewareOrderTests {
        private let log = LogCapture()
        private let app: Application

        init() {
            app = Application(logger: log.logger)
        }

        @Test("is warned of where one stands below what it has to stand above, with both places and the fix")
        func above() throws {
            app.use(named(.router), fileID: "App/a.swift", line: 1)
            app.use(cors, fileID: "App/b.swift", line: 2)
            try app.prepare()
            #expect(
                log.warnings == [
                    "cors() (App/b.swift:2) stands below a router (App/a.swift:1): what it answers gets no CORS headers. "
                        + "Move cors() above a router."
                ])
        }

        @Test("is warned of where one stands above what it has to stand below")
        func below() throws {
            app.use(etag, fileID: "App/a.swift", line: 1)
            app.use(compress, fileID: "App/b.swift", line: 2)
            try app.prepare()
            #expect(
                log.warnings == [
                    "etag() (App/a.swift:1) stands above compress() (App/b.swift:2): the tag would be of the compressed "
                        + "bytes. Move etag() below compress()."
                ])
        }

        @Test("is warned of where something is missing above one")
        func needs() throws {
            app.use(csrf, fileID: "App/a.swift", line: 1)
            app.use(named(.session))
            try app.prepare()
            #expect(
                log.warnings == [
                    "csrf() (App/a.swift:1) has no session() or bodyParser() above it: the token's secret is kept there. "
                        + "Add session() or bodyParser() above csrf()."
                ])
        }

        @Test("that is right is warned of by nobody")
        func right() throws {
            app.use(cors, compress, etag, named(.session), csrf, named(.router))
            try app.prepare()
            #expect(log.lines.isEmpty)
        }

        @Test("of functions, and of values that say nothing of it, is left to who wrote them")
        func unknown() throws {
            struct Plain: MiddlewareProtocol {
                var middleware: Middleware { { _, next in try await next() } }
            }
            app.use({ _, next in try await next() }, { _, next in try await next() })
            app.use(Plain(), cors, Plain())
            app.use { _, next in try await next() }
            try app.prepare()
            #expect(log.lines.isEmpty)
        }

        @Test("is warned of once, however often the application is prepared, and of what is added later")
        func once() async throws {
            app.use(named(.router), cors)
            try app.prepare()
            try app.prepare()
            _ = try await app.test.get("/")
            #expect(log.warnings.count == 1)
            app.use(csrf)
            try app.prepare()
            #expect(log.warnings.count == 2)
            #expect(log.warnings.last?.hasPrefix("csrf()") == true)
        }

        @Test("names the nearest to the top where several stand wrong, once a rule")
        func several() throws {
            app.use(named(.mount), fileID: "App/a.swift", line: 1)
            app.use(named(.router), fileID: "App/b.swift", line: 2)
            app.use(cors)
            try app.prepare()
            #expect(log.warnings.count == 1)
            #expect(log.warnings.first?.contains("App/a.swift:1") == true)
        }

        @Test("in mounted applications is theirs, with what stands around them for what they need")
        func mounted() throws {
            let inner = Application(), deepest = Application()
            inner.use(cors, csrf)
            deepest.use(csrf)
            inner.use(MountedApplication(deepest))
            app.use(named(.router), named(.session), MountedApplication(inner))
            try app.prepare()
            #expect(log.lines.isEmpty, "the router serves other paths, and the session reaches everywhere")
        }

        @Test("in mounted applications is warned of by the outer one")
        func mountedWrong() throws {
            let innerLog = LogCapture()
            let inner = Application(logger: innerLog.logger)
            inner.use(named(.router), cors)
            inner.use(csrf)
            app.use(MountedApplication(inner))
            app.use(named(.session))
            try app.prepare()
            #expect(log.warnings.count == 2)
            #expect(log.warnings.allSatisfy { $0.hasPrefix("c") })
            #expect(innerLog.lines.isEmpty)
        }

        @Test("of applications that are mounted in a circle comes to an end")
        func circle() throws {
            let other = Application()
            other.use(MountedApplication(app), MountedApplication(app))
            app.use(MountedApplication(other), MountedApplication(other), cors)
            try app.prepare()
            #expect(log.warnings.first?.hasPrefix("cors()") == true)
        }

        @Test("doesn't keep an application from being prepared, and is looked at when that worked")
        func failure() {
            struct Bad: MiddlewareProtocol {
                struct Failure: Error {}
                var middleware: Middleware { { _, next in try await next() } }
                func prepare(for app: Application) throws { throw Failure() }
            }
            app.use(named(.router), cors, Bad())
            #expect(throws: Bad.Failure.self) { try app.prepare() }
            #expect(log.lines.isEmpty)
        }

        @Test("doesn't change what a named middleware does")
        func runs() async throws {
            app.use(
                NamedMiddleware(.cors) { ctx, next in
                    ctx.set("X-Named", "1")
                    try await next()
                })
            app.use { ctx in ctx.body = "end" }
            let response = try await app.test.get("/")
            #expect(response.get("X-Named") == "1")
            #expect(response.text == "end")
        }
    }
#endif
