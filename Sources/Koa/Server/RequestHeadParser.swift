import HTTPTypes
import NIOCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads the head of an HTTP/1 request out of a buffer, as far as it has come; no byte is looked at twice.
///
/// A pure value: the same bytes give the same result however they are cut. RFC 9112, without its leniencies: a bare
/// LF, folded lines, white space before a colon or around the parts of the request line are errors.
struct RequestHeadParser {
    /// What a head may be, in bytes and fields.
    struct Limits: Sendable {
        var target = 8 * 1024
        var field = 16 * 1024
        var fieldSection = 32 * 1024
        var fieldCount = 128
    }

    /// A head, and what it says about its connection.
    struct Parsed {
        var head: RequestHead
        var isKeepAlive: Bool
        var expectsContinue: Bool
    }

    private struct RequestLine {
        var method: HTTPRequest.Method
        var target: String
        var version: HTTPVersion
        var form: TargetForm
    }

    private enum TargetForm {
        case origin, absolute, authority, asterisk
    }

    private let limits: Limits
    private var requestLine: RequestLine?
    private var fieldsStart = 0
    private var lineStart = 0
    private var scanned = 0
    private var spans: [RequestFields.Span] = []

    init(limits: Limits) {
        self.limits = limits
    }

    /// Whether the request that is being read has the method HEAD, as far as it is known.
    private(set) var isHead = false

    /// Whether nothing of a request has come.
    var isAtStart: Bool { scanned == 0 && requestLine == nil }

    /// Takes a head from the buffer's front.
    ///
    /// - Returns: nil when it isn't complete; the buffer is left as it is then, but for empty lines in front.
    mutating func parse(_ buffer: inout ByteBuffer) throws(ProtocolError) -> Parsed? {
        if isAtStart, try !skipEmptyLines(&buffer) { return nil }
        let end: Int?
        do {
            end = try buffer.withUnsafeReadableBytes { try scanLines($0) }
        } catch let error as ProtocolError {
            throw error
        } catch {
            throw ProtocolError(.badRequest, "Malformed request")
        }
        guard let end, let line = requestLine, let bytes = buffer.readSlice(length: end) else { return nil }
        let fields = RequestFields(bytes: bytes, spans: spans)
        let parsed = try Self.interpret(line, fields)
        requestLine = nil
        isHead = false
        fieldsStart = 0
        lineStart = 0
        scanned = 0
        spans = []
        return parsed
    }

    /// RFC 9112 section 2.2: empty lines before a request are ignored. Whether the buffer then begins a request line.
    private func skipEmptyLines(_ buffer: inout ByteBuffer) throws(ProtocolError) -> Bool {
        while let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) {
            guard first == UInt8(ascii: "\r") else {
                guard FieldSyntax.isToken(first) else { throw ProtocolError(.badRequest, "Malformed request line") }
                return true
            }
            guard let second = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt8.self) else { return false }
            guard second == UInt8(ascii: "\n") else { throw ProtocolError(.badRequest, "Malformed request line") }
            buffer.moveReaderIndex(forwardBy: 2)
        }
        return false
    }

    /// Parses each complete line; the length of the head when it ended.
    private mutating func scanLines(_ bytes: UnsafeRawBufferPointer) throws(ProtocolError) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        while scanned < bytes.count {
            guard let found = memchr(base + scanned, 0x0A, bytes.count - scanned) else {
                scanned = bytes.count
                break
            }
            let lineFeed = UnsafeRawPointer(found) - base
            let line = lineStart..<max(lineStart, lineFeed - 1)
            let isTerminated = lineFeed > lineStart && bytes[lineFeed - 1] == 0x0D
            if requestLine != nil, isTerminated, line.isEmpty { return lineFeed + 1 }
            // What is too long is that, however it ends: its end may not have come yet.
            try checkLimits(bytes, lineEnd: lineFeed)
            guard isTerminated else { throw ProtocolError(.badRequest, "A line ends without CRLF") }
            lineStart = lineFeed + 1
            scanned = lineStart
            if requestLine == nil {
                requestLine = try parseRequestLine(UnsafeRawBufferPointer(rebasing: bytes[line]))
                fieldsStart = lineStart
            } else {
                guard spans.count < limits.fieldCount else {
                    throw ProtocolError(.requestHeaderFieldsTooLarge, "Too many header fields")
                }
                if spans.isEmpty { spans.reserveCapacity(12) }
                spans.append(try FieldSyntax.parse(bytes, line))
            }
        }
        // One byte may be half of the empty line, which doesn't count.
        if requestLine == nil || scanned - lineStart > 1 { try checkLimits(bytes, lineEnd: scanned) }
        return nil
    }

    /// Checks a line, or as much of it as has come.
    ///
    /// - Parameter lineEnd: where its line feed is, or is at the earliest.
    private func checkLimits(_ bytes: UnsafeRawBufferPointer, lineEnd: Int) throws(ProtocolError) {
        if requestLine == nil {
            // Method, version and spaces need less than 64 bytes.
            guard lineEnd - 64 > limits.target else { return }
            guard bytes.prefix(Self.longestMethod + 1).contains(0x20) else { throw Self.methodTooLong }
            throw ProtocolError(.uriTooLong, "The target is too long")
        }
        guard lineEnd + 1 - fieldsStart <= limits.fieldSection else {
            throw ProtocolError(.requestHeaderFieldsTooLarge, "The header section is too large")
        }
        guard lineEnd - 1 - lineStart <= limits.field else {
            throw ProtocolError(.requestHeaderFieldsTooLarge, "A header field is too large")
        }
    }

    private static var longestMethod: Int { 32 }
    private static var methodTooLong: ProtocolError { ProtocolError(.notImplemented, "The method is too long") }

    private mutating func parseRequestLine(_ line: UnsafeRawBufferPointer) throws(ProtocolError) -> RequestLine {
        var index = 0
        while index < line.count, FieldSyntax.isToken(line[index]) { index += 1 }
        guard index > 0, index < line.count, line[index] == 0x20 else {
            throw ProtocolError(.badRequest, "Malformed request line")
        }
        guard index <= Self.longestMethod else { throw Self.methodTooLong }
        let method = Self.method(line[..<index])
        isHead = method == .head
        let targetStart = index + 1
        index = targetStart
        while index < line.count, line[index] > 0x20, line[index] < 0x7F, line[index] != UInt8(ascii: "#") {
            index += 1
        }
        guard index - targetStart <= limits.target else { throw ProtocolError(.uriTooLong, "The target is too long") }
        guard index > targetStart, index < line.count, line[index] == 0x20 else {
            throw ProtocolError(.badRequest, "Malformed request target")
        }
        let version = try Self.version(UnsafeRawBufferPointer(rebasing: line[(index + 1)...]))
        let target = String(decoding: line[targetStart..<index], as: UTF8.self)
        let form = try Self.form(of: target, method)
        return RequestLine(method: method, target: target, version: version, form: form)
    }

    private static func method(_ bytes: Slice<UnsafeRawBufferPointer>) -> HTTPRequest.Method {
        let base = bytes.startIndex
        if bytes.count == 3, bytes[base] == UInt8(ascii: "G"), bytes[base + 1] == UInt8(ascii: "E"),
            bytes[base + 2] == UInt8(ascii: "T")
        {
            return .get
        }
        return HTTPRequest.Method(String(decoding: bytes, as: UTF8.self)) ?? .get
    }

    private static func version(_ bytes: UnsafeRawBufferPointer) throws(ProtocolError) -> HTTPVersion {
        guard bytes.count == 8, bytes[0] == UInt8(ascii: "H"), bytes[1] == UInt8(ascii: "T"),
            bytes[2] == UInt8(ascii: "T"), bytes[3] == UInt8(ascii: "P"), bytes[4] == UInt8(ascii: "/"),
            bytes[6] == UInt8(ascii: "."), let major = digit(bytes[5]), let minor = digit(bytes[7])
        else { throw ProtocolError(.badRequest, "Malformed HTTP version") }
        guard major == 1 else { throw ProtocolError(.httpVersionNotSupported, "Only HTTP/1 is spoken here") }
        return minor == 0 ? .http1_0 : .http1_1
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? value : nil
    }

    /// RFC 9112 section 3.2: the form of a target that this method may have.
    private static func form(of target: String, _ method: HTTPRequest.Method) throws(ProtocolError) -> TargetForm {
        if method == .connect {
            guard target.utf8.contains(UInt8(ascii: ":")), target.utf8.last?.isASCIIDigit == true,
                HostHeader.isValid(target.utf8)
            else {
                throw ProtocolError(.badRequest, "CONNECT takes a host and a port")
            }
            return .authority
        }
        if target.utf8.first == UInt8(ascii: "/") { return .origin }
        if target == "*", method == .options { return .asterisk }
        if RequestTarget.isAbsolute(target), let authority = RequestTarget(target).authority, !authority.isEmpty,
            HostHeader.isValid(authority.utf8)
        {
            return .absolute
        }
        throw ProtocolError(.badRequest, "Malformed request target")
    }

    /// Draws from the fields what the connection needs to know, and refuses what two readers could understand
    /// differently (RFC 9112 sections 3.2 and 6).
    private static func interpret(_ line: RequestLine, _ fields: RequestFields) throws(ProtocolError) -> Parsed {
        let notable = NotableFields(fields)
        guard notable.hostCount == 1 || notable.hostCount == 0 && line.version == .http1_0, notable.isHostValid else {
            throw ProtocolError(.badRequest, "A request has exactly one valid Host")
        }
        guard line.method != .connect else {
            throw ProtocolError(.notImplemented, "CONNECT is not supported")
        }
        var expectsContinue = false
        if notable.hasExpectation {
            for expectation in fields.all("expect") {
                guard expectation.equalsIgnoringCase("100-continue") else {
                    throw ProtocolError(.expectationFailed, "Only 100-continue can be expected")
                }
                expectsContinue = line.version >= .http1_1
            }
        }
        let body = notable.hasBody ? try BodyFraming.interpret(fields, line.version) : .none
        var isKeepAlive = line.version >= .http1_1
        if notable.hasConnection { isKeepAlive = Self.isKeepAlive(fields, line.version) }
        let head = RequestHead(
            method: line.method, target: line.target, version: line.version, fields: fields, body: body
        )
        return Parsed(head: head, isKeepAlive: isKeepAlive, expectsContinue: expectsContinue && body != .none)
    }

    private static func isKeepAlive(_ fields: RequestFields, _ version: HTTPVersion) -> Bool {
        let options = fields.all("connection").flatMap { $0.lowercased().split(separator: ",") }
        let tokens = options.map { $0.trimmingSpaces() }
        if tokens.contains("close") { return false }
        return version >= .http1_1 || tokens.contains("keep-alive")
    }
}

/// Which of a head's fields the connection itself has to look at, found in one pass.
private struct NotableFields {
    private(set) var hostCount = 0
    private(set) var isHostValid = true
    private(set) var hasExpectation = false
    private(set) var hasConnection = false
    private(set) var hasBody = false

    init(_ fields: RequestFields) {
        for span in fields.spans {
            switch span.nameLength {
            case 4 where fields.isNamed(span, "host"):
                hostCount += 1
                isHostValid = isHostValid && fields.withValue(span) { HostHeader.isValid($0) }
            case 6 where fields.isNamed(span, "expect"): hasExpectation = true
            case 10 where fields.isNamed(span, "connection"): hasConnection = true
            case 14 where fields.isNamed(span, "content-length"): hasBody = true
            case 17 where fields.isNamed(span, "transfer-encoding"): hasBody = true
            default: break
            }
        }
    }
}

extension RequestTarget {
    /// The host and port of an absolute-form target.
    var authority: Substring? {
        prefix.firstRange(of: "://").map { prefix[$0.upperBound...] }
    }
}
