import Koa
import NIOCore

/// The charsets that texts are read in.
enum BodyCharset {
    case utf8
    case latin1

    /// The charset of a media type's parameter; UTF-8 without one.
    ///
    /// - Throws: ``BodyError`` `.unsupportedCharset` for others: guessing would change what the text says.
    init(of type: MediaType?) throws {
        guard let name = type?.parameter("charset") else {
            self = .utf8
            return
        }
        switch name.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii": self = .utf8
        case "iso-8859-1", "latin1": self = .latin1
        default:
            throw BodyError(.unsupportedCharset, "The charset \(name.debugDescription) isn't read here: send UTF-8")
        }
    }

    /// - Throws: for a type that names another charset than UTF-8, which JSON and forms are written in.
    static func requireUTF8(_ type: MediaType?) throws {
        guard case .utf8 = try BodyCharset(of: type) else {
            throw BodyError(.unsupportedCharset, "JSON and forms are read in UTF-8 only")
        }
    }

    /// What the bytes say; what isn't UTF-8 becomes U+FFFD.
    func text(_ bytes: ByteBuffer) -> String {
        switch self {
        case .utf8: String(buffer: bytes.withoutByteOrderMark)
        case .latin1: Latin1.decode(bytes.readableBytesView)
        }
    }
}
