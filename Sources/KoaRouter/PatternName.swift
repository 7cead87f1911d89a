extension Unicode.Scalar {
    /// Whether a parameter's name may begin with it outside of quotes: what JavaScript lets an identifier begin with.
    var beginsPatternName: Bool {
        self == "$" || self == "_" || properties.isIDStart
    }

    /// Whether it goes on with a parameter's name outside of quotes.
    var continuesPatternName: Bool {
        self == "$" || self == "\u{200C}" || self == "\u{200D}" || properties.isIDContinue
    }
}
