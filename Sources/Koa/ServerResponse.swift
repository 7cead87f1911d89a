public import NIOCore

/// The response written by hand (Koa's `ctx.res`).
///
/// ```swift
/// ctx.respond = false
/// ctx.type = "text"
/// try await ctx.res.write("Hello ")
/// try await ctx.res.end("World")
/// ```
///
/// The first write sends the head, with the status and headers set so far.
public struct ServerResponse {
    nonisolated(unsafe) let ctx: Context

    /// Whether the head was sent.
    public var headersSent: Bool { ctx.outgoing.isHeadSent }
    /// Whether the response was ended.
    public var writableEnded: Bool { ctx.outgoing.isFinished }

    /// Sends text as UTF-8, after the head when that wasn't sent yet; waits while the client is slow.
    ///
    /// - Throws: what a setter refused before; when the client went away, the task was cancelled, the response is
    ///   finished or its Content-Length exceeded.
    public nonisolated(nonsending) func write(_ text: String) async throws {
        try await write(ByteBuffer(string: text))
    }

    /// Sends bytes.
    public nonisolated(nonsending) func write(_ buffer: ByteBuffer) async throws {
        settleStatus()
        try await ctx.write(buffer)
    }

    /// Ends the response, after a last piece of text.
    ///
    /// - Throws: as ``write(_:)-(String)``; ``KoaError`` `.lengthMismatch` when bytes are missing that Content-Length
    ///   announced; nothing when it was ended before.
    public nonisolated(nonsending) func end(_ text: String = "") async throws {
        guard !writableEnded else { return }
        if !headersSent {
            try ctx.throwRefusal()
            settleStatus()
            try ctx.requireFinalStatus()
            return ctx.send(.text(text))
        }
        if !text.isEmpty { try await write(text) }
        try ctx.finishStreaming()
    }

    /// Node's response starts as 200; the context's 404 is for when nobody answers.
    private func settleStatus() {
        if !ctx.outgoing.hasExplicitStatus, !headersSent { ctx.status = .ok }
    }
}

@available(*, unavailable)
extension ServerResponse: Sendable {}
