#if DEBUG
    import KoaTesting
    import Testing

    @testable import Koa

    @Suite("Warnings of debug builds: a forgotten next()")
    struct MissingNextWarningTests {
        static func warnings(_ prepare: (Application) -> Void) async throws -> [String] {
            let log = LogCapture()
            let app = Application(logger: log.logger)
            prepare(app)
            _ = try await app.test.get("/some/path")
            return log.warnings
        }

        static let pass: Middleware = { _, next in try await next() }
        static let forget: Middleware = { _, _ in }

        @Test("a 404 because a middleware didn't call next names the place where it was added")
        func names() async throws {
            let warnings = try await Self.warnings { app in
                app.use(Self.pass)
                app.use(Self.forget, fileID: "App/main.swift", line: 42)
                app.use { ctx in ctx.body = "never" }
            }
            #expect(warnings.count == 1)
            #expect(warnings.first?.contains("App/main.swift:42") == true)
            #expect(warnings.first?.contains("GET /some/path") == true)
            #expect(warnings.first?.contains("next()") == true)
        }

        @Test("the place is this file and line without being told")
        func place() async throws {
            let line: UInt = #line + 2
            let warnings = try await Self.warnings { app in
                app.use(Self.forget)
                app.use { ctx in ctx.body = "never" }
            }
            #expect(warnings.first?.contains("\(#fileID):\(line)") == true)
        }

        @Test("the last middleware needs no next")
        func last() async throws {
            #expect(try await Self.warnings { $0.use(Self.pass).use(Self.forget) }.isEmpty)
            #expect(try await Self.warnings { $0.use(compose([Self.forget])) }.isEmpty)
            #expect(try await Self.warnings { $0.use(compose([Self.pass, compose([Self.forget])])) }.isEmpty)
        }

        @Test("inside a composed list it is told too")
        func composed() async throws {
            #expect(try await Self.warnings { $0.use(compose([Self.forget, Self.pass])) }.count == 1)
            #expect(try await Self.warnings { $0.use(compose([Self.forget])).use(Self.pass) }.count == 1)
        }

        static let answers: [@Sendable (Context) -> Void] = [
            { $0.body = "here" },
            { $0.status = .notFound },
            { $0.body = nil },
        ]

        @Test("a middleware that answered needs no next", arguments: answers.indices)
        func answered(_ index: Int) async throws {
            let warnings = try await Self.warnings { app in
                app.use { ctx, _ in Self.answers[index](ctx) }
                app.use { ctx in ctx.body = "never" }
            }
            #expect(warnings.isEmpty)
        }

        @Test("nothing is said when all called next and nobody answered")
        func plain404() async throws {
            #expect(try await Self.warnings { $0.use(Self.pass).use(Self.pass) }.isEmpty)
            #expect(try await Self.warnings { _ in }.isEmpty)
        }

        @Test("nothing is said of an error")
        func error() async throws {
            let warnings = try await Self.warnings { app in
                app.use { _, _ in throw HTTPError(.notFound) }
                app.use(Self.pass)
            }
            #expect(warnings.isEmpty)
        }
    }
#endif
