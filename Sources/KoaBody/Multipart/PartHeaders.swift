import Koa
import NIOCore

/// Reads the headers of a part.
enum PartHeaders {
    /// The most lines of one part: each is compared with those before it.
    private static let maximumLines = 32

    /// - Parameter block: header lines without the line break of the last one.
    /// - Throws: ``MultipartError`` `.headersTooLong` for more than 32 lines, `.malformed` for a line that is no header, a line break or NUL within one, and a second
    ///   Content-Disposition or Content-Type.
    static func parse(_ block: some Collection<UInt8>) throws -> Headers {
        var headers = Headers()
        let text = String(decoding: block, as: UTF8.self)
        guard !text.utf8.contains(0) else { throw MultipartError(.malformed, "a part's headers hold NUL") }
        let lines = text.split(separator: "\r\n", maxSplits: maximumLines, omittingEmptySubsequences: false)
        guard lines.count <= maximumLines else { throw MultipartError(.headersTooLong) }
        for line in lines {
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), FieldText.isToken(line[..<colon]),
                !line.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A })
            else { throw MultipartError(.malformed, "a part's header is none") }
            let name = String(line[..<colon])
            // Two of them would be read one way here and the other way elsewhere.
            guard !headers.has(name) else { throw MultipartError(.malformed, "a part has \(name) twice") }
            headers.append(name, String(FieldText.trim(line[line.utf8.index(after: colon)...])))
        }
        return headers
    }
}
