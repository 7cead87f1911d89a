import Koa
import NIOCore

/// Reads a multipart body (RFC 2046 section 5.1, RFC 7578) in whatever pieces it comes.
///
/// It takes time in proportion to the bytes: no byte of a delimiter but its first is a carriage return, so what matched
/// of one never begins another. Lines end in CR LF; what a looser reader would take for a delimiter is an error or data,
/// never a matter of taste.
///
/// ```swift
/// var parser = MultipartParser(boundary: "x", headerBytes: 8192)
/// parser.append(ByteBuffer(string: chunk))
/// while let event = try parser.next() { print(event) }
/// try parser.finish()
/// ```
struct MultipartParser {
    enum Event: Equatable {
        /// A part begins, with these headers.
        case part(Headers)
        /// A piece of its body, not empty.
        case data(ByteBuffer)
        /// It ends.
        case partEnd
        /// The last part has ended; what follows doesn't count.
        case end
    }

    private enum State {
        /// Before the first delimiter.
        case preamble
        /// Behind a delimiter's boundary.
        case boundaryEnd
        case headers
        case body
        case epilogue
    }

    /// CR LF, two dashes and the boundary.
    private let delimiter: [UInt8]
    private let headerBytes: Int
    private var state = State.preamble
    private var pending = ByteBuffer()
    /// How much of what is pending was looked at before, while headers are read.
    private var scanned = 0
    /// The first delimiter may stand at the very beginning, without its line break.
    private var isAtStart = true
    private var preambleBytes = 0

    init(boundary: String, headerBytes: Int) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.headerBytes = headerBytes
    }

    mutating func append(_ chunk: ByteBuffer) {
        guard state != .epilogue, chunk.readableBytes > 0 else { return }
        if pending.readableBytes == 0 {
            pending = chunk
        } else if pending.readerIndex == 0 {
            pending.writeImmutableBuffer(chunk)
        } else {
            // Pieces of it may be in use elsewhere, and writing would copy all of it.
            var joined = ByteBufferAllocator().buffer(capacity: pending.readableBytes + chunk.readableBytes)
            joined.writeImmutableBuffer(pending)
            joined.writeImmutableBuffer(chunk)
            pending = joined
        }
    }

    /// The next event, or nil when more bytes are needed.
    ///
    /// - Throws: ``MultipartError``.
    mutating func next() throws -> Event? {
        while true {
            switch state {
            case .preamble: guard try skipPreamble() else { return nil }
            case .boundaryEnd:
                guard let isLast = try readBoundaryEnd() else { return nil }
                guard isLast else { continue }
                state = .epilogue
                pending = ByteBuffer()
                return .end
            case .headers:
                guard let headers = try readHeaders() else { return nil }
                state = .body
                return .part(headers)
            case .body: return readBody()
            case .epilogue: return nil
            }
        }
    }

    /// - Throws: ``MultipartError`` `.malformed` when the body ends before its last delimiter.
    func finish() throws {
        guard state != .epilogue else { return }
        throw MultipartError(.malformed, "it ends before its last boundary")
    }

    /// - Returns: whether the first delimiter was found.
    private mutating func skipPreamble() throws -> Bool {
        if isAtStart {
            let first = delimiter[2...]
            guard pending.readableBytes >= first.count else {
                guard !pending.readableBytesView.elementsEqual(first.prefix(pending.readableBytes)) else {
                    return false
                }
                isAtStart = false
                return try skipPreamble()
            }
            isAtStart = false
            if pending.readableBytesView.starts(with: first) {
                pending.moveReaderIndex(forwardBy: first.count)
                state = .boundaryEnd
                return true
            }
        }
        let (count, isFound) = pending.search(delimiter)
        pending.moveReaderIndex(forwardBy: count)
        preambleBytes += count
        guard preambleBytes <= headerBytes else { throw MultipartError(.headersTooLong, "no boundary comes") }
        guard isFound else { return false }
        pending.moveReaderIndex(forwardBy: delimiter.count)
        state = .boundaryEnd
        return true
    }

    /// What stands behind a boundary: a line break, or two dashes if it is the last one. Spaces before them don't count.
    ///
    /// - Returns: whether it was the last; nil when more bytes are needed.
    private mutating func readBoundaryEnd() throws -> Bool? {
        let view = pending.readableBytesView
        let padding = view.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard padding <= 128 else { throw malformedBoundary }
        let rest = view.dropFirst(padding)
        guard let first = rest.first else { return nil }
        let isLast = padding == 0 && first == UInt8(ascii: "-")
        guard isLast || first == 0x0D else { throw malformedBoundary }
        guard let second = rest.dropFirst().first else { return nil }
        guard second == (isLast ? UInt8(ascii: "-") : 0x0A) else { throw malformedBoundary }
        pending.moveReaderIndex(forwardBy: padding + 2)
        state = .headers
        scanned = 0
        return isLast
    }

    private var malformedBoundary: MultipartError {
        MultipartError(.malformed, "a boundary is followed by more than a line break")
    }

    private mutating func readHeaders() throws -> Headers? {
        // A part without headers begins with the empty line.
        if pending.readableBytes >= 2, pending.readableBytesView.starts(with: [0x0D, 0x0A]) {
            pending.moveReaderIndex(forwardBy: 2)
            return [:]
        }
        guard let end = pending.endOfHeaders(from: scanned) else {
            guard pending.readableBytes <= headerBytes else { throw MultipartError(.headersTooLong) }
            scanned = max(0, pending.readableBytes - 3)
            return nil
        }
        guard end <= headerBytes, let block = pending.readSlice(length: end) else {
            throw MultipartError(.headersTooLong)
        }
        return try PartHeaders.parse(block.readableBytesView.dropLast(4))
    }

    private mutating func readBody() -> Event? {
        let (count, isFound) = pending.search(delimiter)
        if count > 0, let data = pending.readSlice(length: count) { return .data(data) }
        guard isFound else { return nil }
        pending.moveReaderIndex(forwardBy: delimiter.count)
        state = .boundaryEnd
        return .partEnd
    }
}
