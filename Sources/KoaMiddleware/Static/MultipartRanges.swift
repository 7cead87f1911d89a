import Koa

/// Several parts of a file in one body: `multipart/byteranges` (RFC 9110 section 14.6).
struct MultipartRanges: Sendable {
    /// What stands between the parts, and nowhere in the file.
    let boundary: String
    /// The bytes of the whole body.
    let length: Int

    private let parts: [(head: String, range: Range<Int>)]

    /// - Parameters:
    ///   - type: the file's Content-Type, or an empty text.
    ///   - size: the file's size.
    init(_ ranges: [Range<Int>], type: String, size: Int) {
        var generator = SystemRandomNumberGenerator()
        let boundary = (0..<2).map { _ in String(generator.next(), radix: 36) }.joined()
        let typeLine = type.isEmpty ? "" : "Content-Type: \(type)\r\n"
        parts = ranges.enumerated().map { index, range in
            let start = index == 0 ? "" : "\r\n"
            let place = "Content-Range: \(Self.contentRange(range, size: size))\r\n\r\n"
            return (head: "\(start)--\(boundary)\r\n\(typeLine)\(place)", range: range)
        }
        self.boundary = boundary
        length = parts.reduce(Self.end(boundary).utf8.count) { $0 + $1.head.utf8.count + $1.range.count }
    }

    /// The value of Content-Range for a part.
    static func contentRange(_ range: Range<Int>, size: Int) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
    }

    /// Writes the body.
    nonisolated(nonsending) func write(_ file: OpenFile, to writer: BodyWriter) async throws {
        for part in parts {
            try await writer.write(part.head)
            try await writer.write(file, part.range)
        }
        try await writer.write(Self.end(boundary))
    }

    private static func end(_ boundary: String) -> String { "\r\n--\(boundary)--\r\n" }
}
