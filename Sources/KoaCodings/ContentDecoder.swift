package import NIOCore

/// Decodes a body piece by piece, in pieces of bounded size, however much the input grows.
///
/// Not Sendable: one task at a time. After an error only dropping it is of use.
package protocol ContentDecoder: AnyObject {
    /// Its coding.
    var coding: ContentCoding { get }

    /// Decodes the beginning of the input, and takes what it used off it.
    ///
    /// - Parameters:
    ///   - input: the next bytes of the coded body.
    ///   - limit: how many bytes to return at most; a call returns no more than 64 KiB, and takes no more memory than
    ///     that and the coding's window, at most 16 MiB (gzip and deflate: 32 KiB; zstd: 8 MiB).
    /// - Returns: decoded bytes, at least one; nil when the input is used up and more is needed.
    /// - Throws: ``CodingError`` `.corrupt`, `.trailingBytes`.
    func decode(_ input: inout ByteBuffer, limit: Int) throws -> ByteBuffer?

    /// Call when the input has ended.
    ///
    /// - Throws: ``CodingError`` `.truncated` when the body isn't whole; also when there was none.
    func finish() throws
}

/// How large the pieces are that libraries write into.
enum PieceSize {
    /// The most that a decoder returns at once.
    static let decoded = 65_536
    /// How much room an encoder's output is given at a time.
    static let encoded = 4_096

    /// The room for a decoded piece: at least a byte, so that every call comes to an end.
    static func decoded(limit: Int) -> Int { min(max(limit, 1), decoded) }
}
