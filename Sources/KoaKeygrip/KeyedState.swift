import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An HMAC (RFC 2104) whose two hashes have taken in the key, and of which each use takes a copy: half of a short text's
/// work is the key's.
///
/// As a type of this module it is compiled for each hash; Crypto's own asks at run time which one it is of, which takes
/// longer than the hashing.
struct KeyedState<Hash: HashFunction & Sendable>: Sendable {
    private let inner: Hash
    private let outer: Hash

    init(key: some Collection<UInt8>) {
        var block = Array(key)
        if block.count > Hash.blockByteCount { block = Array(Hash.hash(data: block)) }
        block += [UInt8](repeating: 0, count: Hash.blockByteCount - block.count)
        inner = Self.begin(block.map { $0 ^ 0x36 })
        outer = Self.begin(block.map { $0 ^ 0x5C })
    }

    /// Calls back with the code of a text.
    func withCode<Result>(of text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var inner = inner
        var text = text
        text.withUTF8 { inner.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        var outer = outer
        inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
        return outer.finalize().withUnsafeBytes(body)
    }

    private static func begin(_ block: [UInt8]) -> Hash {
        var hash = Hash()
        hash.update(data: block)
        return hash
    }
}
