public import NIOCore

/// A request's body as it arrives: an asynchronous sequence of buffers that can be read once.
///
/// ```swift
/// var count = 0
/// for try await chunk in ctx.request.stream { count += chunk.readableBytes }
/// let all = try await ctx.request.stream.collect(upTo: 1024 * 1024)
/// ```
///
/// Reading slowly slows the client down: no more than a few buffers wait in memory. A client that asked for it by
/// `Expect: 100-continue` is told to go on at the first read. What nobody reads is drained, or the connection closed.
public struct RequestBody: AsyncSequence {
    /// A piece of the body.
    public typealias Element = ByteBuffer

    let ctx: Context

    /// Reads the pieces one after the other.
    ///
    /// - Note: `next()` throws ``KoaError`` `.bodyAlreadyRead` when another iterator was made before, `.malformedBody`
    ///   for broken framing, `.bodyTooLarge` past the server's limit, `.bodyTooSlow` below its rate, `.disconnected` when
    ///   the client went away.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let ctx: Context
        let isFirst: Bool

        /// The next piece, or nil at the end.
        public nonisolated(nonsending) mutating func next() async throws -> ByteBuffer? {
            guard isFirst else {
                throw KoaError(
                    .bodyAlreadyRead, "The request's body was read before; keep what was read, it comes once")
            }
            return try await ctx.readBody()
        }
    }

    /// Starts reading.
    public func makeAsyncIterator() -> AsyncIterator {
        let isFirst = !ctx.incoming.isBodyTaken
        ctx.incoming.isBodyTaken = true
        return AsyncIterator(ctx: ctx, isFirst: isFirst)
    }

    /// Reads the whole body.
    ///
    /// - Parameter limit: in bytes. A longer body is refused, by its Content-Length before a byte is read.
    /// - Throws: ``KoaError`` `.bodyTooLarge` (413), and as the iterator does.
    public nonisolated(nonsending) func collect(upTo limit: Int) async throws -> ByteBuffer {
        if case .length(let length) = ctx.head.body, length > limit { throw Self.tooLarge(limit) }
        var iterator = makeAsyncIterator()
        guard var all = try await iterator.next() else { return ByteBuffer() }
        if all.readableBytes > limit { throw Self.tooLarge(limit) }
        while let chunk = try await iterator.next() {
            guard chunk.readableBytes <= limit - all.readableBytes else { throw Self.tooLarge(limit) }
            all.writeImmutableBuffer(chunk)
        }
        return all
    }

    fileprivate static func tooLarge(_ limit: Int) -> KoaError {
        KoaError(.bodyTooLarge, "The request's body is larger than \(limit) bytes")
    }
}

extension Context {
    /// The size of the request's body: what its Content-Length says, else what was read of it.
    package var receivedBytes: Int {
        if case .length(let length) = head.body { length } else { incoming.bodyRead }
    }

    /// The largest body that is read of this request, in bytes.
    package var maxBodySize: Int { incoming.maxBodySize ?? transport.maxBodySize }

    fileprivate nonisolated(nonsending) func readBody() async throws -> ByteBuffer? {
        let limit = maxBodySize
        if case .length(let length) = head.body, length > limit { throw RequestBody.tooLarge(limit) }
        guard let chunk = try await transport.readBody() else { return nil }
        guard chunk.readableBytes <= limit - incoming.bodyRead else { throw RequestBody.tooLarge(limit) }
        incoming.bodyRead += chunk.readableBytes
        return chunk
    }
}

@available(*, unavailable)
extension RequestBody: Sendable {}

@available(*, unavailable)
extension RequestBody.AsyncIterator: Sendable {}
