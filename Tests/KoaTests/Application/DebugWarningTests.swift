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

    @Suite("Warnings of debug builds: set too late")
    struct LateSetterWarningTests {
        struct Setter: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var names: String
            var set: @Sendable (Context) -> Void

            init(_ name: String, _ names: String, _ set: @escaping @Sendable (Context) -> Void) {
                testDescription = name
                self.names = names
                self.set = set
            }
        }

        static let setters: [Setter] = [
            Setter("set", "X-Late") { $0.set("X-Late", "1") },
            Setter("append", "X-Late") { $0.append("X-Late", "1") },
            Setter("remove", "Content-Type") { $0.remove("Content-Type") },
            Setter("vary", "Vary") { $0.vary("Accept") },
            Setter("status", "status") { $0.status = .created },
            Setter("message", "message") { $0.message = "late" },
            Setter("type", "Content-Type") { $0.type = "png" },
            Setter("cookie", "cookie") { $0.cookies["a"] = "1" },
        ]

        @Test("a setter after the head was sent does nothing, and says so", arguments: setters)
        func late(_ setter: Setter) async throws {
            let log = LogCapture()
            let app = Application(logger: log.logger)
            app.use { ctx in
                ctx.type = "text"
                ctx.status = .ok
                ctx.flushHeaders()
                setter.set(ctx)
            }
            let response = try await app.test.get("/")
            #expect(response.status == 200)
            #expect(response.headers.fields.map(\.name) == ["Content-Type"])
            #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
            #expect(log.warnings.count == 1)
            #expect(log.warnings.first?.contains(setter.names) == true)
        }

        @Test("before the head is sent nothing is said", arguments: setters)
        func early(_ setter: Setter) async throws {
            let log = LogCapture()
            let app = Application(logger: log.logger)
            app.use { ctx in
                setter.set(ctx)
                ctx.body = "x"
            }
            _ = try await app.test.get("/")
            #expect(log.warnings.isEmpty)
        }
    }
#endif
