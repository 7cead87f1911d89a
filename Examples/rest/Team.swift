import KoaRouter

/// People who work on something together.
struct Team: Codable, Equatable, Sendable {
    /// What it is called in URLs.
    let id: Slug
    var name: String
}

/// Somebody in a team.
struct Member: Codable, Equatable, Sendable {
    let id: Int
    var name: String
    var role: Role
}

/// What a member does; as a parameter of a path, one of these words.
enum Role: String, Codable, RouteParameter {
    case maintainer, contributor
}

/// A text for URLs: lower-case letters, digits and hyphens. Any other is none, in a path as in JSON.
struct Slug: RawRepresentable, Hashable, Codable, RouteParameter {
    let rawValue: String

    init?(rawValue: String) {
        let isSlug = rawValue.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard isSlug, (1...40).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }
}
