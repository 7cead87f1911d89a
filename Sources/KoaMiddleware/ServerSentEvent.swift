/// One event of a stream of Server-Sent Events.
///
/// ```swift
/// let event = ServerSentEvent(data: "15 °C", event: "weather", id: "7")
/// ```
public struct ServerSentEvent: Sendable, Hashable {
    /// The text that the page gets, of one or several lines.
    public var data: String
    /// The kind, by which the page listens; nil is `message`.
    public var event: String?
    /// What the browser sends as Last-Event-ID when it connects again; `""` makes it forget the one before.
    public var id: String?
    /// How long the browser is to wait before it connects again.
    public var retry: Duration?

    /// Makes an event.
    public init(data: String, event: String? = nil, id: String? = nil, retry: Duration? = nil) {
        self.data = data
        self.event = event
        self.id = id
        self.retry = retry
    }

    /// The event as it is sent.
    ///
    /// - Throws: ``ServerSentEventError`` for a line break in a kind or an id, or NUL in an id, which would end the field.
    func text() throws(ServerSentEventError) -> String {
        var text = ""
        if let event {
            guard !event.utf8.contains(where: Self.isLineBreak) else { throw ServerSentEventError("event", event) }
            text += "event: \(event)\n"
        }
        if let id {
            guard !id.utf8.contains(where: { Self.isLineBreak($0) || $0 == 0 }) else {
                throw ServerSentEventError("id", id)
            }
            text += "id: \(id)\n"
        }
        if let retry {
            let (seconds, attoseconds) = retry.components
            let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
            let whole = overflow ? Int64.max : milliseconds
            text +=
                "retry: \(max(whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000).partialValue, 0))\n"
        }
        for line in Self.lines(data) { text += "data: \(line)\n" }
        return text + "\n"
    }

    private static func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// The lines of a text; CR LF, CR and LF each end one.
    private static func lines(_ text: String) -> [Substring] {
        var lines: [Substring] = []
        var rest = text[...]
        while let end = rest.utf8.firstIndex(where: isLineBreak) {
            lines.append(rest[..<end])
            var next = rest.utf8.index(after: end)
            if rest.utf8[end] == 0x0D, next < rest.utf8.endIndex, rest.utf8[next] == 0x0A {
                next = rest.utf8.index(after: next)
            }
            rest = rest[next...]
        }
        return lines + [rest]
    }
}

/// A field of an event that can't be sent as one line.
///
/// ```swift
/// do {
///     ctx.body = .events { events in try await events.send(.init(data: "x", id: "two\nlines")) }
/// }
/// ```
public struct ServerSentEventError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `event` or `id`.
    public let field: String
    /// What can't be sent.
    public let value: String

    init(_ field: String, _ value: String) {
        self.field = field
        self.value = value
    }

    /// A sentence.
    public var description: String {
        "The \(field) of a server-sent event can't have line breaks or NUL: \(value.debugDescription)"
    }
}
