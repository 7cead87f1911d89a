#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A cookie and its signature by the newest key: made once, and used again for each request that brings it.
package final class SignedCookie: Sendable {
    /// The cookie's name.
    let name: String

    /// The cookie's value.
    package let value: String

    /// `NAME=VALUE`: what is signed.
    let pair: String

    /// `NAME.sig=SIGNATURE`
    let signaturePair: String

    /// Whether a response may set it: what a client sends may be what no server should.
    let isSettable: Bool

    /// - Parameter pair: `name`, `=` and `value`.
    init(name: String, value: String, pair: String, signature: String) {
        self.name = name
        self.value = value
        self.pair = pair
        isSettable = CookieSyntax.isValue(value) && CookieSyntax.isValue(signature)
        signaturePair = String(joining: name, ".sig=", signature)
    }

    /// Whether the octets are ``pair``, and others the signature, in a time that doesn't depend on where signatures differ.
    func isPair(_ octets: UnsafeRawBufferPointer, signature: UnsafeRawBufferPointer) -> Bool {
        var (pair, signaturePair) = (pair, signaturePair)
        let isSamePair = pair.withUTF8 { known in
            guard known.count == octets.count, let mine = known.baseAddress, let theirs = octets.baseAddress else {
                return false
            }
            return memcmp(mine, theirs, known.count) == 0
        }
        guard isSamePair else { return false }
        let start = name.utf8.count + ".sig=".utf8.count
        return signaturePair.withUTF8 { known in
            guard known.count - start == signature.count else { return false }
            var difference: UInt8 = 0
            for position in 0..<signature.count { difference |= known[start + position] ^ signature[position] }
            return difference == 0
        }
    }
}
