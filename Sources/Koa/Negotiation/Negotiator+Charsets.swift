extension Negotiator {
    /// The charsets that an `Accept-Charset` field names, best first.
    ///
    /// - Parameter accept: The field value; nil, an absent field, is `*`.
    package static func charsets(_ accept: String?) -> [String] {
        ranked(entries(accept ?? "*", parse: weightedName)).map(String.init)
    }

    /// The offered charsets that an `Accept-Charset` field accepts, best first.
    ///
    /// - Parameters:
    ///   - accept: The field value; nil, an absent field, is `*`.
    ///   - offered: Names such as `utf-8`.
    package static func charsets(_ accept: String?, offered: [String]) -> [String] {
        ranked(offered, by: entries(accept ?? "*", parse: weightedName)) {
            nameSpecificity(of: $1, for: offered[$0])
        }
    }
}
