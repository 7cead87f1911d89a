#if Stencil
    import Koa
    import Stencil

    /// A template whose `{{ … }}` are escaped: each is written as a tag of ours.
    final class EscapingTemplate: Stencil.Template {
        required init(templateString: String, environment: Environment?, name: String?) {
            super.init(
                templateString: StencilEscaping.rewrite(templateString), environment: environment, name: name)
        }

        required convenience init(stringLiteral value: String) {
            self.init(templateString: value, environment: nil, name: nil)
        }

        required convenience init(extendedGraphemeClusterLiteral value: String) {
            self.init(templateString: value, environment: nil, name: nil)
        }

        required convenience init(unicodeScalarLiteral value: String) {
            self.init(templateString: value, environment: nil, name: nil)
        }
    }

    /// Escaping for a language that has none: `{{ … }}` becomes `{% koaValue … %}`, which inserts its value escaped.
    enum StencilEscaping {
        private static let tag = "koaValue"
        /// What stands for the end of a tag within one, in a text between quotes, say.
        private static let end = (plain: "%}", written: "%\u{1}}")

        /// A text that is markup already.
        fileprivate struct Markup: CustomStringConvertible {
            let description: String
        }

        /// The filter `safe`, and the tag that every inserted value passes.
        static var `extension`: Stencil.Extension {
            let own = Stencil.Extension()
            own.registerFilter("safe") { (value: Any?) in value.map { Markup(description: text($0)) } }
            own.registerTag(tag) { parser, token in
                let words = token.components.dropFirst().map { $0.replacing(end.written, with: end.plain) }
                return try EscapingNode(words, parser, token)
            }
            return own
        }

        /// As Stencil writes values, but that an absent one in an optional is nothing.
        fileprivate static func text(_ value: Any) -> String {
            switch value {
            case let text as String: text
            case let value as any CustomStringConvertible: value.description
            case Optional<Any>.none: ""
            default: "\(value)"
            }
        }

        /// Writes all variable tags of a template as ours. No line is added or taken away.
        ///
        /// Tags begin and end where Stencil's lexer finds them, by scalars.
        static func rewrite(_ template: String) -> String {
            var output = String.UnicodeScalarView()
            var rest = template.unicodeScalars[...]
            while let start = rest.indices.first(where: { opening(rest[$0...]) != nil }),
                let close = opening(rest[start...]), let tagEnd = tagEnd(rest[start...], close)
            {
                output += rest[..<start]
                if close == "}" {
                    let inside = rest[start..<tagEnd].dropFirst(2).dropLast(2).map { $0 == "\r" ? " " : $0 }
                    let value = String(String.UnicodeScalarView(inside)).replacing(end.plain, with: end.written)
                    output += "{% \(tag) \(value) %}".unicodeScalars
                } else {
                    output += rest[start..<tagEnd]
                }
                rest = rest[tagEnd...]
            }
            return String(output + rest)
        }

        /// The scalar before the brace that ends the tag that begins here; nil where none begins.
        private static func opening(_ text: Substring.UnicodeScalarView) -> Unicode.Scalar? {
            guard text.first == "{" else { return nil }
            return switch text.dropFirst().first {
            case "{": "}"
            case "%": "%"
            case "#": "#"
            default: nil
            }
        }

        private static func tagEnd(
            _ text: Substring.UnicodeScalarView,
            _ close: Unicode.Scalar
        ) -> String.UnicodeScalarView.Index? {
            var previous: Unicode.Scalar?
            for index in text.indices {
                if previous == close, text[index] == "}" { return text.index(after: index) }
                previous = text[index]
            }
            return nil
        }
    }

    /// `value`, `value if condition` or `value if condition else other`, escaped.
    private final class EscapingNode: NodeType {
        private struct Part {
            let value: any Resolvable
            /// What a parent's block has rendered is markup.
            let isMarkup: Bool

            init(_ words: some Collection<String>, _ parser: TokenParser, _ token: Token) throws {
                isMarkup = words.elementsEqual(["block.super"])
                if let expression = try? parser.compileExpression(components: Array(words), token: token) {
                    value = expression
                } else {
                    value = try parser.compileFilter(words.joined(separator: " "), containedIn: token)
                }
            }
        }

        let token: Token?
        private let value: Part
        private let condition: (any Stencil.Expression)?
        private let other: Part?

        init(_ words: [String], _ parser: TokenParser, _ token: Token) throws {
            self.token = token
            guard words.count > 2, words[1] == "if" else {
                if words.isEmpty { throw TemplateSyntaxError(reason: "Missing variable name", token: token) }
                value = try Part(words, parser, token)
                (condition, other) = (nil, nil)
                return
            }
            value = try Part(words[..<1], parser, token)
            let parts = words[2...].split(separator: "else", maxSplits: 1, omittingEmptySubsequences: false)
            condition = try parser.compileExpression(components: Array(parts[0]), token: token)
            other = try parts.dropFirst().first.map { try Part($0, parser, token) }
        }

        func render(_ context: Stencil.Context) throws -> String {
            let part = try condition?.evaluate(context: context) == false ? other : value
            guard let part, let value = try part.value.resolve(context) else { return "" }
            if let markup = value as? StencilEscaping.Markup { return markup.description }
            let text = StencilEscaping.text(value)
            return part.isMarkup ? text : HTMLEscaping.escape(text)
        }
    }
#endif
