/// The rules of ``JSONCoding/KeyStrategy/snakeCase``: those of Foundation's coders, but `URLSession` is `url_session`.
package enum JSONKeyNames {
    /// `firstName` as `first_name`, and `myURLProperty` as `my_url_property`.
    package static func snakeCase(_ name: String) -> String {
        guard !name.utf8.allSatisfy({ !isUppercase($0) && $0 < 0x80 }) else { return name }
        var result = ""
        let characters = Array(name)
        for (index, character) in characters.enumerated() {
            if character.isUppercase, index > 0 {
                let previous = characters[index - 1]
                let beginsWord = index + 1 < characters.count && characters[index + 1].isLowercase
                if previous != "_", !previous.isUppercase || beginsWord {
                    result += "_"
                }
            }
            result += character.lowercased()
        }
        return result
    }

    /// `first_name` as `firstName`; underscores at both ends stay.
    static func camelCase(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "_")) else { return name }
        let leading = name.prefix { $0 == "_" }
        let rest = name.dropFirst(leading.count)
        guard let last = rest.lastIndex(where: { $0 != "_" }) else { return name }
        let words = rest[...last].split(separator: "_")
        guard let first = words.first else { return name }
        // A single word keeps its case.
        let head = words.count == 1 ? String(first) : first.lowercased()
        return leading + head + words.dropFirst().map(capitalized).joined() + rest[rest.index(after: last)...]
    }

    private static func capitalized(_ word: Substring) -> String {
        word.prefix(1).uppercased() + word.dropFirst().lowercased()
    }

    private static func isUppercase(_ byte: UInt8) -> Bool {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }
}
