/// Proactive content negotiation (RFC 9110 §12): what a client's `Accept…` field prefers, alone or among what is offered.
///
/// Each function comes in two forms. Without an offer it returns what the field names, best first. With an offer it
/// returns the acceptable ones of it, best first, spelled as they were offered. Preference goes by weight (`q`), then by
/// how specific the matching entry is, then by the order of the field, then by that of the offer; an entry of weight 0
/// excludes what it matches.
///
/// A field that is absent (nil) accepts anything. Entries that are not well formed are skipped.
///
/// Work is bounded whatever is sent: a field is read once, its first ``maximumEntries`` entries count, and those are
/// compared with the offer.
///
/// ```swift
/// Negotiator.languages("fr;q=0.5, en-GB", offered: ["fr", "en"])  // ["en", "fr"]
/// ```
package enum Negotiator {
    /// How many entries of a field are looked at; the others are as if they weren't there.
    package static let maximumEntries = 100

    /// How many parameters an entry may have; one with more is skipped.
    package static let maximumParameters = 32
}

extension Negotiator {
    /// An entry of a field with its weight.
    struct Weighted<Value> {
        var value: Value
        /// 1 unless a `q` says otherwise; not a number when `q` has none.
        var quality: Double
        /// The position in the field.
        var order: Int
    }

    /// How well an offer does.
    private struct Priority {
        var quality = 0.0
        var specificity = 0
        var order = -1
        var offer = 0

        /// Whether the other one says more about the same offer: it is more specific, or else weighs more, or else
        /// comes later. Weights that aren't numbers compare as equal.
        func yields(to other: Priority) -> Bool {
            if specificity != other.specificity { return specificity < other.specificity }
            if quality < other.quality { return true }
            return !(quality > other.quality) && order < other.order
        }

        /// Whether this offer is to stand before the other one.
        func precedes(_ other: Priority) -> Bool {
            if quality != other.quality { return quality > other.quality }
            if specificity != other.specificity { return specificity > other.specificity }
            return order != other.order ? order < other.order : offer < other.offer
        }
    }

    /// Reads the entries of a field.
    ///
    /// - Parameters:
    ///   - field: The value, with commas between its entries.
    ///   - parse: Reads one entry and its weight, or nil to skip it.
    static func entries<Value>(
        _ field: String, parse: (Substring) -> (value: Value, quality: Double)?
    ) -> [Weighted<Value>] {
        var entries: [Weighted<Value>] = []
        for (order, part) in FieldParts(field, separator: ",").prefix(maximumEntries).enumerated() {
            guard let entry = parse(part) else { continue }
            entries.append(Weighted(value: entry.value, quality: entry.quality, order: order))
        }
        return entries
    }

    /// The entries that have a weight, best first.
    static func ranked<Value>(_ entries: [Weighted<Value>]) -> [Value] {
        entries.filter { $0.quality > 0 }
            .sorted { $0.quality != $1.quality ? $0.quality > $1.quality : $0.order < $1.order }
            .map(\.value)
    }

    /// The acceptable ones of an offer, best first.
    ///
    /// - Parameters:
    ///   - offered: What the result is taken from.
    ///   - entries: The entries of the field.
    ///   - specificity: How closely an entry matches the offer at an index: more is closer, nil is no match.
    static func ranked<Value>(
        _ offered: [String], by entries: [Weighted<Value>], specificity: (Int, Value) -> Int?
    ) -> [String] {
        offered.indices.map { offer in
            var best = Priority(offer: offer)
            for entry in entries {
                guard let specificity = specificity(offer, entry.value) else { continue }
                let priority = Priority(
                    quality: entry.quality, specificity: specificity, order: entry.order, offer: offer
                )
                if best.yields(to: priority) { best = priority }
            }
            return best
        }
        .filter { $0.quality > 0 }
        .sorted { $0.precedes($1) }
        .map { offered[$0.offer] }
    }

    /// Reads `name` or `name;q=0.5`, the form of an encoding, charset or language.
    static func weightedName(_ text: Substring) -> (value: Substring, quality: Double)? {
        let (head, parameters) = FieldText.cut(text, at: UInt8(ascii: ";"))
        let name = FieldText.trim(head)
        guard !name.isEmpty, !name.utf8.contains(where: FieldText.isSpace) else { return nil }
        guard let parameters else { return (name, 1) }
        var count = 0
        for part in FieldParts(parameters, separator: ";") {
            count += 1
            guard count <= maximumParameters else { return nil }
            let (key, value) = FieldText.cut(part, at: UInt8(ascii: "="))
            if FieldText.equalsIgnoringCase(key, "q") { return (name, quality(value ?? "")) }
        }
        return (name, 1)
    }

    /// Reads a weight: the number at the start of the text, whatever follows it, or else not a number. No more than 32
    /// bytes are looked at.
    static func quality(_ text: Substring) -> Double {
        let text = Substring(text.utf8.prefix(32))
        var end = text.utf8.startIndex
        func takeDigits() -> Bool {
            let start = end
            while end < text.utf8.endIndex, UInt8(ascii: "0")...UInt8(ascii: "9") ~= text.utf8[end] {
                text.utf8.formIndex(after: &end)
            }
            return end > start
        }
        func take(_ bytes: String) -> Bool {
            guard end < text.utf8.endIndex, bytes.utf8.contains(text.utf8[end]) else { return false }
            text.utf8.formIndex(after: &end)
            return true
        }
        _ = take("+-")
        let hasInteger = takeDigits()
        let integerEnd = end
        let hasFraction = take(".") && takeDigits()
        guard hasInteger || hasFraction else { return .nan }
        if !hasFraction { end = integerEnd }
        let mantissaEnd = end
        if !(take("eE") && (take("+-"), takeDigits()).1) { end = mantissaEnd }
        return Double(text[..<end]) ?? .nan
    }
}
