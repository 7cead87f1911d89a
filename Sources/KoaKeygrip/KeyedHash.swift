import Crypto

/// An HMAC that has taken in its key, and of which each use takes a copy: half of a short text's work is the key's.
struct KeyedHash: Sendable {
    private enum State: Sendable {
        case sha1(HMAC<Insecure.SHA1>)
        case sha256(HMAC<SHA256>)
        case sha384(HMAC<SHA384>)
        case sha512(HMAC<SHA512>)
    }

    private let state: State
    private let byteCount: Int

    /// Takes in the key.
    init(key: SymmetricKey, algorithm: Keygrip.Algorithm) {
        byteCount = algorithm.byteCount
        state =
            switch algorithm.kind {
            case .sha1: .sha1(HMAC(key: key))
            case .sha256: .sha256(HMAC(key: key))
            case .sha384: .sha384(HMAC(key: key))
            case .sha512: .sha512(HMAC(key: key))
            }
    }

    /// The signature of the text, written in the encoding.
    func signature(of text: String, in encoding: Keygrip.Encoding) -> String {
        withCode(of: text) { code in
            String(unsafeUninitializedCapacity: encoding.length(of: code.count)) { encoding.write(code, to: $0) }
        }
    }

    /// Whether this key and hash made that signature of the text.
    ///
    /// A signature of another length than this hash's, which is no secret, costs no hashing.
    func made(_ signature: String, of text: String, in encoding: Keygrip.Encoding) -> Bool {
        let length = encoding.length(of: byteCount)
        guard signature.utf8.count == length else { return false }
        var signature = signature
        return withCode(of: text) { code in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length) { expected in
                let written = encoding.write(code, to: expected)
                return signature.withUTF8 { Self.isEqual($0, UnsafeBufferPointer(rebasing: expected.prefix(written))) }
            }
        }
    }

    /// Whether the octets are the same, in a time that depends on their number alone.
    private static func isEqual(_ octets: UnsafeBufferPointer<UInt8>, _ others: UnsafeBufferPointer<UInt8>) -> Bool {
        guard octets.count == others.count else { return false }
        var difference: UInt8 = 0
        for position in octets.indices {
            difference |= octets[position] ^ others[position]
        }
        return difference == 0
    }

    private func withCode<Result>(of text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        switch state {
        case .sha1(let hmac): Self.withCode(of: text, by: hmac, body)
        case .sha256(let hmac): Self.withCode(of: text, by: hmac, body)
        case .sha384(let hmac): Self.withCode(of: text, by: hmac, body)
        case .sha512(let hmac): Self.withCode(of: text, by: hmac, body)
        }
    }

    private static func withCode<Hash: HashFunction, Result>(
        of text: String,
        by hmac: HMAC<Hash>,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        var hmac = hmac
        var text = text
        text.withUTF8 { hmac.update(data: UnsafeRawBufferPointer($0)) }
        return hmac.finalize().withUnsafeBytes(body)
    }
}
