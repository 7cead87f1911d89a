extension Negotiator {
    /// The media types that an `Accept` field names, without their parameters, best first.
    ///
    /// - Parameter accept: The field value; nil, an absent field, is `*/*`.
    package static func mediaTypes(_ accept: String?) -> [String] {
        ranked(ranges(accept)).map { "\($0.type)/\($0.subtype)" }
    }

    /// The offered media types that an `Accept` field accepts, best first.
    ///
    /// An entry with parameters matches only an offer that has them all, with the same values.
    ///
    /// - Parameters:
    ///   - accept: The field value; nil, an absent field, is `*/*`.
    ///   - offered: Media types such as `text/html` or `text/html;level=1`; others are never accepted.
    package static func mediaTypes(_ accept: String?, offered: [String]) -> [String] {
        let parsed = offered.map { MediaRange.parse(FieldText.trim($0[...]))?.value }
        return ranked(offered, by: ranges(accept)) { index, range in
            parsed[index].flatMap { range.specificity(for: $0) }
        }
    }

    private static func ranges(_ accept: String?) -> [Weighted<MediaRange>] {
        entries(accept ?? "*/*", parse: MediaRange.parse)
    }

    /// `text/html`, `text/*` or `*/*` with parameters.
    private struct MediaRange {
        let type: Substring
        let subtype: Substring
        /// The parameters before the weight. Of a repeated name the last counts.
        private(set) var parameters: [(name: Substring, value: Substring)] = []

        /// Reads an entry of the field and its weight; what follows the weight is not looked at.
        static func parse(_ text: Substring) -> (value: MediaRange, quality: Double)? {
            let (head, tail) = FieldText.cut(text, at: UInt8(ascii: ";"))
            let (type, subtype) = FieldText.cut(FieldText.trim(head), at: UInt8(ascii: "/"))
            guard let subtype, !type.isEmpty, !subtype.isEmpty, !type.utf8.contains(where: FieldText.isSpace),
                !subtype.utf8.contains(where: FieldText.isSpace)
            else { return nil }
            var range = MediaRange(type: type, subtype: subtype)
            guard let tail else { return (range, 1) }
            var count = 0
            for part in FieldParts(tail, separator: ";") {
                count += 1
                guard count <= maximumParameters else { return nil }
                let (name, rest) = FieldText.cut(part, at: UInt8(ascii: "="))
                let value = unquoted(rest ?? "")
                if FieldText.equalsIgnoringCase(name, "q") { return (range, quality(value)) }
                range.parameters.removeAll { FieldText.equalsIgnoringCase($0.name, name) }
                range.parameters.append((name, value))
            }
            return (range, 1)
        }

        /// 4 for the type, 2 for the subtype and 1 for parameters, where they are the same and not matched by a `*`.
        func specificity(for offer: MediaRange) -> Int? {
            var specificity = 0
            if FieldText.equalsIgnoringCase(type, offer.type) {
                specificity |= 4
            } else if !FieldText.isStar(type) {
                return nil
            }
            if FieldText.equalsIgnoringCase(subtype, offer.subtype) {
                specificity |= 2
            } else if !FieldText.isStar(subtype) {
                return nil
            }
            guard !parameters.isEmpty else { return specificity }
            let matches = parameters.allSatisfy { parameter in
                FieldText.isStar(parameter.value)
                    || FieldText.equalsIgnoringCase(parameter.value, offer.value(of: parameter.name))
            }
            return matches ? specificity | 1 : nil
        }

        /// The value of a parameter; one that is missing is empty.
        private func value(of name: Substring) -> Substring {
            parameters.first { FieldText.equalsIgnoringCase($0.name, name) }?.value ?? ""
        }

        private static func unquoted(_ text: Substring) -> Substring {
            let quote = UInt8(ascii: "\"")
            guard text.utf8.count >= 2, text.utf8.first == quote, text.utf8.last == quote else { return text }
            return Substring(text.utf8.dropFirst().dropLast())
        }
    }
}
