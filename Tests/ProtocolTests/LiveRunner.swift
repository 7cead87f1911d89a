import Koa
import NIOCore

@testable import KoaTesting

/// Runs one case over a socket.
enum LiveRunner {
    /// What comes of a case that is written so many bytes at a time; nil writes it all at once.
    static func run(_ wanted: ProtocolCase, splitEvery size: Int?) async throws -> Verdict {
        let echo = Echo()
        var test = echo.application().test
        test.deadline = .seconds(10)
        return try await test.live(options: Echo.options) { client in
            let connection = try await client.connect()
            try await send(wanted.bytes, to: connection, splitEvery: size)
            if wanted.end == .open { try await send(InProcessRunner.probe, to: connection, splitEvery: size) }
            if wanted.end == .waiting { try await connection.closeOutput() }

            var responses: [ResponseParser] = []
            let count = wanted.answers.count { $0.status != nil } + (wanted.end == .open ? 1 : 0)
            for index in 0..<count {
                let isHead = wanted.isHead(index)
                responses.append(try await connection.receiveParsed(isHead: isHead, by: Deadline(connection.deadline)))
            }
            var end = wanted.end
            var seen: [String]
            if end == .open {
                // The probe's response says whether the connection was open; it is no part of the verdict.
                seen = echo.seen.value
                if seen.popLast() != "GET /probe" || responses.popLast()?.head.status != 200 { end = .waiting }
            } else {
                // Whatever else comes, before the server closes.
                if try await !connection.receiveAll().isEmpty { end = .open }
                seen = echo.seen.value
            }
            return Verdict(responses, seen: seen, end: end, to: wanted)
        }
    }

    /// The server may close before it has read all.
    private static func send(
        _ bytes: some Collection<UInt8>, to connection: TestConnection, splitEvery size: Int?
    ) async throws {
        var rest = ByteBuffer(bytes: bytes)
        while rest.readableBytes > 0, let piece = rest.readSlice(length: min(size ?? .max, rest.readableBytes)) {
            do {
                try await connection.send(piece)
            } catch let error as TestError where error.code == .disconnected {
                return
            }
        }
    }
}
