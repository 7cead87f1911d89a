public import Koa
import NIOCore

/// The parts of a multipart body as they arrive: an asynchronous sequence that can be read once.
///
/// ```swift
/// var count = 0
/// for try await part in ctx.multipart() {
///     if part.isFile {
///         let file = try await part.store()
///         try await file.move(to: "uploads/\(file.id)")
///     } else {
///         for try await piece in part.body { count += piece.readableBytes }
///     }
/// }
/// ```
///
/// A part's body is read before the next part, or skipped. Reading slowly slows the client down: no more than a few
/// buffers wait in memory.
public struct Multipart: AsyncSequence {
    /// A part.
    public typealias Element = MultipartPart

    let ctx: Context
    let limits: MultipartLimits

    /// Reads the parts one after the other.
    ///
    /// - Note: `next()` throws ``BodyError`` (413 and 415, 400 for what can't be inflated), ``MultipartError``, and what
    ///   `RequestBody` does: 400 for broken framing, 408, an error when the client went away.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let ctx: Context
        let limits: MultipartLimits
        var reader: MultipartReader?

        /// The next part, or nil behind the last one.
        public nonisolated(nonsending) mutating func next() async throws -> MultipartPart? {
            let known = reader
            let current = try known ?? MultipartReader(ctx, limits)
            reader = current
            return try await current.nextPart()
        }
    }

    /// Starts reading.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(ctx: ctx, limits: limits) }
}

extension Context {
    /// The parts of a `multipart/form-data` body, as they arrive.
    ///
    /// ```swift
    /// for try await part in ctx.multipart() {
    ///     let text = try await part.text()
    ///     ctx.logger.info("\(part.name): \(text)")
    /// }
    /// ```
    ///
    /// - Parameter limits: what is refused, with an error at the part that breaks one.
    public func multipart(limits: MultipartLimits = MultipartLimits()) -> Multipart {
        Multipart(ctx: self, limits: limits)
    }
}

@available(*, unavailable)
extension Multipart: Sendable {}

@available(*, unavailable)
extension Multipart.AsyncIterator: Sendable {}
