import Crypto

/// A key together with the hash that it signs by.
struct KeyedHash: Sendable {
    private enum State: Sendable {
        case sha1(KeyedState<Insecure.SHA1>)
        case sha256(KeyedState<SHA256>)
        case sha384(KeyedState<SHA384>)
        case sha512(KeyedState<SHA512>)
    }

    private let state: State
    private let byteCount: Int

    /// Takes in the key.
    init(key: some Collection<UInt8>, algorithm: Keygrip.Algorithm) {
        byteCount = algorithm.byteCount
        state =
            switch algorithm.kind {
            case .sha1: .sha1(KeyedState(key: key))
            case .sha256: .sha256(KeyedState(key: key))
            case .sha384: .sha384(KeyedState(key: key))
            case .sha512: .sha512(KeyedState(key: key))
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
        case .sha1(let state): state.withCode(of: text, body)
        case .sha256(let state): state.withCode(of: text, body)
        case .sha384(let state): state.withCode(of: text, body)
        case .sha512(let state): state.withCode(of: text, body)
        }
    }
}
