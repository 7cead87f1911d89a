package import NIOCore

/// Compresses a body piece by piece.
///
/// What each call returns, one after the other, is the coded body; a piece may be empty, since libraries gather bytes.
/// Not Sendable: one task at a time.
package protocol ContentEncoder: AnyObject {
    /// Its coding.
    var coding: ContentCoding { get }

    /// Compresses a piece.
    ///
    /// - Throws: ``CodingError`` `.finished`.
    func write(_ input: ByteBuffer) throws -> ByteBuffer

    /// All that was written and not yet returned, so that a reader can decode every byte so far. It costs a few bytes.
    ///
    /// - Throws: ``CodingError`` `.finished`.
    func flush() throws -> ByteBuffer

    /// The end of the coded body; after it only ``reset()`` is of use.
    ///
    /// - Throws: ``CodingError`` `.finished`.
    func finish() throws -> ByteBuffer

    /// Begins a new body, keeping memory where the library can; whatever wasn't returned is lost.
    ///
    /// - Throws: ``CodingError`` `.outOfMemory`.
    func reset() throws
}
