/// The basic URL parser of the WHATWG URL standard (§4.4), its states written as functions.
struct WebURLParser {
    private let input: [UInt8]
    private var position = 0
    private var isSpecial = true

    /// Leaves out the control characters and spaces around the text, and the tabs and line breaks in it.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
        let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start
        input = bytes[start..<end].filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    }

    /// The URL, or nil on failure.
    mutating func parse(base: WebURL?) -> WebURL? {
        if let scheme = readScheme() {
            return parse(scheme: scheme, base: base)
        }
        guard let base else { return nil }
        isSpecial = base.isSpecial
        if case .opaque = base.parsedPath {
            guard next == UInt8(ascii: "#") else { return nil }
            var url = base
            url.fragment = nil
            readTail(of: &url)
            return url
        }
        return parseRelative(to: base)
    }

    private mutating func parse(scheme: String, base: WebURL?) -> WebURL? {
        var url = WebURL(scheme: scheme)
        isSpecial = url.isSpecial
        guard scheme != "file" else { return nil }
        if isSpecial {
            if let base, base.scheme == scheme, !rest.starts(with: "//".utf8) { return parseRelative(to: base) }
            skipSlashes()
            return parseAuthority(into: url)
        }
        if rest.starts(with: "//".utf8) {
            position += 2
            return parseAuthority(into: url)
        }
        if next == UInt8(ascii: "/") {
            url.readPath(readPathText(), isSpecial: isSpecial)
        } else {
            url.parsedPath = .opaque(
                WebURL.encode(take { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }, keeping: WebURL.Kept.control)
            )
        }
        readTail(of: &url)
        return url
    }

    private mutating func parseRelative(to base: WebURL) -> WebURL? {
        var url = base
        url.fragment = nil
        if isSlash(next) {
            position += 1
            if isSlash(next) {
                position += 1
                if isSpecial { skipSlashes() }
                return parseAuthority(into: WebURL(scheme: base.scheme))
            }
            position -= 1
            url.query = nil
            url.parsedPath = .segments([])
            url.readPath(readPathText(), isSpecial: isSpecial)
        } else if let byte = next, byte != UInt8(ascii: "?"), byte != UInt8(ascii: "#") {
            url.query = nil
            url.dropLastSegment()
            url.readPath(readPathText(), isSpecial: isSpecial)
        }
        readTail(of: &url)
        return url
    }

    /// Reads user information, host, port and the rest.
    private mutating func parseAuthority(into start: WebURL) -> WebURL? {
        var url = start
        let special = isSpecial
        var host = take { byte in
            byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
                && !(special && byte == UInt8(ascii: "\\"))
        }
        if let at = host.lastIndex(of: UInt8(ascii: "@")) {
            let userInformation = host[..<at]
            host = host[(at + 1)...]
            guard !host.isEmpty else { return nil }
            let user = userInformation.prefix { $0 != UInt8(ascii: ":") }
            url.username = WebURL.encode(user, keeping: WebURL.Kept.userInformation)
            url.password = WebURL.encode(
                userInformation.dropFirst(user.count + 1), keeping: WebURL.Kept.userInformation)
        }
        guard let colon = portSeparator(in: host) else {
            return finish(url, host: host)
        }
        guard colon > host.startIndex, let port = WebURLParser.port(host[(colon + 1)...]) else { return nil }
        url.port = port == 0 && host.endIndex == colon + 1 ? nil : port
        if url.port == WebURL.specialSchemes[url.scheme] { url.port = nil }
        return finish(url, host: host[..<colon])
    }

    /// Reads the host from its text, and what follows it from the input.
    private mutating func finish(_ start: WebURL, host: ArraySlice<UInt8>) -> WebURL? {
        var url = start
        guard let parsed = WebURL.parseHost(host, isSpecial: isSpecial) else { return nil }
        url.parsedHost = parsed
        if isSpecial || next == UInt8(ascii: "/") {
            url.readPath(readPathText(), isSpecial: isSpecial)
        }
        readTail(of: &url)
        return url
    }

    /// The first colon that is not between brackets.
    private func portSeparator(in host: ArraySlice<UInt8>) -> Int? {
        var isInBrackets = false
        return host.firstIndex { byte in
            if byte == UInt8(ascii: "[") { isInBrackets = true }
            if byte == UInt8(ascii: "]") { isInBrackets = false }
            return byte == UInt8(ascii: ":") && !isInBrackets
        }
    }

    /// The number of a port, 0 for an empty text, or nil.
    private static func port(_ digits: ArraySlice<UInt8>) -> UInt16? {
        var port = 0
        for byte in digits {
            guard byte.isASCIIDigit else { return nil }
            port = port * 10 + Int(byte - 0x30)
            guard port <= 65535 else { return nil }
        }
        return UInt16(port)
    }

    /// Reads the query and the fragment, as far as there are any.
    private mutating func readTail(of url: inout WebURL) {
        if next == UInt8(ascii: "?") {
            position += 1
            url.query = WebURL.encode(
                take { $0 != UInt8(ascii: "#") },
                keeping: isSpecial ? WebURL.Kept.specialQuery : WebURL.Kept.query
            )
        }
        if next == UInt8(ascii: "#") {
            position += 1
            url.fragment = WebURL.encode(take { _ in true }, keeping: WebURL.Kept.fragment)
        }
    }

    /// Takes a scheme and its colon, or nothing.
    private mutating func readScheme() -> String? {
        let set = WebURL.schemeCharacters
        let name = input.prefix { set.contains($0) }
        guard let first = name.first, 0x61...0x7A ~= first | 0x20, name.endIndex < input.count,
            input[name.endIndex] == UInt8(ascii: ":")
        else { return nil }
        position = name.endIndex + 1
        return String(decoding: name.map(\.asciiLowercased), as: UTF8.self)
    }

    private mutating func readPathText() -> ArraySlice<UInt8> {
        take { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    }

    private mutating func take(while predicate: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let taken = rest.prefix(while: predicate)
        position = taken.endIndex
        return taken
    }

    private mutating func skipSlashes() {
        while next == UInt8(ascii: "/") || next == UInt8(ascii: "\\") { position += 1 }
    }

    private func isSlash(_ byte: UInt8?) -> Bool {
        byte == UInt8(ascii: "/") || (isSpecial && byte == UInt8(ascii: "\\"))
    }

    private var rest: ArraySlice<UInt8> { input[position...] }

    private var next: UInt8? { position < input.count ? input[position] : nil }
}
