import KoaTesting
import Testing

@testable import Koa

@Suite("app.onError")
struct ErrorListenerTests {
    @Test("a listener gets the error that no middleware caught, and its context")
    func listens() async throws {
        let app = Application()
        let seen = Recording<String>()
        app.onError { error, ctx in seen.add("\(error) at \(ctx?.path ?? "-")") }
        app.use { _ in throw Boom() }
        #expect(try await app.test.get("/here").status == 500)
        #expect(seen.values == ["boom at /here"])
    }

    @Test("several listeners are called in the order in which they were added")
    func several() async throws {
        let app = Application()
        let seen = Recording<Int>()
        app.onError { _, _ in seen.add(1) }
        app.onError { _, _ in seen.add(2) }
        app.onError { _, _ in seen.add(3) }
        app.use { _ in throw Boom() }
        _ = try await app.test.get("/")
        #expect(seen.values == [1, 2, 3])
    }

    @Test("a caught error is told to nobody")
    func caught() async throws {
        let app = Application()
        let seen = Recording<String>()
        app.onError { error, _ in seen.add("\(error)") }
        app.use { ctx, next in
            do { try await next() } catch { ctx.body = "caught" }
        }
        app.use { _ in throw Boom() }
        #expect(try await app.test.get("/").text == "caught")
        #expect(seen.values.isEmpty)
    }

    @Test("a caught error can be told by hand, with and without its context")
    func byHand() async throws {
        let app = Application()
        let seen = Recording<String?>()
        app.onError { _, ctx in seen.add(ctx?.path) }
        app.use { ctx, next in
            do { try await next() } catch {
                ctx.app.emit(error, ctx)
                ctx.app.emit(error)
                ctx.status = .badGateway
            }
        }
        app.use { _ in throw Boom() }
        #expect(try await app.test.get("/a").status == 502)
        #expect(seen.values == ["/a", nil])
    }

    @Test("a listener gets 404 and exposed errors too")
    func everything() async throws {
        let app = Application()
        let seen = Recording<Int>()
        app.onError { error, _ in seen.add((error as? any ErrorStatus)?.status.code ?? 0) }
        app.use { ctx in try ctx.throw(Status(Int(ctx.querystring) ?? 0)) }
        for code in [404, 400, 500] { #expect(try await app.test.get("/?\(code)").status == Status(code)) }
        #expect(seen.values == [404, 400, 500])
    }

    @Test("a listener stands in for the default logger")
    func instead() async throws {
        let log = LogCapture()
        let app = Application(logger: log.logger)
        app.onError { _, _ in }
        app.use { _ in throw Boom() }
        _ = try await app.test.get("/")
        #expect(log.errors.isEmpty)
    }

    @Test("a listener is told whatever silent says")
    func silent() async throws {
        let app = Application(silent: true)
        let seen = Recording<String>()
        app.onError { error, _ in seen.add("\(error)") }
        app.emit(Boom())
        #expect(seen.values == ["boom"])
    }

    @Test("a listener added while the application serves hears of the next error")
    func later() async throws {
        let app = Application(silent: true)
        let seen = Recording<String>()
        app.use { _ in throw Boom() }
        let handler = app.callback()
        _ = await handler(.init(method: .get, target: "/"))
        app.onError { error, _ in seen.add("\(error)") }
        _ = await handler(.init(method: .get, target: "/"))
        #expect(seen.values == ["boom"])
    }

    @Test("a listener may add a listener, and emit")
    func reentrant() {
        let app = Application()
        let seen = Recording<String>()
        app.onError { [unowned app] error, _ in
            seen.add("\(error)")
            if error is Boom {
                app.onError { error, _ in seen.add("late \(error)") }
                app.emit(HTTPError(.conflict))
            }
        }
        app.emit(Boom())
        #expect(seen.values == ["boom", "ConflictError (409): Conflict", "late ConflictError (409): Conflict"])
    }

    @Test("a listener sees the response before the error clears it")
    func sees() async throws {
        let app = Application()
        let seen = Recording<String?>()
        app.onError { _, ctx in seen.add(ctx?.response.get("X-Before")) }
        app.use { ctx in
            ctx.set("X-Before", "1")
            throw Boom()
        }
        #expect(try await app.test.get("/").get("X-Before") == nil)
        #expect(seen.values == ["1"])
    }

    @Test("what a listener sets is cleared with all else: it can't change the response")
    func cannotChange() async throws {
        let app = Application()
        app.onError { _, ctx in
            ctx?.set("X-Listener", "1")
            ctx?.status = .ok
            ctx?.body = "from the listener"
        }
        app.use { _ in throw HTTPError(.conflict) }
        let response = try await app.test.get("/")
        #expect(response.status == 409)
        #expect(response.text == "Conflict")
        #expect(response.get("X-Listener") == nil)
    }

    @Test("a value that a listener sets and that is refused changes nothing")
    func refusedByListener() async throws {
        let app = Application()
        app.onError { _, ctx in ctx?.set("X-Bad", "a\r\nb") }
        app.use { _ in throw HTTPError(.conflict, headers: ["X-Error": "1"]) }
        let response = try await app.test.get("/")
        #expect(response.status == 409)
        #expect(response.get("X-Error") == "1")
        #expect(response.type == "text/plain")
    }
}
