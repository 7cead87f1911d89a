extension PatternCase {
    /// Every case there is.
    static let all =
        texts + escapes + unicode + parameters + suffixes + neighbours + wildcards + mixed + several + groups + choices
        + nested + prefixes + strict + cases
}
