/// A hundred routes as a JSON API has them: ten of each resource, half of which have parameters that the others' paths would
/// match too.
public enum RESTRoutes {
    /// A route: its method, and its path with parameters as `:name`.
    public typealias Route = (method: String, path: String)

    /// All routes, in the order in which they are added.
    public static let all: [Route] = resources.flatMap(routes)

    /// What the server is asked for: a route with one parameter, in the middle of the list.
    public static let target = "/projects/hello-world"

    private static let resources = [
        "users", "teams", "boards", "labels", "projects", "milestones", "issues", "files", "hooks", "tokens",
    ]

    private static func routes(of resource: String) -> [Route] {
        [
            ("GET", "/\(resource)"), ("POST", "/\(resource)"), ("GET", "/\(resource)/search"),
            ("GET", "/\(resource)/:id"), ("PUT", "/\(resource)/:id"), ("DELETE", "/\(resource)/:id"),
            ("GET", "/\(resource)/:id/comments"), ("POST", "/\(resource)/:id/comments"),
            ("GET", "/\(resource)/:id/comments/:comment"), ("DELETE", "/\(resource)/:id/comments/:comment"),
        ]
    }
}
