import KoaTesting
import Testing

@testable import Koa

@Suite("Responding with a stream")
struct RespondStreamTests {
    static func app(
        _ errors: Recording<String> = Recording(), _ prepare: @escaping @Sendable (Context) -> Void
    ) -> Application {
        let app = Application()
        app.onError { error, _ in errors.add("\(error)") }
        app.use { ctx in prepare(ctx) }
        return app
    }

    static func hello() -> Body {
        .stream { writer in
            try await writer.write("Hel")
            try await writer.write("lo")
        }
    }

    @Test("sends its pieces, as bytes of no known length")
    func pieces() async throws {
        let response = try await Self.app { $0.body = Self.hello() }.test.get("/")
        #expect(response.status == 200)
        #expect(response.text == "Hello")
        #expect(response.get("Content-Type") == "application/octet-stream")
        #expect(response.get("Content-Length") == nil)
        #expect(!response.isBroken)
    }

    @Test("sends the elements of an asynchronous sequence: texts, bytes and buffers")
    func sequences() async throws {
        let texts = try await Self.app { ctx in
            ctx.body = .stream(
                AsyncStream<String> { stream in
                    for text in ["a", "", "b"] { stream.yield(text) }
                    stream.finish()
                })
        }.test.get("/")
        #expect(texts.text == "ab")
        let bytes = try await Self.app { ctx in
            ctx.body = .stream(
                AsyncStream<[UInt8]> { stream in
                    stream.yield([1])
                    stream.yield([2, 3])
                    stream.finish()
                })
        }.test.get("/")
        #expect(bytes.bytes == [1, 2, 3])
        let buffers = try await Self.app { ctx in
            ctx.body = .stream(
                AsyncStream<ByteBuffer> { stream in
                    stream.yield(ByteBuffer(string: "xyz"))
                    stream.finish()
                }, contentLength: 3)
        }.test.get("/")
        #expect(buffers.text == "xyz")
        #expect(buffers.get("Content-Length") == "3")
    }

    @Test("headers that were set are sent with it")
    func headers() async throws {
        let response = try await Self.app { ctx in
            ctx.type = "text/event-stream"
            ctx.set("X-Custom", "1")
            ctx.body = Self.hello()
        }.test.get("/")
        #expect(response.type == "text/event-stream")
        #expect(response.get("X-Custom") == "1")
    }

    @Test("a Content-Length is stripped when a stream replaces another body")
    func stripsLength() async throws {
        let response = try await Self.app { ctx in
            ctx.body = "hello"
            ctx.body = Self.hello()
        }.test.get("/")
        #expect(response.get("Content-Length") == nil)
        #expect(response.text == "Hello")
    }

    @Test("a Content-Length set before the stream is kept")
    func keepsLength() async throws {
        let response = try await Self.app { ctx in
            ctx.length = 5
            ctx.body = Self.hello()
        }.test.get("/")
        #expect(response.get("Content-Length") == "5")
        #expect(response.text == "Hello")
    }

    @Test("a Content-Length is kept when the same stream is set again, stripped by another stream")
    func sameStream() async throws {
        let ctx = Context.sample()
        let body = Self.hello()
        ctx.length = 5
        ctx.body = body
        ctx.body = body
        #expect(ctx.response.get("Content-Length") == "5")
        ctx.body = Self.hello()
        #expect(ctx.response.get("Content-Length") == nil)
    }

    @Test("isn't run when the status is 204", arguments: [204, 205, 304])
    func noContent(_ code: Int) async throws {
        let runs = Recording<Int>()
        let response = try await Self.app { ctx in
            ctx.status = Status(code)
            ctx.body = .stream { _ in runs.add(1) }
        }.test.get("/")
        #expect(response.status.code == code)
        #expect(runs.values.isEmpty)
    }

    @Test("an empty stream is an empty body")
    func empty() async throws {
        let response = try await Self.app { $0.body = .stream { _ in } }.test.get("/")
        #expect(response.status == 200)
        #expect(response.bytes.isEmpty)
        #expect(!response.isBroken)
    }

    @Test("an error before the first piece is a proper error response")
    func earlyError() async throws {
        let errors = Recording<String>()
        let response = try await Self.app(errors) { $0.body = .stream { _ in throw HTTPError(.conflict, "no file") } }
            .test.get("/")
        #expect(response.status == 409)
        #expect(response.text == "no file")
        #expect(response.type == "text/plain")
        #expect(errors.values == ["ConflictError (409): no file"])
        #expect(!response.isBroken)
    }

    @Test("an error after the first piece breaks the response off, and is told")
    func lateError() async throws {
        let errors = Recording<String>()
        let response = try await Self.app(errors) { ctx in
            ctx.body = .stream { writer in
                try await writer.write("half")
                throw Boom()
            }
        }.test.get("/")
        #expect(response.status == 200)
        #expect(response.text == "half")
        #expect(response.isBroken)
        #expect(errors.values == ["boom"])
    }

    @Test("an error without a listener is logged, and stops nothing")
    func errorWithoutListener() async throws {
        let log = LogCapture()
        let app = Application(logger: log.logger)
        app.use { ctx in
            guard ctx.path == "/broken" else {
                ctx.body = "fine"
                return
            }
            ctx.body = .stream { writer in
                try await writer.write("half")
                throw Boom()
            }
        }
        #expect(try await app.test.get("/broken").isBroken)
        #expect(log.errors == ["boom"])
        #expect(try await app.test.get("/").text == "fine")
    }

    @Test("an error of an asynchronous sequence is told as well")
    func sequenceError() async throws {
        let errors = Recording<String>()
        let response = try await Self.app(errors) { ctx in
            ctx.body = .stream(
                AsyncThrowingStream<String, any Error> { stream in
                    stream.yield("half")
                    stream.finish(throwing: Boom())
                })
        }.test.get("/")
        #expect(response.isBroken)
        #expect(errors.values == ["boom"])
    }

    @Test("a client that goes away ends the stream, and is no error of the application")
    func clientGone() async throws {
        let errors = Recording<String>()
        let pieces = Recording<Int>()
        let app = Self.app(errors) { ctx in
            ctx.body = .stream { writer in
                for piece in 1... {
                    try await writer.write("piece")
                    pieces.add(piece)
                }
            }
        }
        let transport = StubTransport()
        transport.patience = 3
        await app.callback().serve(.sample(app, .sample(), transport))
        #expect(pieces.values == [1, 2, 3])
        #expect(errors.values.isEmpty)
        #expect(transport.isAborted)
        #expect(!transport.isEnded)
    }

    @Test("writing more or less than the announced length breaks the response off", arguments: [4, 6])
    func wrongLength(_ length: Int) async throws {
        let errors = Recording<String>()
        let response = try await Self.app(errors) { ctx in
            ctx.body = .stream(contentLength: length) { writer in
                try await writer.write("Hel")
                try await writer.write("lo")
            }
        }.test.get("/")
        #expect(response.isBroken)
        #expect(errors.values.count == 1)
        #expect(errors.values.first?.contains("Content-Length") == true)
    }

    @Test("a value refused in the stream's closure before the first piece is an error response")
    func refused() async throws {
        let errors = Recording<String>()
        let app = Application()
        app.onError { error, _ in errors.add("\((error as? KoaError)?.code.description ?? "-")") }
        app.use { ctx in
            ctx.body = .stream { writer in
                ctx.set("X-Bad", "a\nb")
                if ctx.path == "/write" { try await writer.write("x") }
            }
        }
        #expect(try await app.test.get("/write").status == 500)
        #expect(try await app.test.get("/empty").status == 500)
        #expect(errors.values == ["invalidHeader", "invalidHeader"])
    }
}
