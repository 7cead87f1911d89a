import KoaTesting
import Testing

@testable import Koa

@Suite("Context.current and app.currentContext")
struct CurrentContextTests {
    static func deepPath() async -> String? {
        await Task.yield()
        return Context.current?.path
    }

    @Test("are the request's context in middleware, and in what they call")
    func inside() async throws {
        let app = Application()
        app.use { ctx, next in
            #expect(Context.current === ctx)
            try await next()
            #expect(Context.current === ctx)
        }
        app.use { ctx in
            #expect(ctx.app.currentContext === ctx)
            ctx.body = .text(await Self.deepPath() ?? "-")
        }
        #expect(try await app.test.get("/deep").text == "/deep")
    }

    @Test("are nil outside of a request")
    func outside() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "x" }
        #expect(Context.current == nil)
        #expect(app.currentContext == nil)
        _ = try await app.test.get("/")
        #expect(Context.current == nil)
        #expect(app.currentContext == nil)
    }

    @Test("another application's currentContext is nil")
    func otherApplication() async throws {
        let other = Application()
        let app = Application()
        app.use { ctx in ctx.body = "\(other.currentContext == nil) \(ctx.app.currentContext != nil)" }
        #expect(try await app.test.get("/").text == "true true")
    }

    @Test("a request within a request has its own, and the outer one is back behind it")
    func nestedRequest() async throws {
        let inner = Application()
        inner.use { ctx in ctx.body = .text(Context.current?.path ?? "-") }
        let handler = inner.callback()
        let outer = Application()
        outer.use { ctx in
            let reply = await handler(.init(method: .get, target: "/inner"))
            ctx.body = "\(String(buffer: reply.body)) in \(Context.current?.path ?? "-")"
        }
        #expect(try await outer.test.get("/outer").text == "/inner in /outer")
    }

    @Test("child tasks and unstructured tasks read nil, since a context can't be used from two tasks")
    func otherTasks() async throws {
        let app = Application()
        app.use { ctx in
            async let child = Context.current?.path
            let unstructured = await Task { Context.current?.path }.value
            let detached = await Task.detached { Context.current?.path }.value
            let grouped = await withTaskGroup(of: String?.self) { group in
                group.addTask { Context.current?.path }
                return await group.next() ?? nil
            }
            let all = [await child, unstructured, detached, grouped]
            ctx.body = .text(all.map { $0 ?? "nil" }.joined(separator: " "))
        }
        #expect(try await app.test.get("/").text == "nil nil nil nil")
    }

    @Test("are nil in offloaded work")
    func offloaded() async throws {
        let app = Application()
        app.use { ctx in ctx.body = .text(try await ctx.app.offload { Context.current?.path ?? "nil" }) }
        #expect(try await app.test.get("/").text == "nil")
    }

    @Test("are there in error listeners")
    func errorListener() async throws {
        let app = Application()
        let paths = Recording<[String?]>()
        app.onError { [unowned app] _, ctx in
            paths.add([ctx?.path, Context.current?.path, app.currentContext?.path])
        }
        app.use { _ in throw Boom() }
        _ = try await app.test.get("/broken")
        #expect(paths.values == [["/broken", "/broken", "/broken"]])
    }

    @Test("are there while a body is streamed, and in work after the response")
    func streamAndFinish() async throws {
        let app = Application()
        let paths = Recording<String?>()
        app.use { ctx in
            ctx.onFinish { paths.add(Context.current?.path) }
            ctx.body = .stream { writer in try await writer.write(Context.current?.path ?? "-") }
        }
        #expect(try await app.test.get("/stream").text == "/stream")
        #expect(paths.values == ["/stream"])
    }

    @Test("each of many requests at once reads its own")
    func many() async throws {
        let app = Application()
        app.use { ctx, next in
            await Task.yield()
            try await next()
        }
        app.use { ctx in ctx.body = .text(await Self.deepPath() ?? "-") }
        let handler = app.callback()
        await withTaskGroup(of: (String, String).self) { group in
            for n in 0..<50 {
                group.addTask {
                    ("/\(n)", String(buffer: await handler(.init(method: .get, target: "/\(n)")).body))
                }
            }
            for await (path, text) in group { #expect(text == path) }
        }
    }
}
