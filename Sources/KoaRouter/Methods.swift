import Koa

/// The methods of routes.
enum Methods {
    /// Those of a route of all methods.
    static let all = KnownMethods.all

    /// The methods of a route: GET answers HEAD too, which comes first.
    static func ofRoute(_ methods: [String]) -> [String] {
        methods.contains("GET") ? ["HEAD"] + methods.filter { $0 != "HEAD" } : methods
    }
}
