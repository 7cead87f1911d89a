import NIOCore
import Testing

@testable import Koa

@Suite("ctx.body of a stream")
struct ResponseStreamBodyTests {
    @Test("is application/octet-stream unless a type is set, and has no length")
    func type() {
        let ctx = madeContext()
        ctx.body = .stream { _ in }
        #expect(ctx.response.get("Content-Type") == "application/octet-stream")
        #expect(!ctx.has("Content-Length"))
        #expect(ctx.length == nil)
        #expect(ctx.body?.isStream == true)
        let typed = madeContext()
        typed.type = "text/event-stream"
        typed.body = .stream { _ in }
        #expect(typed.type == "text/event-stream")
    }

    @Test("is written piece by piece, as text, bytes and buffers")
    func writes() async {
        let answer = await answer { ctx in
            ctx.body = .stream { writer in
                try await writer.write("é")
                try await writer.write([0x41, 0x42])
                try await writer.write(ByteBuffer(string: ""))
                try await writer.write(ByteBuffer(string: "!"))
            }
        }
        #expect(answer.status == 200)
        #expect(answer.text == "éAB!")
        #expect(!answer.isBroken)
    }

    @Test("can be an asynchronous sequence of buffers, texts or byte arrays")
    func sequences() async {
        let answers = [
            await answer { ctx in ctx.body = .stream(Self.sequence([ByteBuffer(string: "a"), ByteBuffer(string: "b")]))
            },
            await answer { ctx in ctx.body = .stream(Self.sequence(["a", "b"])) },
            await answer { ctx in
                ctx.body = .stream(Self.sequence([[0x61], [], [0x62]] as [[UInt8]]), contentLength: 2)
            },
        ]
        for answer in answers {
            #expect(answer.text == "ab")
            #expect(!answer.isBroken)
        }
        #expect(answers.map(\.length) == [nil, nil, "2"])
    }

    private static func sequence<Element: Sendable>(_ elements: [Element]) -> AsyncStream<Element> {
        AsyncStream { continuation in
            for element in elements { continuation.yield(element) }
            continuation.finish()
        }
    }

    @Test("that writes nothing is an empty response")
    func empty() async {
        let answer = await answer { ctx in ctx.body = .stream { _ in } }
        #expect(answer.status == 200)
        #expect(answer.length == "0")
        #expect(!answer.isBroken)
    }

    @Test("that fails before its first piece is an error response")
    func earlyFailure() async {
        let answer = await answer { ctx in
            ctx.set("X-Before", "1")
            ctx.body = .stream(contentLength: 5) { writer in
                try await writer.write("")
                try ctx.throw(503, "busy", expose: true)
            }
        }
        #expect(answer.status == 503)
        #expect(answer.text == "busy")
        #expect(answer.headers["X-Before"] == nil)
        #expect(answer.type == "text/plain; charset=utf-8")
        #expect(!answer.isBroken)
        #expect(answer.errors.count == 1)
    }

    @Test("that fails later breaks the connection")
    func lateFailure() async {
        let answer = await answer { ctx in
            ctx.body = .stream { writer in
                try await writer.write("half")
                try ctx.throw(503, "busy")
            }
        }
        #expect(answer.status == 200)
        #expect(answer.text == "half")
        #expect(answer.isBroken)
        #expect(answer.errors.count == 1)
    }

    @Test("whose sequence fails is an error response or a broken connection, too", arguments: [true, false])
    func failingSequence(isEarly: Bool) async {
        let answer = await answer { ctx in
            ctx.body = .stream(
                AsyncThrowingStream<String, any Error> { continuation in
                    if !isEarly { continuation.yield("half") }
                    continuation.finish(throwing: CancellationError())
                })
        }
        #expect(answer.status == (isEarly ? 503 : 200))
        #expect(answer.isBroken == !isEarly)
        #expect(answer.errors.count == 1)
    }

    @Test("sends the status and headers that were set while its first piece was awaited")
    func headersOfTheStream() async {
        let answer = await answer { ctx in
            ctx.body = .stream { writer in
                ctx.status = 201
                ctx.set("X-Late", "1")
                try await writer.write("a")
                ctx.set("X-Too-Late", "1")
                ctx.status = 500
            }
        }
        #expect(answer.status == 201)
        #expect(answer.headers["X-Late"] == "1")
        #expect(answer.headers["X-Too-Late"] == nil)
    }

    @Test("with a length announces it")
    func length() async {
        let answer = await answer { ctx in
            ctx.body = .stream(contentLength: 5) { writer in
                try await writer.write("he")
                try await writer.write("llo")
            }
        }
        #expect(answer.length == "5")
        #expect(answer.text == "hello")
        #expect(!answer.isBroken)
    }

    @Test("that is longer than announced stops there, and breaks the connection")
    func tooLong() async {
        let answer = await answer { ctx in
            ctx.body = .stream(contentLength: 3) { writer in
                try await writer.write("he")
                try await writer.write("llo")
            }
        }
        #expect(answer.text == "he")
        #expect(answer.isBroken)
        #expect(answer.errors == ["The body is longer than its Content-Length of 3 bytes"])
    }

    @Test("that is shorter than announced breaks the connection")
    func tooShort() async {
        let answer = await answer { ctx in
            ctx.body = .stream(contentLength: 6) { writer in try await writer.write("hello") }
        }
        #expect(answer.text == "hello")
        #expect(answer.isBroken)
        #expect(answer.errors == ["The body ended after 5 of the 6 bytes that Content-Length announced"])
    }

    @Test("whose length is wrong before anything was sent is a 500", arguments: [-1, 0, 2, Int.min])
    func wrongFromTheStart(length: Int) async {
        let answer = await answer { ctx in
            ctx.body = .stream(contentLength: length) { writer in try await writer.write("hello") }
        }
        #expect(answer.status == 500)
        #expect(answer.text == "Internal Server Error")
        #expect(!answer.isBroken)
    }

    @Test("that announced bytes and writes none is a 500")
    func nothingOfWhatWasAnnounced() async {
        let answer = await answer { ctx in ctx.body = .stream(contentLength: 5) { _ in } }
        #expect(answer.status == 500)
        #expect(!answer.isBroken)
    }

    @Test("doesn't run on HEAD, which has the headers", arguments: [nil, 5] as [Int?])
    func head(length: Int?) async {
        let ran = Shared(false)
        let answer = await answer(.head) { ctx in
            ctx.body = .stream(contentLength: length) { _ in ran.value = true }
        }
        #expect(answer.status == 200)
        #expect(answer.type == "application/octet-stream")
        #expect(answer.length == length.map { "\($0)" })
        #expect(!ran.value)
    }

    @Test("can't be written to when the response is finished")
    func finished() async {
        let answer = await answer { ctx in
            try await ctx.res.end("done")
            do {
                try await ctx.res.write("more")
                Issue.record("it was written")
            } catch let error as KoaError {
                #expect(error.code == .responseFinished)
            }
        }
        #expect(answer.text == "done")
    }
}

@Suite("A stream that replaces a body, and a body that replaces a stream")
struct ReplacedStreamTests {
    @Test("takes away the length of the other body")
    func takesAwayTheLength() {
        let ctx = madeContext()
        ctx.body = "hello"
        #expect(ctx.length == 5)
        ctx.body = .stream { _ in }
        #expect(!ctx.has("Content-Length"))
        #expect(ctx.type == "text/plain")
        ctx.body = .stream(contentLength: 3) { _ in }
        #expect(ctx.length == 3)
        ctx.body = .stream { _ in }
        #expect(ctx.length == nil)
    }

    @Test("keeps a length that was set for it")
    func keepsTheLength() {
        let ctx = madeContext()
        ctx.length = 5
        ctx.body = .stream { _ in }
        #expect(ctx.length == 5)
        let same = ctx.body
        ctx.body = same
        #expect(ctx.length == 5)
    }

    @Test("runs the last stream alone")
    func lastStream() async {
        let runs = Shared<[Int]>([])
        let answer = await answer { ctx in
            for number in 1...4 {
                ctx.body = .stream { writer in
                    runs.update { $0.append(number) }
                    try await writer.write("\(number)")
                }
            }
        }
        #expect(answer.text == "4")
        #expect(runs.value == [4])
    }

    @Test("can run the stream that it replaces, as compression does")
    func wrapping() async {
        let app = Application(silent: true)
        app.use { ctx, next in
            try await next()
            guard case .stream(let inner) = ctx.body?.content else { return }
            ctx.body = .stream { writer in
                try await writer.write("[")
                try await inner.produce(writer)
                try await writer.write("]")
            }
        }
        let answer = await answer(app: app) { ctx in
            ctx.body = .stream(contentLength: 1) { writer in try await writer.write("x") }
        }
        #expect(answer.text == "[x]")
        #expect(answer.length == nil)
        #expect(!answer.isBroken)
    }

    @Test("doesn't run a stream that text, bytes or JSON replaced")
    func replaced() async {
        for index in 0..<3 {
            let ran = Shared(false)
            let answer = await answer { ctx in
                ctx.body = .stream { _ in
                    ran.value = true
                    try ctx.throw(500)
                }
                switch index {
                case 0: ctx.body = "[1]"
                case 1: ctx.body = .bytes("[1]".utf8)
                default: ctx.body = [1]
                }
            }
            #expect(answer.text == "[1]")
            #expect(answer.length == "3")
            #expect(!ran.value)
            #expect(answer.errors.isEmpty)
        }
    }

    @Test("drops what a stream body would have read when its holder lets go of it")
    func lastReference() async {
        final class Source: Sendable {}
        weak var held: Source?
        let ctx = madeContext()
        do {
            let source = Source()
            held = source
            ctx.body = .stream { _ in _ = source }
        }
        #expect(held != nil)
        await ctx.handle(Chain())
        #expect(held == nil)
    }
}
