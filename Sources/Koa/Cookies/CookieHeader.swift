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

    /// A cookie and its signature, where both are there; nil too for what a look at the octets alone can't read: quotes, what
    /// isn't ASCII, and names that begin with a space.
    static func signed(_ name: String, in header: UnsafeRawBufferPointer, among known: KnownCookies?) -> FoundCookie? {
        var name = name
        guard let (pair, value, signature) = name.withUTF8({ ranges(of: $0, in: header) }), !signature.isEmpty else {
            return nil
        }
        let (pairOctets, signatureOctets) = (
            UnsafeRawBufferPointer(rebasing: header[pair]), UnsafeRawBufferPointer(rebasing: header[signature])
        )
        guard pairOctets.reduce(0 as UInt8, |) | signatureOctets.reduce(0 as UInt8, |) < 0x80,
            value.isEmpty || header[value.lowerBound] != CookieSyntax.quote,
            header[signature.lowerBound] != CookieSyntax.quote
        else { return nil }
        // `a=b=1` would be of a cookie `a`, too.
        if let cookie = known?.cookie(pairOctets, signature: signatureOctets), cookie.value.utf8.count == value.count {
            return .verified(cookie)
        }
        return .unverified(
            pair: String(decoding: pairOctets, as: UTF8.self), value: String(decoding: header[value], as: UTF8.self),
            signature: String(decoding: signatureOctets, as: UTF8.self))
    }

    /// Where the first `NAME=VALUE`, its value, and that of the first `NAME.sig` are.
    private static func ranges(
        of name: UnsafeBufferPointer<UInt8>, in header: UnsafeRawBufferPointer
    ) -> (pair: Range<Int>, value: Range<Int>, signature: Range<Int>)? {
        guard let base = header.baseAddress, let nameBase = name.baseAddress, let first = name.first,
            first != CookieSyntax.space
        else { return nil }
        var (value, signature): (Range<Int>?, Range<Int>?)
        var start = 0
        while start < header.count, value == nil || signature == nil {
            while start < header.count, header[start] == CookieSyntax.space { start += 1 }
            let semicolon = memchr(base + start, Int32(CookieSyntax.semicolon), header.count - start)
            let end = semicolon.map { UnsafeRawPointer($0) - base } ?? header.count
            let behind = start + name.count
            if behind < end, memcmp(base + start, nameBase, name.count) == 0 {
                if header[behind] == CookieSyntax.equals {
                    value = value ?? (behind + 1)..<end
                } else if behind + 5 <= end, memcmp(base + behind, ".sig=", 5) == 0 {
                    signature = signature ?? (behind + 5)..<end
                }
            }
            start = end + 1
        }
        guard let value, let signature else { return nil }
        return ((value.lowerBound - name.count - 1)..<value.upperBound, value, signature)
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
