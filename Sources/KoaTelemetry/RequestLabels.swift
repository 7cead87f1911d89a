import Koa

/// What series of measurements are told apart by: nothing that a client can choose freely.
struct RequestLabels: Sendable, Hashable {
    let method: String
    let scheme: String
    let route: String
    /// What was sent; nil for a client that left before.
    let status: Int?

    /// The metrics' dimensions, of the same names always: Prometheus refuses a metric whose series differ in them.
    var dimensions: [(String, String)] {
        [
            ("http.request.method", method), ("http.route", route),
            ("http.response.status_code", status.map { String($0) } ?? ""),
            ("url.scheme", scheme), ("error.type", status.map { $0 >= 500 ? String($0) : "" } ?? ""),
        ]
    }

    /// The methods of RFC 9110 and RFC 5789; all others are one.
    static func method(_ name: String) -> String { known.contains(name) ? name : "_OTHER" }

    private static let known: Set<String> = [
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
    ]

    /// A proxy's word is `https` or `http`, whatever else it says.
    static func scheme(_ ctx: Context) -> String { ctx.secure ? "https" : "http" }
}
