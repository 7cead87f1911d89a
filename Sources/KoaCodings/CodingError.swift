/// Why bytes could not be decoded or encoded.
package enum CodingError: Error, Hashable, CustomStringConvertible {
    /// The bytes are not in this coding, or a checksum in them is another than theirs.
    case corrupt(ContentCoding)
    /// The bytes ended before the coding did.
    case truncated(ContentCoding)
    /// Bytes follow where the coding has ended.
    case trailingBytes(ContentCoding)
    /// The library has no memory left.
    case outOfMemory(ContentCoding)
    /// The encoder was finished before.
    case finished(ContentCoding)

    /// A sentence.
    package var description: String {
        switch self {
        case .corrupt(let coding): "invalid \(coding.name) data"
        case .truncated(let coding): "the \(coding.name) data is incomplete"
        case .trailingBytes(let coding): "unexpected bytes after the \(coding.name) data"
        case .outOfMemory(let coding): "no memory for \(coding.name)"
        case .finished(let coding): "the \(coding.name) data was finished before"
        }
    }
}
