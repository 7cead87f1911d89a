extension Router {
    /// Routes of one method, or of several.
    ///
    /// ```swift
    /// router.on("LINK")("/photos/:id") { ctx in ctx.status = .noContent }
    /// ```
    ///
    /// - Parameters:
    ///   - method: its name; case counts.
    ///   - more: further methods of the same routes.
    public func on(_ method: String, _ more: String...) -> Verb { Verb(router: self, methods: [method] + more) }

    /// Routes of GET, which answer HEAD too.
    public var get: Verb { on("GET") }
    /// Routes of HEAD.
    public var head: Verb { on("HEAD") }
    /// Routes of POST.
    public var post: Verb { on("POST") }
    /// Routes of PUT.
    public var put: Verb { on("PUT") }
    /// Routes of PATCH.
    public var patch: Verb { on("PATCH") }
    /// Routes of DELETE.
    public var delete: Verb { on("DELETE") }
    /// Routes of DELETE.
    public var del: Verb { delete }
    /// Routes of OPTIONS.
    public var options: Verb { on("OPTIONS") }
    /// Routes of TRACE.
    public var trace: Verb { on("TRACE") }
    /// Routes of CONNECT.
    public var connect: Verb { on("CONNECT") }
    /// Routes of every method.
    public var all: Verb { Verb(router: self, methods: Methods.all) }
}
