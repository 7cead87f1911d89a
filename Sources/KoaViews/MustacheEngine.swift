import Koa
import Mustache

/// Templates of [Mustache](https://mustache.github.io), by swift-mustache; what
/// ``views(_:extension:engines:layout:values:cache:)`` uses for `.mustache`.
///
/// ```swift
/// app.use(views("views", extension: "html", engines: ["html": MustacheEngine()]))
/// ```
///
/// `{{name}}` is escaped, `{{{name}}}` isn't. All templates of the folder can be partials (`{{> users/row}}`) by their
/// paths, with or without the extension, and parents by their paths with dots
/// (`{{< layouts.site}}{{$title}}Home{{/title}}{{/layouts.site}}`). A name that has no value, or a partial that isn't there,
/// is empty.
public struct MustacheEngine: ViewEngine {
    /// Creates the engine.
    public init() {}

    /// Compiles the templates.
    ///
    /// - Throws: ``ViewError`` `.invalidTemplate` with the line.
    public func compile(_ templates: [ViewTemplate]) throws -> any CompiledViews {
        HTMLText.register()
        var library = MustacheLibrary()
        for template in templates {
            let compiled = try Self.compile(template)
            library.register(compiled, named: template.name)
            library.register(compiled, named: template.path)
            // swift-mustache 2.1 can't read the end of a section that has a slash in its name.
            library.register(compiled, named: template.name.replacing("/", with: "."))
        }
        return Compiled(library: library)
    }

    private static func compile(_ template: ViewTemplate) throws -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: HTMLText.pragma + template.text)
        } catch let error as MustacheTemplate.ParserError {
            throw ViewError(
                .invalidTemplate, "\(explain(error.error)): \(error.context.line)",
                at: ErrorLocation(file: template.file, line: max(1, error.context.lineNumber - 1)),
                cause: error)
        } catch {
            throw ViewError(
                .invalidTemplate, "\(error)", at: ErrorLocation(file: template.file, line: 1), cause: error)
        }
    }

    private static func explain(_ error: any Error) -> String {
        switch error as? MustacheTemplate.Error {
        case .sectionCloseNameIncorrect: "A section is closed by another name than it was opened by"
        case .unfinishedName: "A tag isn't closed"
        case .expectedSectionEnd: "A section isn't closed"
        case .invalidSetDelimiter: "The delimiters can't be set like that"
        case .transformAppliedToInheritanceSection: "A block can't have transforms"
        case .illegalTokenInsideInheritSection, .textInsideInheritSection: "Only blocks can stand in a parent's tags"
        case .invalidConfigVariableSyntax, .unrecognisedConfigVariable: "There is no such setting"
        case nil: "\(error)"
        }
    }

    private struct Compiled: CompiledViews {
        let library: MustacheLibrary

        func render(_ path: String, _ values: [String: Any]) throws -> String {
            library.render(values, withTemplate: path) ?? ""
        }
    }
}

/// HTML, escaped byte by byte.
///
/// swift-mustache's own type looks at characters, of which `<` with a combining mark behind it, or some letters before it,
/// is another one than `<`.
private struct HTMLText: MustacheContentType {
    /// The line that each template begins with: a partial would go back to swift-mustache's type.
    static let pragma = "{{% CONTENT_TYPE:KOA-HTML}}\n"

    /// Makes it known, also to templates that say `{{% CONTENT_TYPE:HTML}}` themselves.
    static func register() {
        MustacheContentTypes.register(HTMLText(), named: "KOA-HTML")
        MustacheContentTypes.register(HTMLText(), named: "HTML")
    }

    func escapeText(_ text: String) -> String { HTMLEscaping.escape(text) }
}
