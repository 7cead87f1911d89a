import KoaRouter
import KoaTesting
import Testing

@Suite("router.param")
struct ParamTests {
    /// A handler that notes a parameter and its value.
    private func note(
        _ name: String
    ) -> @concurrent @Sendable (String, Context, Next) async throws -> Void {
        { value, ctx, next in
            ctx.append("X-Order", "\(name)=\(value)")
            try await next()
        }
    }

    @Test("runs before the handlers of a route with the parameter, and not of others")
    func before() async throws {
        let router = Router()
        router.param("id", note("id"))
        router.get("/users/:id", mark("handler"), handler: answer("user"))
        router.get("/users", answer("users"))
        #expect(try await router.client.get("/users/3").order == ["id=3", "handler", "user"])
        #expect(try await router.client.get("/users").order == ["users"])
    }

    @Test("gets the value percent-decoded")
    func decoded() async throws {
        let router = Router()
        router.param("name") { value, ctx, _ in ctx.body = .text(value) }
        router.get("/:name", answer("never"))
        #expect(try await router.client.get("/a%20b+c").text == "a b+c")
        #expect(try await router.client.get("/100%25").text == "100%")
        #expect(try await router.client.get("/100%").text == "100%")
    }

    @Test("runs for routes that were added before it, too")
    func addedBefore() async throws {
        let router = Router()
        router.get("/a/:id", answer("a"))
        router.param("id", note("id"))
        router.get("/b/:id", answer("b"))
        #expect(try await router.client.get("/a/1").order == ["id=1", "a"])
        #expect(try await router.client.get("/b/2").order == ["id=2", "b"])
    }

    @Test("runs in the order of the parameters in the path, whatever the order of the calls")
    func order() async throws {
        let router = Router()
        router.param("c", note("c")).param("a", note("a")).param("b", note("b"))
        router.get("/:a/:b/:c", answer("abc")).get("/x/:c/:a", answer("ca"))
        #expect(try await router.client.get("/1/2/3").order == ["a=1", "b=2", "c=3", "abc"])
        #expect(try await router.client.get("/x/4/5").order.prefix(3) == ["a=x", "b=4", "c=5"])
    }

    @Test("several of one parameter run in the order of the calls")
    func several() async throws {
        let router = Router()
        router.param("id", note("first")).param("other", note("other")).param("id", note("second"))
        router.get("/:id", answer("handler"))
        #expect(try await router.client.get("/1").order == ["first=1", "second=1", "handler"])
    }

    @Test("runs once for a value, however many routes and middleware match")
    func once() async throws {
        let router = Router()
        router.param("id", note("id"))
        router.use("/users/:id", mark("use"))
        router.get("/users/:id", mark("first"))
        router.get("/users/:id", mark("second"))
        router.get("/users/:id", answer("third"))
        #expect(try await router.client.get("/users/3").order == ["id=3", "use", "first", "second", "third"])
    }

    @Test("runs again for another value of the same request, which nobody has looked at yet")
    func anotherValue() async throws {
        let router = Router()
        router.param("id", note("id"))
        router.use("/:id", mark("use"))
        router.get("/users/:id", answer("user"))
        #expect(try await router.client.get("/users/3").order == ["id=users", "use", "id=3", "user"])
    }

    @Test("without next nothing behind it runs")
    func stops() async throws {
        let router = Router()
        router.param("id") { value, ctx, next in
            guard value == "1" else { try ctx.throw(.notFound, "No such user") }
            try await next()
        }
        router.get("/:id", answer("user"))
        #expect(try await router.client.get("/1").text == "user")
        #expect(try await router.client.get("/2").text == "No such user")
    }

    @Test("doesn't run for a parameter that the path leaves out")
    func optional() async throws {
        let router = Router()
        router.param("id", note("id"))
        router.get("/users{/:id}", answer("users"))
        #expect(try await router.client.get("/users").order == ["users"])
        #expect(try await router.client.get("/users/1").order == ["id=1", "users"])
    }

    @Test("sees the parameters of the whole path, and what it changes is seen")
    func context() async throws {
        let router = Router()
        router.param("user") { value, ctx, next in
            ctx.state["user"] = "\(value) of \(ctx.params["team"] ?? "")"
            ctx.params["user"] = "changed"
            try await next()
        }
        router.get("/:team/:user") { ctx in
            ctx.body = .text("\(ctx.state["user"] as? String ?? "") \(ctx.params["user"] ?? "")")
        }
        #expect(try await router.client.get("/red/ada").text == "ada of red changed")
    }

    @Test("takes wildcards, which are one text with its slashes")
    func wildcard() async throws {
        let router = Router()
        router.param("path", note("path"))
        router.get("/files/*path", answer("file"))
        #expect(try await router.client.get("/files/a/b%2Fc").order == ["path=a/b/c", "file"])
    }

    @Test("of an outer router runs for the routes of nested ones, before theirs")
    func nested() async throws {
        let inner = Router()
        inner.param("id", note("inner"))
        inner.get("/:id", answer("handler"))
        let outer = Router()
        outer.use("/users", inner.routes())
        outer.param("id", note("outer"))
        #expect(try await outer.client.get("/users/1").order == ["inner=1", "outer=1", "handler"])
        #expect(try await inner.client.get("/1").order == ["inner=1", "handler"])
    }

    @Test("of a nested router doesn't run for the outer one's routes")
    func innerOnly() async throws {
        let inner = Router()
        inner.param("id", note("inner"))
        inner.get("/:id", answer("inner"))
        let outer = Router()
        outer.use("/users", inner.routes())
        outer.get("/posts/:id", answer("outer"))
        #expect(try await outer.client.get("/posts/1").order == ["outer"])
    }

    @Test("runs for the groups of a regular expression, in the order of the path")
    func expression() async throws {
        let router = Router()
        router.param("1", note("1")).param("id", note("id")).param("other", note("other"))
        router.get(/^\/users\/(?<id>[^\/]+)\/(.+)$/, answer("user"))
        #expect(try await router.client.get("/users/3%2B/x").order == ["id=3+", "1=x", "user"])
    }

    @Test("doesn't run for a group that took no part or is empty, nor for a parameter of another layer")
    func absentGroup() async throws {
        let inner = Router()
        inner.param("id", note("id")).param("0", note("0")).param("1", note("1"))
        inner.get(/^\/users(?<id>\d+)?(x*)/, answer("users"))
        let router = Router()
        router.use("/:id", mark("use"))
        router.use(/^\/(u)/, mark("u"))
        router.use(inner.routes())
        #expect(try await router.client.get("/users").order == ["use", "u", "users"])
        #expect(try await router.client.get("/users7").order == ["use", "u", "id=7", "users"])
    }

    @Test("of an expression stops what is behind it, and runs once for a value")
    func expressionGuard() async throws {
        let router = Router()
        router.param("id") { value, ctx, next in
            ctx.append("X-Order", "id=\(value)")
            if value != "0" { try await next() }
        }
        router.use(/^\/(?<id>\d+)/, mark("use"))
        router.get(/^\/(?<id>\d+)$/, answer("user"))
        #expect(try await router.client.get("/0").order == ["id=0"])
        #expect(try await router.client.get("/1").order == ["id=1", "use", "user"])
    }
}
