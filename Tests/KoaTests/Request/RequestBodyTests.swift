import HTTPTypes
import NIOCore
import Testing

@testable import Koa

@Suite("request.stream")
struct RequestBodyTests {
    private func post(_ body: String) -> Context {
        madeContext(.post, "/", body: body)
    }

    @Test("is a sequence of the body's pieces")
    func iterates() async throws {
        var text = ""
        for try await chunk in post("hello").request.stream { text += String(buffer: chunk) }
        #expect(text == "hello")
    }

    @Test("ends at once without a body")
    func empty() async throws {
        let ctx = madeContext(.get)
        for try await _ in ctx.request.stream { Issue.record("there is no body") }
        #expect(try await madeContext(.get).request.stream.collect(upTo: 0).readableBytes == 0)
    }

    @Test(
        "is collected up to its limit, and refused with 413 beyond",
        arguments: [(5, true), (6, true), (4, false), (0, false), (-1, false)])
    func limit(limit: Int, fits: Bool) async throws {
        let ctx = post("hello")
        if fits {
            #expect(String(buffer: try await ctx.request.stream.collect(upTo: limit)) == "hello")
        } else {
            let error = await #expect(throws: KoaError.self) { try await ctx.request.stream.collect(upTo: limit) }
            #expect(error?.code == .bodyTooLarge)
            #expect(error?.status == .payloadTooLarge)
            #expect(error?.expose == true)
        }
    }

    @Test("is refused by its Content-Length before a byte is read")
    func refusedEarly() async throws {
        let ctx = post("hello")
        _ = try? await ctx.request.stream.collect(upTo: 4)
        #expect(try await ctx.request.stream.collect(upTo: 5).readableBytes == 5)
    }

    @Test("can be read once, by whatever name")
    func once() async throws {
        let ctx = post("hello")
        _ = try await ctx.request.stream.collect(upTo: 5)
        let second = await #expect(throws: KoaError.self) { try await ctx.request.stream.collect(upTo: 5) }
        #expect(second?.code == .bodyAlreadyRead)
        let other = await #expect(throws: KoaError.self) { for try await _ in ctx.req.body {} }
        #expect(other?.code == .bodyAlreadyRead)
    }

    @Test("goes on for the first of two readers")
    func firstReader() async throws {
        let ctx = post("hello")
        var first = ctx.request.stream.makeAsyncIterator()
        var second = ctx.request.stream.makeAsyncIterator()
        await #expect(throws: KoaError.self) { _ = try await second.next() }
        #expect(try await first.next() == ByteBuffer(string: "hello"))
        #expect(try await first.next() == nil)
    }

    @Test("answers 413 when nobody catches that it is too large")
    func answers413() async {
        let answer = await answer(.post, body: "hello") { ctx in
            ctx.body = .bytes(try await ctx.request.stream.collect(upTo: 4))
        }
        #expect(answer.status == 413)
        #expect(answer.text == "The request's body is larger than 4 bytes")
    }
}
