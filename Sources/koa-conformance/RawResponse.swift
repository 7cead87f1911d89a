/// A response as it came over the wire.
struct RawResponse: Equatable {
    /// The status code.
    var status: Int
    /// The reason phrase.
    var reason: String
    /// The header fields, in order.
    var headers: [Field]
    /// The body, its transfer encoding undone.
    var body: [UInt8]

    /// Each value of a header.
    func values(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name }.map(\.value)
    }

    /// Reads one response to a request of that method.
    ///
    /// - Throws: ``ClientError`` when it isn't HTTP/1.1 or ends early.
    static func read(to method: String, from reader: inout ResponseReader) throws -> RawResponse {
        var response = try head(from: &reader)
        // Interim responses come before the one that counts.
        while (100..<200).contains(response.status) { response = try head(from: &reader) }
        if method == "HEAD" || response.status == 204 || response.status == 304 { return response }
        if let coding = response.values("transfer-encoding").last {
            guard coding.lowercased() == "chunked" else { throw ClientError("unknown transfer-encoding \(coding)") }
            response.body = try chunks(from: &reader)
        } else if let text = response.values("content-length").first {
            guard let length = Int(text), length >= 0 else { throw ClientError("invalid content-length \(text)") }
            response.body = try reader.bytes(length)
        } else {
            response.body = try reader.rest()
        }
        return response
    }

    private static func head(from reader: inout ResponseReader) throws -> RawResponse {
        let line = try reader.line()
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), parts[1].utf8.count == 3, let status = Int(parts[1])
        else { throw ClientError("no status line: \(line.debugDescription)") }
        var response = RawResponse(
            status: status, reason: parts.count > 2 ? String(parts[2]) : "", headers: [], body: [])
        while case let line = try reader.line(), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else {
                throw ClientError("no header: \(line.debugDescription)")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            let end = value.lastIndex { $0 != " " && $0 != "\t" }.map { value.index(after: $0) } ?? value.startIndex
            response.headers.append(Field(name: String(line[..<colon]), value: String(value[..<end])))
        }
        return response
    }

    private static func chunks(from reader: inout ResponseReader) throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let line = try reader.line()
            guard let size = Int(line.prefix { $0 != ";" }, radix: 16), size >= 0 else {
                throw ClientError("no chunk size: \(line.debugDescription)")
            }
            if size == 0 { break }
            body += try reader.bytes(size)
            guard try reader.line().isEmpty else { throw ClientError("a chunk is longer than its size") }
        }
        while try !reader.line().isEmpty {}
        return body
    }
}

/// Takes lines and counted bytes from a stream.
struct ResponseReader {
    private let source: () throws -> [UInt8]
    private var buffer: [UInt8] = []

    /// - Parameter source: gives the next bytes; none at the end.
    init(source: @escaping () throws -> [UInt8]) {
        self.source = source
    }

    /// A line without its CR LF, read as ISO-8859-1.
    mutating func line() throws -> String {
        var searched = 0
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                guard end > 0, buffer[end - 1] == UInt8(ascii: "\r") else {
                    throw ClientError("a line ends without CR")
                }
                let line = Latin1Text.text(buffer[..<(end - 1)])
                buffer.removeFirst(end + 1)
                return line
            }
            searched = buffer.count
            guard try fill() else { throw ClientError("the connection was closed before the response's end") }
        }
    }

    /// So many bytes.
    mutating func bytes(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else {
                throw ClientError("the connection was closed after \(buffer.count) of \(count) bytes")
            }
        }
        let bytes = Array(buffer[..<count])
        buffer.removeFirst(count)
        return bytes
    }

    /// All bytes up to the end.
    mutating func rest() throws -> [UInt8] {
        while try fill() {}
        defer { buffer = [] }
        return buffer
    }

    private mutating func fill() throws -> Bool {
        let bytes = try source()
        buffer += bytes
        return !bytes.isEmpty
    }
}

/// A request got no proper response.
struct ClientError: Error, Equatable, CustomStringConvertible {
    /// What happened.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
