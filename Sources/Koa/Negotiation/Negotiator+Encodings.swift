extension Negotiator {
    /// The content codings that an `Accept-Encoding` field names, best first.
    ///
    /// `identity` is one of them, with the lowest weight of all, unless the field names it or `*`.
    ///
    /// - Parameter accept: The field value; nil, an absent field, accepts `identity` alone.
    package static func encodings(_ accept: String?) -> [String] {
        ranked(codings(accept)).map(String.init)
    }

    /// The offered content codings that an `Accept-Encoding` field accepts, best first.
    ///
    /// - Parameters:
    ///   - accept: The field value; nil, an absent field, accepts `identity` alone.
    ///   - offered: Names such as `gzip` and `identity`.
    package static func encodings(_ accept: String?, offered: [String]) -> [String] {
        ranked(offered, by: codings(accept)) { nameSpecificity(of: $1, for: offered[$0]) }
    }

    private static func codings(_ accept: String?) -> [Weighted<Substring>] {
        var codings = entries(accept ?? "", parse: weightedName)
        guard !codings.contains(where: { nameSpecificity(of: $0.value, for: "identity") != nil }) else {
            return codings
        }
        // An entry of weight 0 excludes itself, and says nothing about identity.
        let lowest = codings.lazy.map(\.quality).filter { $0 != 0 && !$0.isNaN }.min() ?? 1
        codings.append(Weighted(value: "identity", quality: min(lowest, 1), order: maximumEntries))
        return codings
    }

    /// How closely an entry of a field of names matches one: 1 by its name, 0 by `*`, or nil.
    static func nameSpecificity(of entry: Substring, for name: String) -> Int? {
        if FieldText.equalsIgnoringCase(entry, name) { return 1 }
        return FieldText.isStar(entry) ? 0 : nil
    }
}
