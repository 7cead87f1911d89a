import NIOConcurrencyHelpers

/// The signed cookies that were made or found right not long ago: a browser sends its cookies with each request, and hashing
/// them takes longer than to remember.
///
/// It holds a few thousand, each in one of the two places that its text's hash has; the next but one text of those places
/// takes over.
package final class KnownCookies: Sendable {
    /// A power of two.
    private static let places = 4096
    /// Longer cookies aren't kept, in bytes of name and value.
    private static let longest = 256

    private let cookies = NIOLockedValueBox([SignedCookie?](repeating: nil, count: places))

    /// The cookie of a name and value whose signature this is, where it is known.
    func cookie(_ pair: UnsafeRawBufferPointer, signature: UnsafeRawBufferPointer) -> SignedCookie? {
        guard pair.count <= Self.longest else { return nil }
        let place = Self.place(of: pair)
        return cookies.withLockedValue { cookies in
            if let first = cookies[place], first.isPair(pair, signature: signature) { return first }
            if let second = cookies[place + 1], second.isPair(pair, signature: signature) { return second }
            return nil
        }
    }

    /// The cookie of a `NAME=VALUE`, where it is known.
    func cookie(_ pair: String) -> SignedCookie? {
        guard pair.utf8.count <= Self.longest else { return nil }
        let place = Self.place(of: pair)
        return cookies.withLockedValue { cookies in
            if let first = cookies[place], first.pair.isIdentical(to: pair) { return first }
            if let second = cookies[place + 1], second.pair.isIdentical(to: pair) { return second }
            return nil
        }
    }

    /// Keeps a cookie of the newest key.
    func keep(_ cookie: SignedCookie) {
        guard cookie.pair.utf8.count <= Self.longest else { return }
        let place = Self.place(of: cookie.pair)
        cookies.withLockedValue { cookies in
            let isSame = cookies[place].map { $0.pair.isIdentical(to: cookie.pair) } ?? false
            if !isSame { cookies[place + 1] = cookies[place] }
            cookies[place] = cookie
        }
    }

    private static func place(of text: String) -> Int {
        var text = text
        return text.withUTF8 { place(of: UnsafeRawBufferPointer($0)) }
    }

    /// The first of a text's two places. No hash that somebody couldn't aim at: texts of one place only push each other out.
    private static func place(of text: UnsafeRawBufferPointer) -> Int {
        var hash = UInt64(truncatingIfNeeded: text.count)
        var start = 0
        while start + 8 <= text.count {
            hash = (hash ^ text.loadUnaligned(fromByteOffset: start, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
            start += 8
        }
        while start < text.count {
            hash = (hash ^ UInt64(text[start])) &* 0x0100_0000_01B3
            start += 1
        }
        return Int(truncatingIfNeeded: (hash ^ hash >> 29) & UInt64(places - 2))
    }
}
