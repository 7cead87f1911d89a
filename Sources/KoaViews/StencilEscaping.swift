#if Stencil
    import Koa
    import Stencil

    /// A template whose `{{ … }}` are escaped: each gets a filter behind those that it has.
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

    /// Escaping for a language that has none.
    enum StencilEscaping {
        private static let filter = "koaEscaped"
        private static let operators: Set<String> = [
            "and", "or", "not", "in", "==", "!=", "<", "<=", ">", ">=", "(", ")",
        ]

        /// A text that is markup already.
        private struct Markup: CustomStringConvertible {
            let description: String
        }

        /// The filters `safe`, and the one that every inserted value passes.
        static var `extension`: Stencil.Extension {
            let filters = Stencil.Extension()
            filters.registerFilter("safe") { (value: Any?) in value.map { Markup(description: text($0)) } }
            filters.registerFilter(filter) { (value: Any?) in
                switch value {
                case nil: nil
                case let markup as Markup: markup.description
                case let value?: HTMLEscaping.escape(text(value))
                }
            }
            return filters
        }

        /// As Stencil writes values, but that an absent one in an optional is nothing.
        private static func text(_ value: Any) -> String {
            switch value {
            case let text as String: text
            case let value as any CustomStringConvertible: value.description
            case Optional<Any>.none: ""
            default: "\(value)"
            }
        }

        /// Adds the filter to all variable tags of a template. No line is added or taken away.
        static func rewrite(_ template: String) -> String {
            var output = "", rest = template[...]
            while let start = rest.firstIndex(of: "{") {
                output += rest[..<start]
                rest = rest[start...]
                guard let (open, close) = delimiters(of: rest), let end = rest.dropFirst(2).firstRange(of: close) else {
                    output += rest.prefix(1)
                    rest = rest.dropFirst()
                    continue
                }
                let inside = rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound]
                output += open == "{{" ? "{{\(escaped(inside))}}" : "\(open)\(inside)\(close)"
                rest = rest[end.upperBound...]
            }
            return output + rest
        }

        private static func delimiters(of text: Substring) -> (open: String, close: String)? {
            [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].first { text.hasPrefix($0.0) }
        }

        /// `name|upper if name else "nobody"` with the filter at both values.
        private static func escaped(_ tag: Substring) -> String {
            let words = String(tag.map { $0.isNewline ? " " : $0 }).words
            let breaks = String(repeating: "\n", count: tag.count { $0 == "\n" })
            guard words.count > 2, words[1] == "if" else { return " \(value(words)) \(breaks)" }
            guard let other = words.firstIndex(of: "else") else {
                return " \(value([words[0]])) \(words[1...].joined(separator: " ")) \(breaks)"
            }
            let condition = words[1...other].joined(separator: " ")
            return " \(value([words[0]])) \(condition) \(value(Array(words[(other + 1)...]))) \(breaks)"
        }

        private static func value(_ words: [String]) -> String {
            let text = words.joined(separator: " ")
            // What a parent's block has rendered is markup, and a comparison is true or false.
            if text.isEmpty || text == "block.super" || words.contains(where: operators.contains) { return text }
            return "\(text)|\(filter)"
        }
    }

    extension String {
        /// The words as Stencil parts them: not in quotes, and not around `|`, `:` and `,`.
        fileprivate var words: [String] {
            var words: [String] = [], word = "", quote: Character?
            for character in self {
                if character == quote {
                    quote = nil
                } else if quote == nil, character == "\"" || character == "'" {
                    quote = character
                }
                if character == " ", quote == nil {
                    if !word.isEmpty { words.append(word) }
                    word = ""
                } else {
                    word.append(character)
                }
            }
            if !word.isEmpty { words.append(word) }
            return words.reduce(into: []) { joined, word in
                let isContinued = joined.last?.last.map("|:,".contains) ?? false
                if let last = joined.indices.last, isContinued || word.first.map("|:,".contains) == true {
                    joined[last] += word
                } else {
                    joined.append(word)
                }
            }
        }
    }
#endif
