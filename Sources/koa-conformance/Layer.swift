import Koa

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
        case "router": return compose(try router(entry))
        default: throw Unsupported("middleware \(kind)")
        }
    }
}
