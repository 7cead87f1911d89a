import Koa
import NIOCore

@testable import KoaTesting

/// Runs one case over a socket.
enum LiveRunner {
    /// What comes of a case that is written so many bytes at a time; nil writes it all at once.
    static func run(_ wanted: ProtocolCase, splitEvery size: Int?) async throws -> Verdict {
        let echo = Echo()
        return try await echo.application().test.live(options: Echo.options) { client in
            let connection = try await client.connect()
            try await send(wanted.bytes, to: connection, splitEvery: size)
            var end = wanted.end
            switch wanted.end {
            case .open: try await send(Array(InProcessRunner.probe.utf8), to: connection, splitEvery: size)
            case .waiting: try await connection.closeOutput()
            case .closed: break
            }
            var responses: [ResponseParser] = []
            let count = wanted.answers.count { $0.status != nil } + (end == .open ? 1 : 0)
            for index in 0..<count {
                let isHead = wanted.isHead(index)
                responses.append(try await connection.receiveParsed(isHead: isHead, by: Deadline(connection.deadline)))
            }
            var seen = echo.seen.value
            if end == .open {
                // The probe's response says whether the connection was open; it is no part of the verdict.
                if seen.popLast() != "GET /probe" || responses.popLast()?.head.status != 200 { end = .waiting }
            } else {
                let rest = try await connection.receiveAll()
                if !rest.isEmpty { end = .open }
            }
            return Verdict(responses, seen: seen, end: end, to: wanted)
        }
    }

    /// The server may close before it has read all.
    private static func send(_ bytes: [UInt8], to connection: TestConnection, splitEvery size: Int?) async throws {
        var buffer = ByteBuffer(bytes: bytes)
        while let piece = buffer.readSlice(length: min(size ?? bytes.count, buffer.readableBytes)),
            piece.readableBytes > 0
        {
            do {
                try await connection.send(piece)
            } catch let error as TestError where error.code == .disconnected {
                return
            }
        }
    }
}
