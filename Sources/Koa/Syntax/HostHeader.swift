/// The `Host` field: `uri-host [ ":" port ]` of RFC 9110 §7.2 and RFC 3986 §3.2.
package enum HostHeader {
    /// What a registered name is made of, without the comma, which tells two hosts apart in a list, and escapes.
    private static let nameCharacters = ASCIISet.alphanumerics.union(ASCIISet("-._~!$&'()*+;="))

    /// Whether the bytes are a valid value: a name, an IPv4 address or an IPv6 address in brackets, and perhaps a port
    /// of at most 65535. An empty value is valid; a port without a host is not.
    ///
    /// User information, commas, spaces, paths and bytes outside ASCII are refused: with them, two parties could read
    /// two hosts out of one value.
    package static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        let names = nameCharacters
        var iterator = bytes.makeIterator()
        guard var byte = iterator.next() else { return true }
        if byte == UInt8(ascii: "[") {
            guard skipAddress(&iterator) else { return false }
            guard let next = iterator.next() else { return true }
            return next == UInt8(ascii: ":") && isPort(&iterator)
        }
        guard byte != UInt8(ascii: ":") else { return false }
        while true {
            if byte == UInt8(ascii: ":") { return isPort(&iterator) }
            if byte == UInt8(ascii: "%") {
                guard iterator.next()?.hexDigitValue != nil, iterator.next()?.hexDigitValue != nil else { return false }
            } else if !names.contains(byte) {
                return false
            }
            guard let next = iterator.next() else { return true }
            byte = next
        }
    }

    /// Whether a text is a valid value, by the same rules.
    package static func isValid(_ text: String) -> Bool {
        isValid(text.utf8)
    }

    /// The host and port that a field value names, as the reference's `ctx.host` reads it.
    ///
    /// - Parameter value: A field value, perhaps with several hosts, of which the first counts, or with user information
    ///   before an `@`, which is dropped as a URL's is.
    /// - Returns: The host, as written, or an empty text where it is not a valid one.
    package static func host(of value: String) -> String {
        // Almost every value is one valid host, which has neither commas, nor spaces, nor an `@`.
        if isValid(value.utf8) { return value }
        let first = value.utf8.prefix { $0 != UInt8(ascii: ",") }
        let start = first.drop(while: \.isHTTPWhitespace)
        let trailing = start.reversed().prefix(while: \.isHTTPWhitespace).count
        let host = String(Substring(start.dropLast(trailing)))
        if let at = host.utf8.lastIndex(of: UInt8(ascii: "@")) {
            guard isValid(host.utf8[at...].dropFirst()), let plain = WebURL("http://" + host)?.host else { return "" }
            // URLs have hosts that the field can't, such as `{`.
            return isValid(plain) ? plain : ""
        }
        return isValid(host.utf8) ? host : ""
    }

    /// The host without its port, as the reference's `ctx.hostname` reads it: an IPv6 address keeps its brackets and is
    /// compressed; what is not a valid host gives an empty text.
    ///
    /// - Parameter value: A field value, as for ``host(of:)``.
    package static func hostname(of value: String) -> String {
        let host = host(of: value)
        if host.utf8.first == UInt8(ascii: "[") {
            return WebURL("http://" + host)?.hostname ?? ""
        }
        guard let colon = host.utf8.firstIndex(of: UInt8(ascii: ":")) else { return host }
        return String(host[..<colon])
    }

    /// Takes an IPv6 address and its closing bracket.
    private static func skipAddress(_ iterator: inout some IteratorProtocol<UInt8>) -> Bool {
        var address: [UInt8] = []
        while let byte = iterator.next() {
            if byte == UInt8(ascii: "]") { return IPv6Text.parse(address[...]) != nil }
            guard address.count < 45 else { return false }
            address.append(byte)
        }
        return false
    }

    /// Whether digits are all that is left, and the number fits. RFC 3986 has a port be empty, too.
    private static func isPort(_ iterator: inout some IteratorProtocol<UInt8>) -> Bool {
        var port = 0
        while let byte = iterator.next() {
            guard byte.isASCIIDigit else { return false }
            port = port * 10 + Int(byte - 0x30)
            guard port <= 65535 else { return false }
        }
        return true
    }
}
