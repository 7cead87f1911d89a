public import Koa
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Templates of a folder, as a middleware that lets those below it render them; made by
/// ``views(_:extension:engines:layout:values:cache:)``.
///
/// ```swift
/// let site: Views = views("views")
/// app.use(site)
/// ```
public final class Views: MiddlewareProtocol {
    /// The folder, as an absolute path.
    public let root: String

    let `extension`: String
    let engines: [String: any ViewEngine]
    let layout: String?
    let values: [String: any Sendable]
    private let cache: Bool?
    private let library = Mutex<ViewLibrary?>(nil)

    init(
        root: String,
        extension: String,
        engines: [String: any ViewEngine],
        layout: String?,
        values: [String: any Sendable],
        cache: Bool?
    ) {
        let folder = FileManager.default.currentDirectoryPath
        self.root = root.hasPrefix("/") ? root : "\(folder)/\(root)"
        self.extension = Self.withoutDot(`extension`)
        self.engines = Dictionary(
            [("mustache", MustacheEngine() as any ViewEngine)] + engines.map { (Self.withoutDot($0.key), $0.value) },
            uniquingKeysWith: { $1 })
        self.layout = layout
        self.values = values
        self.cache = cache
    }

    private static func withoutDot(_ name: String) -> String {
        name.hasPrefix(".") ? String(name.dropFirst()) : name
    }

    /// The function that runs.
    public var middleware: Middleware {
        { [self] ctx, next in
            let outer = ctx.state.views
            ctx.state.views = self
            defer { ctx.state.views = outer }
            try await next()
        }
    }

    /// Compiles the templates where they are kept; looks whether the folder is there where they are read each time.
    ///
    /// - Throws: ``ViewError``, with the file and the line of what is wrong in a template.
    public func prepare(for app: Application) throws {
        if isCached(app) {
            _ = try kept()
        } else {
            _ = try ViewFolder(root: root)
        }
    }

    private func isCached(_ app: Application) -> Bool { cache ?? (app.env != "development") }

    /// The templates as they are at the moment, or as they were when they were first needed.
    nonisolated(nonsending) func current(_ app: Application) async throws -> ViewLibrary {
        if isCached(app) {
            if let library = library.withLock({ $0 }) { return library }
            return try await app.offload { [self] in try kept() }
        }
        return try await app.offload { [self] in try load() }
    }

    private func kept() throws -> ViewLibrary {
        try library.withLock { library in
            if let library { return library }
            let loaded = try load()
            library = loaded
            return loaded
        }
    }

    private func load() throws -> ViewLibrary {
        try ViewLibrary(ViewFolder(root: root), extension: `extension`, engines: engines)
    }
}

/// Lets the middleware below render the templates of a folder, by ``Koa/Context/render(_:_:layout:)``.
///
/// ```swift
/// app.use(views("views"))                    // views/index.mustache: <h1>{{title}}</h1>
/// app.use { ctx in try await ctx.render("index", ["title": "Hello"]) }
/// ```
///
/// Templates are Mustache's unless other engines are given. Those of the folder are each other's partials by their paths
/// (`{{> partials/head}}`), and what is inserted is escaped. In production all are compiled when the application starts,
/// so that an error in one is found then; in development they are read anew each time.
///
/// Only files below the folder can be rendered: a name is looked up in the list of them, and links that lead out of it
/// aren't followed.
///
/// - Parameters:
///   - root: the folder, relative to the working directory.
///   - extension: of names that have none. Default `mustache`.
///   - engines: for further extensions, or in place of Mustache for `mustache`. `html` files are sent as they are unless
///     there is an engine for them.
///   - layout: the template that the others are put into, as its value `body`, unless `render` names one. Default none.
///   - values: for all templates. The request's `ctx.state` values stand in for them, and those given to `render` for both.
///   - cache: whether templates are kept. Default false where the application's `env` is `development`, else true.
public func views(
    _ root: String,
    extension: String = "mustache",
    engines: [String: any ViewEngine] = [:],
    layout: String? = nil,
    values: [String: any Sendable] = [:],
    cache: Bool? = nil
) -> Views {
    Views(root: root, extension: `extension`, engines: engines, layout: layout, values: values, cache: cache)
}

extension Views: OrderedMiddleware {
    package var kind: MiddlewareKind { .views }

    package var orderRules: [OrderRule] {
        [.above(.mount, .router, .virtualHost, because: "what they run can't render")]
    }
}

/// The key of the views in a request's state, and in an application's `context`.
///
/// ```swift
/// app.context[ViewsKey.self] = views("views")  // for all requests, without a middleware
/// ```
public enum ViewsKey: StateKey {
    /// The views.
    public typealias Value = Views
}

extension ContextState {
    /// The views that ``Koa/Context/render(_:_:layout:)`` renders: those of the innermost ``views(_:extension:engines:layout:values:cache:)``,
    /// else those of the application's `context`.
    public var views: Views? {
        get { self[ViewsKey.self] }
        set { self[ViewsKey.self] = newValue }
    }
}
