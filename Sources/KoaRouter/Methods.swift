/// The methods of requests.
enum Methods {
    /// Those that Node.js knows, in its order: what a route of all methods allows.
    static let all = [
        "ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD", "LINK", "LOCK", "M-SEARCH", "MERGE",
        "MKACTIVITY", "MKCALENDAR", "MKCOL", "MOVE", "NOTIFY", "OPTIONS", "PATCH", "POST", "PROPFIND", "PROPPATCH", "PURGE",
        "PUT", "QUERY", "REBIND", "REPORT", "SEARCH", "SOURCE", "SUBSCRIBE", "TRACE", "UNBIND", "UNLINK", "UNLOCK",
        "UNSUBSCRIBE",
    ]

    /// The methods of a route: GET answers HEAD too, which comes first.
    static func ofRoute(_ methods: [String]) -> [String] {
        methods.contains("GET") ? ["HEAD"] + methods.filter { $0 != "HEAD" } : methods
    }
}
