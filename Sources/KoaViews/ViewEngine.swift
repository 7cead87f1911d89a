/// A template language for ``views(_:extension:engines:layout:values:cache:)``.
///
/// ```swift
/// struct Shouting: ViewEngine {
///     func compile(_ templates: [ViewTemplate]) throws -> any CompiledViews { Compiled(templates: templates) }
///
///     struct Compiled: CompiledViews {
///         let templates: [ViewTemplate]
///         func render(_ path: String, _ values: [String: Any]) throws -> String {
///             templates.first { $0.path == path }?.text.uppercased() ?? ""
///         }
///     }
/// }
/// app.use(views("views", engines: ["shout": Shouting()]))
/// ```
///
/// An engine escapes what it inserts, so that no value becomes markup, unless a template asks otherwise.
public protocol ViewEngine: Sendable {
    /// Compiles all templates of the engine's extension.
    ///
    /// Called when the application starts, or before each rendering where templates aren't kept; it may block.
    ///
    /// - Throws: ``ViewError`` `.invalidTemplate` with its place, or any other error.
    func compile(_ templates: [ViewTemplate]) throws -> any CompiledViews
}

/// What a ``ViewEngine`` has made of the templates.
///
/// ```swift
/// let compiled: any CompiledViews = try MustacheEngine().compile([
///     ViewTemplate(path: "index.mustache", file: "/srv/views/index.mustache", text: "<h1>{{title}}</h1>")
/// ])
/// let page = try compiled.render("index.mustache", ["title": "Hello"])
/// ```
public protocol CompiledViews: Sendable {
    /// Renders a template; it may be called by several threads at a time.
    ///
    /// - Parameters:
    ///   - path: one of the templates' paths.
    ///   - values: what the template sees.
    /// - Throws: ``ViewError`` `.renderingFailed`, or any other error.
    func render(_ path: String, _ values: [String: Any]) throws -> String
}

/// A template as it was read.
///
/// ```swift
/// let template = ViewTemplate(path: "users/show.mustache", file: "/srv/views/users/show.mustache", text: "{{name}}")
/// print(template.name)  // users/show
/// ```
public struct ViewTemplate: Sendable, Hashable {
    /// The path below the views' folder: `users/show.mustache`.
    public let path: String
    /// The file's absolute path, for messages.
    public let file: String
    /// The text.
    public let text: String

    /// Creates a template.
    public init(path: String, file: String, text: String) {
        self.path = path
        self.file = file
        self.text = text
    }

    /// The path without the extension: what templates call each other by.
    public var name: String {
        guard let dot = path.lastIndex(of: ".") else { return path }
        return String(path[..<dot])
    }
}
