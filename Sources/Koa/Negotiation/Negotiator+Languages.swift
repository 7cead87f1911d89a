extension Negotiator {
    /// The languages that an `Accept-Language` field names, best first.
    ///
    /// - Parameter accept: The field value; nil, an absent field, is `*`.
    package static func languages(_ accept: String?) -> [String] {
        ranked(ranges(accept)).map { String($0.tag) }
    }

    /// The offered languages that an `Accept-Language` field accepts, best first.
    ///
    /// An entry matches the language that it names, one that it is narrower than (`en-US` matches an offered `en`) and
    /// one that it is the whole of (`en` matches an offered `en-US`), in this order of preference.
    ///
    /// - Parameters:
    ///   - accept: The field value; nil, an absent field, is `*`.
    ///   - offered: Language tags such as `en` and `pt-BR`.
    package static func languages(_ accept: String?, offered: [String]) -> [String] {
        let parsed = offered.map { LanguageRange.parse(FieldText.trim($0[...]))?.value }
        return ranked(offered, by: ranges(accept)) { index, range in
            parsed[index].flatMap { range.specificity(for: $0) }
        }
    }

    private static func ranges(_ accept: String?) -> [Weighted<LanguageRange>] {
        entries(accept ?? "*", parse: LanguageRange.parse)
    }

    /// `en`, `en-US` or `*`.
    private struct LanguageRange {
        /// The whole, `en-US`.
        let tag: Substring
        /// What stands before its first hyphen, `en`.
        let prefix: Substring

        static func parse(_ text: Substring) -> (value: LanguageRange, quality: Double)? {
            guard let (tag, quality) = weightedName(text) else { return nil }
            let (prefix, rest) = FieldText.cut(tag, at: UInt8(ascii: "-"))
            guard !prefix.isEmpty, rest.map({ !$0.isEmpty }) ?? true else { return nil }
            return (LanguageRange(tag: tag, prefix: prefix), quality)
        }

        /// 4 for the same language, 2 for a narrower range, 1 for a wider range and 0 for `*`.
        func specificity(for offer: LanguageRange) -> Int? {
            if FieldText.equalsIgnoringCase(tag, offer.tag) { return 4 }
            if FieldText.equalsIgnoringCase(prefix, offer.tag) { return 2 }
            if FieldText.equalsIgnoringCase(tag, offer.prefix) { return 1 }
            return FieldText.isStar(tag) ? 0 : nil
        }
    }
}
