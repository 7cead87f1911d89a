#if Stencil
    import Koa
    public import Stencil

    /// Templates of [Stencil](https://stencil.fuller.li); needs the package trait `Stencil`.
    ///
    /// ```swift
    /// app.use(views("views", extension: "stencil", engines: ["stencil": StencilEngine()]))
    /// ```
    ///
    /// Unlike in bare Stencil, what `{{ name }}` inserts is escaped; `{{ name|safe }}` isn't. Templates include and extend
    /// each other by their paths, with or without the extension, and never another file.
    public struct StencilEngine: ViewEngine {
        private let extensions: @Sendable () -> [Stencil.Extension]

        /// Creates the engine.
        ///
        /// - Parameter extensions: makes the filters and tags of your own, for each rendering. Default none.
        public init(extensions: @escaping @Sendable () -> [Stencil.Extension] = { [] }) {
            self.extensions = extensions
        }

        /// Looks whether the templates can be parsed.
        ///
        /// - Throws: ``ViewError`` `.invalidTemplate` with the line.
        public func compile(_ templates: [ViewTemplate]) throws -> any CompiledViews {
            let compiled = Compiled(templates: templates, extensions: extensions)
            for template in templates { try compiled.check(template) }
            return compiled
        }

        /// Stencil's templates can't be shared by threads: what is kept is their text.
        private struct Compiled: CompiledViews {
            let templates: [String: ViewTemplate]
            let extensions: @Sendable () -> [Stencil.Extension]

            init(templates: [ViewTemplate], extensions: @escaping @Sendable () -> [Stencil.Extension]) {
                self.templates = Dictionary(
                    templates.flatMap { [($0.name, $0), ($0.path, $0)] }, uniquingKeysWith: { first, _ in first })
                self.extensions = extensions
            }

            private var environment: Environment {
                Environment(
                    loader: DictionaryLoader(templates: templates.mapValues(\.text)),
                    extensions: extensions() + [StencilEscaping.extension],
                    templateClass: EscapingTemplate.self
                )
            }

            func check(_ template: ViewTemplate) throws {
                do {
                    let environment = environment
                    let tokens = try environment.loadTemplate(name: template.path).tokens
                    _ = try TokenParser(tokens: tokens, environment: environment).parse()
                } catch {
                    throw failure(.invalidTemplate, error, template.path)
                }
            }

            func render(_ path: String, _ values: [String: Any]) throws -> String {
                do {
                    return try environment.renderTemplate(name: path, context: values)
                } catch {
                    throw failure(.renderingFailed, error, path)
                }
            }

            private func failure(_ code: ViewError.Code, _ error: any Error, _ path: String) -> ViewError {
                let syntax = error as? TemplateSyntaxError
                let location = syntax?.token.flatMap { token -> ErrorLocation? in
                    let line = Int(clamping: token.sourceMap.location.lineNumber)
                    guard let file = templates[syntax?.templateName ?? path]?.file, line > 0 else { return nil }
                    return ErrorLocation(file: file, line: line)
                }
                return ViewError(code, syntax?.reason ?? "\(error)", at: location, cause: error)
            }
        }
    }
#else
    /// Templates of Stencil; needs the package trait `Stencil`.
    @available(
        *, unavailable,
        message: "StencilEngine needs the package trait Stencil: .package(url: …, traits: [.defaults, \"Stencil\"])"
    )
    public struct StencilEngine: ViewEngine {
        /// Not available.
        public init() {}

        /// Not available.
        public func compile(_ templates: [ViewTemplate]) throws -> any CompiledViews {
            throw ViewError(.noEngine, "The package trait Stencil is off")
        }
    }
#endif
