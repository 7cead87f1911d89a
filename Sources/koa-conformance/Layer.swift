import Koa
import KoaMiddleware

/// An entry of a case's middleware list.
enum Layer {
    /// The middleware that an entry describes: a list of operations, or a kind with its options.
    ///
    /// - Parameter files: the folder of static files.
    /// - Throws: ``Unsupported`` for a kind, operation or read that there is not yet; ``MalformedCase``.
    static func middleware(_ entry: JSON, files: String) throws -> Middleware {
        if entry.array != nil { return try Operations.middleware(entry) }
        let entry = try entry.requireObject("a middleware")
        let kind = try entry.require("kind").requireText("kind")
        switch kind {
        case "router":
            return compose(try router(entry))
        case "compress":
            return try compression(entry)
        case "cors":
            return try crossOrigin(entry)
        case "mount":
            let path = try entry.require("path").requireText("path")
            return mount(path, try within(entry, files)).middleware
        case "vhost":
            let host = try entry.require("host").requireText("host")
            return virtualHost(host, try within(entry, files)).middleware
        case "bodyParser":
            return try bodyParser(entry)
        case "session":
            return try sessions(entry)
        case "static":
            return try staticFiles(entry, files: files)
        case "conditionalGet":
            return conditionalGet().middleware
        case "etag":
            let options = try entry.optional("options")?.requireObject("options") ?? [:]
            return etag(weak: try options.optional("weak")?.requireBool("weak") ?? false).middleware
        default:
            throw Unsupported("middleware \(kind)")
        }
    }

    /// The middleware that an entry holds.
    private static func within(_ entry: JSONObject, _ files: String) throws -> Middleware {
        compose(try entry.require("middleware").requireList("middleware").map { try middleware($0, files: files) })
    }
}
