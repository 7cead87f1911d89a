public import Koa

extension Context {
    /// Renders a template as the response: `text/html`.
    ///
    /// ```swift
    /// app.use { ctx in try await ctx.render("users/show", ["name": "Ada"]) }
    /// app.use { ctx in try await ctx.render("login", layout: .none) }
    /// ```
    ///
    /// - Parameters:
    ///   - name: the template's path below the views' folder: `index`, with or without its extension, or a folder that
    ///     has an `index`. Anything else is an error, never a file outside.
    ///   - values: what the template sees, beside the `ctx.state` values that have a name and the views' own.
    ///   - layout: the template around it. Default that of the views.
    /// - Throws: ``ViewError``: `.notFound`, `.noEngine`, `.invalidTemplate`, `.renderingFailed`, `.noViews`.
    public nonisolated(nonsending) func render(
        _ name: String,
        _ values: [String: Any] = [:],
        layout: ViewLayout = .usual
    ) async throws {
        let page = try await rendered(name, values, layout: layout)
        type = "html"
        body = .text(page)
    }

    /// Renders a template to a text, for a mail, say; the response stays as it is.
    ///
    /// ```swift
    /// app.use { ctx in
    ///     let feed = try await ctx.rendered("feed", ["title": "News"], layout: .none)
    ///     ctx.type = "application/atom+xml"
    ///     ctx.body = .text(feed)
    /// }
    /// ```
    ///
    /// - Throws: as ``render(_:_:layout:)``.
    public nonisolated(nonsending) func rendered(
        _ name: String,
        _ values: [String: Any] = [:],
        layout: ViewLayout = .usual
    ) async throws -> String {
        guard let views = state.views else {
            throw ViewError(.noViews, "There is nothing to render \(name) with: app.use(views(\"views\")) goes first")
        }
        let library = try await views.current(app)
        var all: [String: Any] = views.values.mapValues(Self.plain)
        for name in state.names { all[name] = state[name].map(Self.plain) }
        for (name, value) in values { all[name] = Self.plain(value) }
        let page = try library.render(name, all)
        guard let layout = layout.name(in: views) else { return page }
        all["body"] = page
        return try library.render(layout, all)
    }

    /// A value as engines know it.
    private static func plain(_ value: Any) -> Any {
        (value as? JSON)?.plain ?? value
    }
}

/// The template around another; see ``Koa/Context/render(_:_:layout:)``.
///
/// ```swift
/// try await ctx.render("index", layout: "layouts/wide")
/// ```
public struct ViewLayout: Sendable, ExpressibleByStringLiteral {
    private enum Kind: Sendable {
        case usual
        case none
        case named(String)
    }

    private let kind: Kind

    /// That of the views.
    public static let usual = ViewLayout(kind: .usual)

    /// None.
    public static let none = ViewLayout(kind: .none)

    /// A template by its name; it gets the other one as the value `body`: `{{{body}}}`.
    public static func named(_ name: String) -> ViewLayout { ViewLayout(kind: .named(name)) }

    private init(kind: Kind) {
        self.kind = kind
    }

    /// The template of a literal's name.
    public init(stringLiteral value: String) {
        kind = .named(value)
    }

    func name(in views: Views) -> String? {
        switch kind {
        case .usual: views.layout
        case .none: nil
        case .named(let name): name
        }
    }
}

extension JSON {
    /// Dictionaries, arrays, texts, numbers and truth values; null is an empty list, which is false in templates.
    fileprivate var plain: Any {
        switch self {
        case .null: [Any]()
        case .bool(let value): value
        case .number(let number): number.int.map { $0 as Any } ?? number.double
        case .string(let text): text
        case .array(let values): values.map(\.plain)
        case .object(let object):
            Dictionary(object.map { ($0.key, $0.value.plain) }, uniquingKeysWith: { $1 }) as [String: Any]
        }
    }
}
