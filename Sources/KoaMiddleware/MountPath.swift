import Koa

/// A path that middleware are mounted at, and what lies below it.
///
/// Both are compared as they were written, byte by byte: nothing is decoded, no slashes are merged and no dots resolved. A
/// router does the same, but for the case of ASCII letters, which doesn't count there unless it is `sensitive`.
struct MountPath: Sendable {
    /// The path, which isn't `/`.
    let text: String

    /// How a request below the path is seen there.
    struct Inside: Equatable {
        /// What was taken off the path.
        var mountPath: String
        /// The URL with what is left of the path.
        var url: String
    }

    /// How a URL reads below the path, or nil when it isn't there.
    ///
    /// The path itself reads `/`. Behind a mount path that ends in a slash, what is left has none before it, as the
    /// reference has it; unless it would be read as a whole URL then (`/files/http://host/x`): that keeps its slash.
    func inside(_ url: String) -> Inside? {
        let target = RequestTarget(url)
        let path = target.path.utf8
        guard path.starts(with: text.utf8) else { return nil }
        let rest = path.dropFirst(text.utf8.count)
        // With the query, that is.
        let tail = url[rest.startIndex...]
        let slash = UInt8(ascii: "/")
        guard let first = rest.first else { return Inside(mountPath: text, url: "\(target.prefix)/\(tail)") }
        if first == slash { return Inside(mountPath: text, url: "\(target.prefix)\(tail)") }
        guard text.utf8.last == slash else { return nil }
        if RequestTarget.isAbsolute(String(tail)) {
            return Inside(mountPath: String(text.dropLast()), url: "\(target.prefix)/\(tail)")
        }
        // Without the origin of a whole URL: it can't stand before a path without a slash.
        return Inside(mountPath: text, url: String(tail))
    }
}
