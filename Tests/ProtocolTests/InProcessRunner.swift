import FoundationEssentials
import NIOEmbedded

@testable import Koa
@testable import KoaTesting

/// Runs one case over connections without sockets, on which it is known what the server reads at once.
struct InProcessRunner {
    /// A request that is served on each connection that is still open.
    static let probe = Array("GET /probe HTTP/1.1\r\nHost: a\r\n\r\n".utf8)

    private let wanted: ProtocolCase
    private let echo = Echo()
    private let handler: RequestHandler
    private let loop = EmbeddedEventLoop()
    private let resources: LoopResources

    init(_ wanted: ProtocolCase) {
        self.wanted = wanted
        handler = echo.application().callback()
        // A clock that stands still: no timeout passes.
        resources = LoopResources(
            eventLoop: loop, registry: ConnectionRegistry(capacity: .max), options: Echo.options,
            clock: ManualClock(.distantPast)
        )
    }

    /// What comes of bytes that the server reads piece by piece, and how many interim responses there were.
    func run(_ pieces: [some Collection<UInt8>]) throws -> (Verdict, interim: Int) {
        echo.seen.value = []
        let connection = try InProcessConnection(handler, loop, resources)
        defer { connection.close() }
        for piece in pieces { try connection.send(piece) }
        let (responses, interim) = try connection.responses(isHead: wanted.isHead)
        let seen = echo.seen.value
        let end: ProtocolCase.End = connection.isClosed ? .closed : try isOpen(connection) ? .open : .waiting
        return (Verdict(responses, seen: seen, end: end, to: wanted), interim)
    }

    /// Whether the connection serves another request, and nothing else besides.
    private func isOpen(_ connection: InProcessConnection) throws -> Bool {
        let before = try connection.responses(isHead: wanted.isHead).final.count
        let seen = echo.seen.value
        try connection.send(Self.probe)
        return try connection.responses(isHead: wanted.isHead).final.count == before + 1
            && echo.seen.value == seen + ["GET /probe"]
    }
}
