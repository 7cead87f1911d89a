extension WebURL {
    /// Appends the segments of a path's text, resolving `.` and `..` and their escaped forms (§4.4, path state).
    ///
    /// - Parameters:
    ///   - text: The text up to the query. A first slash only begins it.
    ///   - isSpecial: Whether a backslash is a slash.
    mutating func readPath(_ text: ArraySlice<UInt8>, isSpecial: Bool) {
        func isSlash(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "/") || (isSpecial && byte == UInt8(ascii: "\\"))
        }
        guard case .segments(var segments) = parsedPath else { return }
        parsedPath = .segments([])
        var rest = text
        if let first = rest.first, isSlash(first) { rest = rest.dropFirst() }
        while true {
            let segment = rest.prefix { !isSlash($0) }
            rest = rest.dropFirst(segment.count)
            let isLast = rest.isEmpty
            switch Self.dots(segment) {
            case 2:
                _ = segments.popLast()
                if isLast { segments.append("") }
            case 1:
                if isLast { segments.append("") }
            default:
                segments.append(Self.encode(segment, keeping: Kept.path))
            }
            if isLast { break }
            rest = rest.dropFirst()
        }
        parsedPath = .segments(segments)
    }

    /// Leaves out what follows the path's last slash, to put a relative path there.
    mutating func dropLastSegment() {
        guard case .segments(let segments) = parsedPath else { return }
        parsedPath = .segments(segments.dropLast())
    }

    /// How many dots a segment is made of, if it is one or two of them and nothing else; each may be `%2e`.
    private static func dots(_ segment: ArraySlice<UInt8>) -> Int? {
        guard segment.count <= 6 else { return nil }
        var rest = segment
        var count = 0
        while !rest.isEmpty {
            if rest.first == UInt8(ascii: ".") {
                rest = rest.dropFirst()
            } else if rest.prefix(3).map(\.asciiLowercased).elementsEqual("%2e".utf8) {
                rest = rest.dropFirst(3)
            } else {
                return nil
            }
            count += 1
        }
        return count
    }
}
