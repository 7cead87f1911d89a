/// A step of a coding path: a member's name or an element's index.
package enum JSONPathKey: CodingKey, Hashable {
    case name(String)
    case index(Int)

    package init(stringValue: String) {
        self = .name(stringValue)
    }

    package init(intValue: Int) {
        self = .index(intValue)
    }

    /// The key that stands for `key` in a report.
    init(_ key: some CodingKey) {
        self = .name(key.stringValue)
    }

    package var stringValue: String {
        switch self {
        case .name(let name): name
        case .index(let index): "Index \(index)"
        }
    }

    package var intValue: Int? {
        if case .index(let index) = self { index } else { nil }
    }

    /// The name that a decoder from `container.superDecoder()` and its counterpart use.
    static let `super` = JSONPathKey.name("super")

    /// Writes a coding path the way a program would: `users[3].name`, and `["odd key"]` for what is no plain name.
    package static func text(of path: some Sequence<any CodingKey>) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue, key.stringValue.hasPrefix("Index ") {
                text += "[\(index)]"
            } else if isPlainName(key.stringValue) {
                text += text.isEmpty ? key.stringValue : "." + key.stringValue
            } else {
                text += "[\(JSON.string(key.stringValue))]"
            }
        }
        return text
    }

    private static func isPlainName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "-"), 0x80...:
                true
            default:
                false
            }
        }
    }
}
