#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads the Cookie header of a request, in one pass and whatever the client wrote.
///
/// ```swift
/// CookieHeader.value(of: "b", in: "a=1; b=\"2\"")  // 2
/// ```
package enum CookieHeader {
    /// The value of the first cookie of that name, nil when there is none.
    ///
    /// The reference's pattern `(?:^|;) *NAME=([^;]*)`: spaces may precede the name, none may follow it, names match
    /// octet by octet. Of a value that begins with a quote the first and the last character are dropped; nothing is
    /// decoded.
    ///
    /// - Parameter suffix: what stands behind the name.
    package static func value(of name: String, suffix: StaticString = "", in header: String) -> String? {
        var header = header
        return header.withUTF8 { octets in range(of: name, suffix, in: octets).map { unquoted(octets[$0]) } }
    }

    /// A cookie and its signature, where both are there; nil too for what a look at the octets alone can't read: quotes, and
    /// what isn't ASCII.
    static func signed(_ name: String, in header: UnsafeRawBufferPointer, among known: KnownCookies?) -> FoundCookie? {
        let octets = header.assumingMemoryBound(to: UInt8.self)
        guard octets.reduce(0 as UInt8, |) < 0x80, let value = range(of: name, "", in: octets),
            let signature = range(of: name, ".sig", in: octets), !signature.isEmpty,
            value.isEmpty || octets[value.lowerBound] != CookieSyntax.quote,
            octets[signature.lowerBound] != CookieSyntax.quote
        else { return nil }
        let pair = (value.lowerBound - name.utf8.count - 1)..<value.upperBound
        func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: header[range]) }
        if let cookie = known?.cookie(part(pair), signature: part(signature)) { return .verified(cookie) }
        func text(_ range: Range<Int>) -> String { String(decoding: part(range), as: UTF8.self) }
        return .unverified(pair: text(pair), value: text(value), signature: text(signature))
    }

    /// Where the value of the first cookie of a name is.
    private static func range(
        of name: String, _ suffix: StaticString, in octets: UnsafeBufferPointer<UInt8>
    ) -> Range<Int>? {
        var name = name
        return name.withUTF8 { name in suffix.withUTF8Buffer { range(of: name, $0, in: octets) } }
    }

    private static func range(
        of name: UnsafeBufferPointer<UInt8>, _ suffix: UnsafeBufferPointer<UInt8>, in octets: UnsafeBufferPointer<UInt8>
    ) -> Range<Int>? {
        let indent = name.prefix { $0 == CookieSyntax.space }.count
        let length = name.count + suffix.count
        var start = 0
        guard let base = octets.baseAddress else { return nil }
        while start < octets.count {
            var text = start
            while text < octets.count, octets[text] == CookieSyntax.space { text += 1 }
            let semicolon = memchr(base + text, Int32(CookieSyntax.semicolon), octets.count - text)
            let end = semicolon.map { $0 - UnsafeMutableRawPointer(mutating: base) } ?? octets.count
            // A name that begins with spaces takes them from those before the text.
            let from = text - indent
            let equals = from + length
            if from >= start, equals < end, octets[equals] == CookieSyntax.equals,
                begins(octets, at: from, with: name), begins(octets, at: from + name.count, with: suffix)
            {
                return (equals + 1)..<end
            }
            start = end + 1
        }
        return nil
    }

    @inline(__always)
    private static func begins(
        _ octets: UnsafeBufferPointer<UInt8>, at start: Int, with text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        for offset in 0..<text.count where octets[start + offset] != text[offset] { return false }
        return true
    }

    /// The cookies of the header in order, read as by ``value(of:in:)``; a part without `=` is left out.
    ///
    /// - Parameter limit: how many are read at most; the rest of the header is not looked at. Default 256.
    package static func pairs(in header: String, limit: Int = 256) -> [(name: String, value: String)] {
        var header = header
        return header.withUTF8 { octets in
            var pairs: [(name: String, value: String)] = []
            var rest = octets[...]
            while pairs.count < limit, !rest.isEmpty {
                let part = rest.prefix { $0 != CookieSyntax.semicolon }
                rest = rest[part.endIndex...].dropFirst()
                let text = part.drop { $0 == CookieSyntax.space }
                guard let equals = text.firstIndex(of: CookieSyntax.equals) else { continue }
                let name = String(decoding: text[..<equals], as: UTF8.self)
                pairs.append((name, unquoted(text[(equals + 1)...])))
            }
            return pairs
        }
    }

    /// The value without its first and last character when it begins with a quote.
    private static func unquoted(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        var value = value
        if value.first == CookieSyntax.quote {
            value = value.dropFirst()
            // The last character may be two octets of UTF-8, the second of them a continuation.
            while let last = value.popLast(), last & 0b1100_0000 == 0b1000_0000 {}
        }
        return String(decoding: value, as: UTF8.self)
    }
}
