extension Request {
    /// The target: path and query, or the whole URL when the client sent one. Middleware may rewrite it.
    public var url: String {
        get { ctx.incoming.url }
        nonmutating set { ctx.incoming.url = newValue }
    }

    /// The target as the client sent it.
    public var originalURL: String { ctx.originalURL }

    /// The URL's path as it was sent, percent-encoding and all. Setting it keeps the query.
    public var path: String {
        get {
            let url = url
            return RequestTarget.isPath(url) ? url : String(RequestTarget(url).path)
        }
        nonmutating set {
            let target = RequestTarget(url)
            guard newValue != target.path else { return }
            url = target.replacing(path: newValue)
        }
    }

    /// The URL's query without `?`, or `""`.
    public var querystring: String {
        get { String(RequestTarget(url).query ?? "") }
        nonmutating set {
            let target = RequestTarget(url)
            var query = newValue[...]
            if query.first == "?" { query = query.dropFirst() }
            guard query != target.query ?? "" else { return }
            url = target.replacing(query: String(query))
        }
    }

    /// The URL's query with `?`, or `""`. Setting it accepts both forms.
    public var search: String {
        get {
            let query = querystring
            return query.isEmpty ? "" : "?" + query
        }
        nonmutating set { querystring = newValue }
    }

    /// The query's names and values, in order. Setting it rewrites the URL.
    ///
    /// ```swift
    /// let page = ctx.query["page"], tags = ctx.query.all("tag")
    /// ```
    public var query: Query {
        get {
            let text = querystring
            if let cached = ctx.incoming.query, cached.text == text { return cached.value }
            let value = Query(text)
            ctx.incoming.query = (text, value)
            return value
        }
        nonmutating set { querystring = newValue.description }
    }

    /// The whole URL of the request as the client asked for it.
    public var href: String {
        let target = originalURL
        return RequestTarget.isAbsolute(target) ? target : "\(self.protocol)://\(host)\(target)"
    }

    /// The request's URL, parsed as browsers do (the WHATWG URL standard), or nil when it can't be.
    public var URL: WebURL? {
        if let known = ctx.incoming.whatwgURL { return known }
        let parsed = WebURL(href)
        ctx.incoming.whatwgURL = .some(parsed)
        return parsed
    }

    /// The Origin header, or nil.
    public var origin: String? { field("origin") }
}

/// A request target, taken apart without decoding or normalising anything.
///
/// This is the one path that mounting, routing and static files see: as sent, slashes not merged, percent-encoding
/// kept.
package struct RequestTarget {
    /// `http://host` of an absolute-form target, else empty.
    package let prefix: Substring
    /// From the first slash up to the query.
    package let path: Substring
    /// Behind `?`; nil without one.
    package let query: Substring?

    package init(_ target: String) {
        var rest = target[...]
        if Self.isAbsolute(target) {
            let utf8 = target.utf8
            let authority =
                utf8.firstIndex(of: UInt8(ascii: ":")).map { utf8.index($0, offsetBy: 3) } ?? utf8.startIndex
            let end = utf8[authority...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
            prefix = target[..<(end ?? utf8.endIndex)]
            rest = target[(end ?? utf8.endIndex)...]
        } else {
            prefix = ""
        }
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = Self.rooted(rest[..<mark], prefix)
            query = rest[rest.utf8.index(after: mark)...]
        } else {
            path = Self.rooted(rest, prefix)
            query = nil
        }
    }

    /// Whether a target is a path and nothing else, as most are: then it needn't be taken apart.
    static func isPath(_ target: String) -> Bool {
        var target = target
        return target.withUTF8 { bytes in
            bytes.first == UInt8(ascii: "/") && !bytes.contains(UInt8(ascii: "?"))
        }
    }

    private static func rooted(_ path: Substring, _ prefix: Substring) -> Substring {
        path.isEmpty && !prefix.isEmpty ? "/" : path
    }

    /// The target with another path; `?` and `#` in it are encoded.
    func replacing(path: String) -> String {
        // Without a slash the path would become a part of the host's name.
        let slash = prefix.isEmpty || path.utf8.first == UInt8(ascii: "/") ? "" : "/"
        return prefix + slash + Self.encode(path, question: true) + (query.map { "?" + $0 } ?? "")
    }

    /// The target with another query; none when it is empty.
    func replacing(query: String) -> String {
        prefix + path + (query.isEmpty ? "" : "?" + Self.encode(query, question: false))
    }

    /// Whether a target is a whole http or https URL.
    package static func isAbsolute(_ target: String) -> Bool {
        guard target.utf8.first.map({ $0.asciiLowercased }) == UInt8(ascii: "h") else { return false }
        let start = String(target.prefix(8)).lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://")
    }

    private static func encode(_ text: String, question: Bool) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "?") }) else { return text }
        var encoded = ""
        for character in text.unicodeScalars {
            switch character {
            case "#": encoded += "%23"
            case "?" where question: encoded += "%3F"
            default: encoded.unicodeScalars.append(character)
            }
        }
        return encoded
    }
}
