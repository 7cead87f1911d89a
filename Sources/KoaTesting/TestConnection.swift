public import Koa
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A connection to a live application, to send, receive and close by hand.
///
/// ```swift
/// try await app.test.live { client in
///     let connection = try await client.connect()
///     try await connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
///     try await connection.send("cd")
///     #expect(try await connection.receiveResponse().text == "abcd")
///     await connection.close()
/// }
/// ```
///
/// Each step has a ``deadline``. Nothing is read from the socket that isn't asked for. A connection that isn't closed is
/// closed when the client stops.
public final class TestConnection: Sendable {
    let channel: any Channel
    let inbox: Inbox
    private let limit: NIOLockedValueBox<Duration>
    private let coding: JSONCoding

    init(_ channel: any Channel, _ inbox: Inbox, deadline: Duration, coding: JSONCoding) {
        self.channel = channel
        self.inbox = inbox
        limit = NIOLockedValueBox(deadline)
        self.coding = coding
    }

    /// How long each step may take. Default: that of the client that made the connection.
    public var deadline: Duration {
        get { limit.withLockedValue { $0 } }
        set { limit.withLockedValue { $0 = newValue } }
    }

    // MARK: Sending

    /// Sends text in UTF-8, and returns when the socket has taken it.
    ///
    /// - Throws: ``TestError`` `.disconnected` when the server has gone, `.deadlineExceeded` when it doesn't read.
    public func send(_ text: String) async throws {
        try await send(ByteBuffer(string: text))
    }

    /// Sends bytes; see ``send(_:)-(String)``.
    public func send(_ bytes: ByteBuffer) async throws {
        try await send(bytes, by: Deadline(deadline))
    }

    func send(_ bytes: ByteBuffer, by deadline: Deadline) async throws {
        do {
            try await deadline.wait(for: channel.writeAndFlush(bytes), "sending")
        } catch let error where !(error is TestError || error is CancellationError) {
            throw TestError(.disconnected, "Can't send: \(error)")
        }
    }

    // MARK: Receiving

    /// Receives up to the end of a text, which is part of what is returned.
    ///
    /// - Throws: ``TestError``: `.disconnected` when the server closed before, `.deadlineExceeded`.
    public func receive(until mark: String) async throws -> String {
        let mark = Array(mark.utf8)
        var searched = 0
        return try await receive("the text \(String(decoding: mark, as: UTF8.self).debugDescription)") { input, _ in
            let start = max(0, searched - mark.count)
            guard let end = input.readableBytesView.dropFirst(start).endOfFirst(mark) else {
                searched = input.readableBytes
                return nil
            }
            return input.readString(length: end - input.readerIndex)
        }
    }

    /// Receives so many bytes.
    ///
    /// - Throws: ``TestError``: `.disconnected` when the server closed before, `.deadlineExceeded`.
    public func receive(count: Int) async throws -> ByteBuffer {
        try await receive("\(count) bytes") { input, _ in input.readSlice(length: max(0, count)) }
    }

    /// Receives all that comes until the server closes its side.
    ///
    /// - Throws: ``TestError``: `.disconnected` when the connection was reset, `.deadlineExceeded`.
    public func receiveAll() async throws -> String {
        try await receive("the end of the connection") { input, end in
            guard case .closed = end else { return nil }
            return input.readString(length: input.readableBytes)
        }
    }

    /// Receives a whole response, after interim ones (100) that are dropped.
    ///
    /// - Parameter method: of the request; a response to HEAD has no body. Default GET.
    /// - Throws: ``TestError``: `.noResponse`, `.malformedResponse`, `.deadlineExceeded`.
    public func receiveResponse(to method: HTTPRequest.Method = .get) async throws -> TestResponse {
        try await receiveParsed(isHead: method == .head, by: Deadline(deadline)).response(coding)
    }

    /// Receives a response; the connection may serve another if the parser says so.
    func receiveParsed(isHead: Bool, by deadline: Deadline) async throws -> ResponseParser {
        var parser = ResponseParser(isHead: isHead)
        return try await receive("a response", by: deadline) { input, end in
            try parser.consume(&input)
            if end != nil { try parser.inputEnded() }
            return parser.isComplete ? parser : nil
        }
    }

    /// Receives a response as it was sent, and whether that was the end of the connection.
    func receiveResponseText(isHead: Bool) async throws -> (text: String, isEnd: Bool) {
        var parser = ResponseParser(isHead: isHead)
        var text = ByteBuffer()
        return try await receive("a response") { input, end in
            var rest = input
            // What isn't HTTP is the answer too, as far as it came.
            do { try parser.consume(&rest) } catch { rest.clear() }
            if let part = input.readSlice(length: input.readableBytes - rest.readableBytes) {
                text.writeImmutableBuffer(part)
            }
            guard end != nil || parser.isComplete else { return nil }
            return (String(buffer: text), end != nil && input.readableBytes == 0)
        }
    }

    private func receive<Result: Sendable>(
        _ what: String,
        by deadline: Deadline? = nil,
        _ read: (_ input: inout ByteBuffer, _ end: Inbox.End?) throws -> Result?
    ) async throws -> Result {
        let deadline = deadline ?? Deadline(self.deadline)
        while true {
            let (result, end): (Result?, Inbox.End?) = try inbox.read { input, end in
                (try read(&input, end), end)
            }
            if let result { return result }
            switch end {
            case .closed: throw missing(what, "the server closed the connection")
            case .broken(let reason): throw missing(what, reason)
            case nil: break
            }
            let more = inbox.more(channel.eventLoop)
            channel.read()
            let inbox = inbox
            try await deadline.wait(for: more, "receiving \(what) (there is \(inbox.unread.debugDescription))")
        }
    }

    private func missing(_ what: String, _ reason: String) -> TestError {
        TestError(.disconnected, "Can't receive \(what): \(reason). There is \(inbox.unread.debugDescription)")
    }

    // MARK: Closing

    /// Closes this side: the server reads the end of its input, and can still answer.
    public func closeOutput() async throws {
        do {
            try await Deadline(deadline).wait(for: channel.close(mode: .output), "closing the output")
        } catch let error where !(error is TestError || error is CancellationError) {
            throw TestError(.disconnected, "Can't close the output: \(error)")
        }
    }

    /// Closes the connection at once with a reset (RST), as a client that crashes may.
    public func reset() async {
        let lingerNoTime = linger(l_onoff: 1, l_linger: 0)
        try? await (channel as? any SocketOptionProvider)?.setSoLinger(lingerNoTime).get()
        await close()
    }

    /// Closes both sides.
    public func close() async {
        inbox.end(.broken("this side closed the connection"))
        try? await channel.close()
    }

    /// Closes both sides, later.
    func abandon() {
        inbox.end(.broken("this side closed the connection"))
        channel.close(promise: nil)
    }
}

extension ByteBufferView {
    /// The index behind the first occurrence of some bytes.
    fileprivate func endOfFirst(_ mark: [UInt8]) -> Int? {
        guard let first = mark.first else { return startIndex }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            guard rest[start...].count >= mark.count else { return nil }
            if rest[start...].starts(with: mark) { return start + mark.count }
            rest = rest[(start + 1)...]
        }
        return nil
    }
}
