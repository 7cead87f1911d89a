import Koa
import NIOCore

/// Reads one HTTP/1 response of the bytes as they come (RFC 9112).
///
/// Interim responses (1xx, but 101) are skipped, and trailers are dropped.
struct ResponseParser {
    /// What was read of the head.
    struct Head {
        var minorVersion = 1
        var status: Status = 0
        var reason = ""
        var headers = Headers()
    }

    private enum State {
        case statusLine, fields
        case body(left: Int), untilEnd
        case chunkSize, chunk(left: Int), chunkEnd, trailers
        case complete
    }

    /// The longest line that is read.
    private static let maxLine = 1024 * 1024

    private(set) var head = Head()
    private(set) var body = ByteBuffer()
    /// Whether the input ended before the response did.
    private(set) var isBroken = false
    private let isHead: Bool
    private var state = State.statusLine
    /// So many bytes of the input were searched for the end of the line before.
    private var searched = 0

    /// - Parameter isHead: whether the response is to a HEAD request, and so has no body.
    init(isHead: Bool) {
        self.isHead = isHead
    }

    var isComplete: Bool {
        if case .complete = state { true } else { false }
    }

    /// Whether another response may follow on the connection.
    var isKeptAlive: Bool {
        guard isComplete, !isBroken, !endsWithInput, head.status.code != 101 else { return false }
        let connection = head.headers["Connection"]?.lowercased() ?? ""
        return head.minorVersion >= 1 ? !connection.contains("close") : connection.contains("keep-alive")
    }

    private var endsWithInput = false

    /// Takes what belongs to the response from the front of the input.
    mutating func consume(_ input: inout ByteBuffer) throws {
        while !isComplete {
            switch state {
            case .statusLine:
                guard let line = try readLine(&input) else { return }
                try readStatus(line)
            case .fields:
                guard let line = try readLine(&input) else { return }
                if line.readableBytes == 0 { try beginBody() } else { try readField(line) }
            case .body(let left):
                guard let rest = take(left, of: &input) else { return }
                state = rest > 0 ? .body(left: rest) : .complete
            case .untilEnd:
                guard take(.max, of: &input) != nil else { return }
            case .chunkSize:
                guard let line = try readLine(&input) else { return }
                let size = try Self.chunkSize(line)
                state = size > 0 ? .chunk(left: size) : .trailers
            case .chunk(let left):
                guard let rest = take(left, of: &input) else { return }
                state = rest > 0 ? .chunk(left: rest) : .chunkEnd
            case .chunkEnd:
                guard let line = try readLine(&input) else { return }
                guard line.readableBytes == 0 else { throw Self.malformed("the end of a chunk", line) }
                state = .chunkSize
            case .trailers:
                guard let line = try readLine(&input) else { return }
                if line.readableBytes == 0 { state = .complete }
            case .complete:
                return
            }
        }
    }

    /// Nothing more comes.
    ///
    /// - Throws: `.noResponse` within the head.
    mutating func inputEnded() throws {
        switch state {
        case .complete: return
        case .statusLine, .fields:
            throw TestError(.noResponse, "The connection closed before the head of a response was complete")
        case .untilEnd: break
        case .body, .chunkSize, .chunk, .chunkEnd, .trailers: isBroken = true
        }
        state = .complete
    }

    /// The response that was read.
    func response(_ coding: JSONCoding) -> TestResponse {
        TestResponse(
            status: head.status,
            reason: head.reason,
            headers: head.headers,
            body: body,
            isBroken: isBroken,
            coding: coding
        )
    }

    // MARK: Parts

    private mutating func readStatus(_ line: ByteBuffer) throws {
        let text = Latin1.decode(line.readableBytesView)
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "HTTP/1.1" || parts[0] == "HTTP/1.0", parts[1].utf8.count == 3,
            let code = Int(parts[1]), code >= 100
        else { throw Self.malformed("the status line", line) }
        head = Head(minorVersion: parts[0] == "HTTP/1.1" ? 1 : 0, status: Status(code), reason: String(parts[2]))
        state = .fields
    }

    private mutating func readField(_ line: ByteBuffer) throws {
        let text = Latin1.decode(line.readableBytesView)
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), Latin1.isToken(text[..<colon]) else {
            throw Self.malformed("a header field", line)
        }
        let value = text[colon...].dropFirst().drop { $0 == " " || $0 == "\t" }
        let end = value.lastIndex { $0 != " " && $0 != "\t" }
        head.headers.append(String(text[..<colon]), end.map { String(value[...$0]) } ?? "")
    }

    private mutating func beginBody() throws {
        let code = head.status.code
        if (100..<200).contains(code), code != 101 {
            state = .statusLine
        } else if isHead || code == 101 || code == 204 || code == 304 {
            state = .complete
        } else if let coding = head.headers["Transfer-Encoding"] {
            guard coding.lowercased() == "chunked", !head.headers.has("Content-Length") else {
                throw TestError(.malformedResponse, "The response is framed by Transfer-Encoding: \(coding) and more")
            }
            state = .chunkSize
        } else if let text = head.headers["Content-Length"] {
            guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let length = Int(text) else {
                throw TestError(.malformedResponse, "The response has a Content-Length of \(text.debugDescription)")
            }
            state = length > 0 ? .body(left: length) : .complete
        } else {
            endsWithInput = true
            state = .untilEnd
        }
    }

    /// Moves up to so many bytes of the input to the body; returns how many are left, nil when there were none.
    private mutating func take(_ count: Int, of input: inout ByteBuffer) -> Int? {
        guard let piece = input.readSlice(length: min(count, input.readableBytes)), piece.readableBytes > 0 else {
            return nil
        }
        body.writeImmutableBuffer(piece)
        return count - piece.readableBytes
    }

    /// A line without its line break, once it is there.
    private mutating func readLine(_ input: inout ByteBuffer) throws -> ByteBuffer? {
        let unsearched = input.readableBytesView.dropFirst(searched)
        guard let feed = unsearched.firstIndex(of: UInt8(ascii: "\n")) else {
            searched = input.readableBytes
            if searched > Self.maxLine { throw TestError(.malformedResponse, "The response has a line without an end") }
            return nil
        }
        searched = 0
        let length = feed - input.readerIndex
        guard var line = input.readSlice(length: length + 1) else { return nil }
        guard length > 0, line.getInteger(at: line.readerIndex + length - 1) == UInt8(ascii: "\r") else {
            throw Self.malformed("a line that ends by \\n alone", line)
        }
        return line.readSlice(length: length - 1)
    }

    private static func chunkSize(_ line: ByteBuffer) throws -> Int {
        let digits = line.readableBytesView.prefix { $0 != UInt8(ascii: ";") }
        guard digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-"),
            let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw malformed("the size of a chunk", line) }
        return size
    }

    private static func malformed(_ what: String, _ line: ByteBuffer) -> TestError {
        TestError(.malformedResponse, "The response is malformed at \(what): \(String(buffer: line).debugDescription)")
    }
}
