@testable import KoaRouter

/// Makes patterns up, and paths that match them or nearly do.
struct RandomPattern {
    private static let texts = ["/", "/", "/", "-", "-", "--", ".", "a", "ab", "A", "a/", "/a", "-.-", "/-/", "é", "🙂"]
    private static let values = [
        "a", "b", "-", "--", "a-b", "x", "/", "a/b", "ab", "a-", "B", "é", "É", "🙂", "-.-", ".",
    ]

    private var generator: SeededGenerator
    private var names = 0

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A random choice that is true once in so many times.
    mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &generator) == 0 }

    /// The tokens of a pattern.
    mutating func tokens(depth: Int = 0) -> [PatternToken] {
        var tokens: [PatternToken] = []
        for _ in 0...Int.random(in: 0...4, using: &generator) {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5: tokens.append(.text(Self.texts.randomElement(using: &generator) ?? "/"))
            case 5, 6: tokens.append(.parameter(name(), at: 0))
            case 7: tokens.append(.wildcard(name(), at: 0))
            default: if depth < 3 { tokens.append(.group(self.tokens(depth: depth + 1), at: 0)) }
            }
        }
        return tokens
    }

    private mutating func name() -> String {
        names += 1
        return once(in: 8) ? "a \(names)" : "p\(names)"
    }

    /// A path made of tokens, groups left out or taken and a character changed now and then.
    mutating func path(of tokens: [PatternToken]) -> String {
        var characters = Array(text(of: tokens))
        if once(in: 3) {
            let index = Int.random(in: 0...characters.count, using: &generator)
            let value = value()
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: characters.insert(contentsOf: value, at: index)
            case 1: characters.replaceSubrange(index..<min(index + 1, characters.count), with: value)
            default: characters.removeSubrange(index..<min(index + 1, characters.count))
            }
        }
        if once(in: 4) { characters.append("/") }
        if once(in: 6) { characters += "/more" }
        return String(characters)
    }

    private mutating func text(of tokens: [PatternToken]) -> String {
        var result = ""
        for token in tokens {
            switch token {
            case .text(let text): result += once(in: 8) ? text.uppercased() : text
            case .parameter, .wildcard: for _ in 0...Int.random(in: 0...2, using: &generator) { result += value() }
            case .group(let inner, _): if !once(in: 3) { result += text(of: inner) }
            }
        }
        return result
    }

    private mutating func value() -> String { Self.values.randomElement(using: &generator) ?? "" }
}
