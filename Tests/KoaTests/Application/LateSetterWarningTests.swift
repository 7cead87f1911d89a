#if DEBUG
    import KoaTesting
    import Testing

    @testable import Koa

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
