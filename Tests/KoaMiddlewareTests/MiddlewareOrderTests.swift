import KoaKeygrip
import KoaMiddleware
import KoaTesting
import Logging
import Testing

#if DEBUG
    private func named(_ kind: MiddlewareKind, rules: [OrderRule] = []) -> NamedMiddleware {
        NamedMiddleware(kind, rules: rules) { _, next in try await next() }
    }

    @Suite("The order of the ready-made middleware, in debug builds")
    struct MiddlewareOrderTests {
        private let warnings = Recording<String>()
        private let app: Application

        init() {
            let warnings = warnings
            app = Application(logger: Logger(label: "test") { _ in WarningRecorder(warnings: warnings) })
        }

        @Test(
            "has error pages above whatever may throw",
            arguments: [
                .authentication, .bodyParser, .csrf, .rateLimit, .router, .session, .timeout,
            ] as [MiddlewareKind])
        func errorPagesBelow(kind: MiddlewareKind) throws {
            app.use(named(kind), errorPages())
            try app.prepare()
            #expect(warnings.values.count == 1)
            #expect(warnings.values.first?.contains("stands below \(kind)") == true)
            #expect(warnings.values.first?.hasSuffix("Move errorPages() above \(kind).") == true)
        }

        @Test("has what changes bytes above what tags them")
        func tags() throws {
            app.use(etag(), conditionalGet())
            try app.prepare()
            #expect(warnings.values.count == 1)
            #expect(warnings.values.first?.hasSuffix("Move conditionalGet() above etag().") == true)
            let other = Application(logger: app.logger)
            other.use(prettyJSON(), etag())
            try other.prepare()
            #expect(warnings.values.last?.hasSuffix("Move prettyJSON() below etag().") == true)
        }

        @Test("lets them stand in the order that the documentation has")
        func documented() throws {
            app.use(health(), requestID(), logger(), responseTime(), methodOverride())
            app.use(conditionalGet(), etag(), prettyJSON(), timeout(.seconds(1)))
            try app.prepare()
            #expect(warnings.values.isEmpty)
        }

        @Test("has error pages above mounts and virtual hosts")
        func errorPagesBelowMounts() throws {
            for part in [
                mount("/a", Application()), virtualHost("a", Application()), virtualHosts(["a": Application()]),
            ] as [any MiddlewareProtocol] {
                let app = Application(logger: app.logger)
                app.use(part, errorPages())
                try app.prepare()
            }
            #expect(warnings.values.count == 3)
        }

        @Test(
            "lets error pages stand below what sees their responses",
            arguments: [.compress, .cors, .etag, .logger, .metrics, .requestID, .responseTime, .tracing, .views]
                as [MiddlewareKind])
        func errorPagesAbove(kind: MiddlewareKind) throws {
            app.use(named(kind), errorPages())
            try app.prepare()
            #expect(warnings.values.isEmpty)
        }

        /// What is said of two middleware in the wrong order, and that nothing is said of the right one.
        private func warning(
            _ first: any MiddlewareProtocol,
            _ second: any MiddlewareProtocol
        ) throws -> String? {
            let app = Application(logger: app.logger)
            app.keys = ["a key"]
            app.use(first, second)
            try app.prepare()
            let said = warnings.values
            let other = Application(logger: app.logger)
            other.keys = ["a key"]
            other.use(second, first)
            try other.prepare()
            #expect(warnings.values == said)
            return said.count == 1 ? said.first : nil
        }

        @Test("has cors() above routers, and above what refuses preflights")
        func corsBelow() throws {
            #expect(try warning(named(.router), cors())?.hasPrefix("cors() ") == true)
        }

        @Test("has cors() above authentication")
        func corsBelowAuthentication() throws {
            let warning = try warning(basicAuth(name: "a", password: "b"), cors())
            #expect(warning?.contains("preflights") == true)
        }

        @Test(
            "has csrf() below what reads the form and the session",
            arguments: [.bodyParser, .session] as [MiddlewareKind])
        func csrfAbove(kind: MiddlewareKind) throws {
            #expect(try warning(csrf(), named(kind))?.hasSuffix("Move csrf() below \(kind).") == true)
        }

        @Test("has csrf() and securityHeaders() above routers")
        func headersBelow() throws {
            #expect(try warning(named(.router), securityHeaders())?.contains("securityHeaders()") == true)
        }

        @Test("has the first of a kind above others, whatever of its kind stands below them")
        func twoOfAKind() throws {
            app.use(errorPages(), named(.router), errorPages(), named(.router))
            app.use(mount("/a", named(.router)))
            let inner = Application(logger: app.logger)
            inner.use(named(.router), errorPages())
            app.use(mount("/b", inner))
            try app.prepare()
            #expect(warnings.values.isEmpty)
            let late = Application(logger: app.logger)
            late.use(named(.router), errorPages(), errorPages())
            late.use(mount("/b", inner))
            try late.prepare()
            #expect(warnings.values.count == 1)
        }

        @Test("knows the kinds of the values")
        func kinds() {
            let parts: [any MiddlewareProtocol] = [
                basicAuth(name: "a", password: "b"), bearerAuth(tokens: ["x"]), rateLimit(), staticFiles("."), csrf(),
            ]
            #expect(
                parts.map { ($0 as? any OrderedMiddleware)?.kind }
                    == [.authentication, .authentication, .rateLimit, .staticFiles, .csrf])
        }

        @Test("counts in what is mounted, and for what needs something above")
        func mounted() throws {
            let needy = named(.csrf, rules: [.needs(.session, because: "no secret")])
            app.use(named(.session), mount("/a", needy), virtualHost("b", needy), virtualHosts(["c": needy]))
            app.use(virtualHosts(virtualHost(/d/, needy)))
            try app.prepare()
            #expect(warnings.values.isEmpty)

            let other = Application(logger: app.logger)
            other.use(mount("/a", needy))
            other.use(virtualHost("b", needy))
            other.use(virtualHosts(["c": needy]))
            other.use(virtualHosts(virtualHost(/d/, needy)))
            try other.prepare()
            #expect(warnings.values.count == 4)
            #expect(warnings.values.allSatisfy { $0.contains("MiddlewareOrderTests.swift:") })
        }
    }

    /// Keeps what a logger says.
    private struct WarningRecorder: LogHandler {
        let warnings: Recording<String>
        var metadata: Logging.Logger.Metadata = [:]
        var logLevel = Logging.Logger.Level.trace

        subscript(metadataKey key: String) -> Logging.Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { warnings.add("\(event.message)") }
    }
#endif
