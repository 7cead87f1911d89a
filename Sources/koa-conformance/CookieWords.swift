import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The options of the operation `cookie`. Words are turned into options where the cookie is set, since a wrong one is
/// refused there.
struct CookieWords: Sendable {
    private var plain = CookieOptions()
    private var sameSite: String?
    private var priority: String?

    init(_ json: JSON) throws {
        for (name, value) in try json.requireObject("cookie") where !value.isNull {
            switch name {
            case "maxAge": plain.maxAge = .milliseconds(try value.requireNumber(name))
            case "expires": plain.expires = try value.requireDate(name)
            case "path": plain.path = try value.requireText(name)
            case "domain": plain.domain = try value.requireText(name)
            case "secure": plain.secure = try value.requireBool(name)
            case "httpOnly": plain.httpOnly = try value.requireBool(name)
            case "signed": plain.signed = try value.requireBool(name)
            case "overwrite": plain.overwrite = try value.requireBool(name)
            case "partitioned": plain.partitioned = try value.requireBool(name)
            case "priority": priority = try value.requireText(name)
            case "sameSite":
                if let isStrict = value.bool {
                    plain.sameSite = isStrict ? .strict : .unset
                } else {
                    sameSite = try value.requireText(name)
                }
            default: throw Unsupported("cookie option \(name)")
            }
        }
    }

    /// The options.
    ///
    /// - Throws: `CookieError` for a word that the project refuses.
    func options() throws -> CookieOptions {
        var options = plain
        if let sameSite { options.sameSite = try .init(sameSite) }
        if let priority { options.priority = try .init(priority) }
        return options
    }
}
