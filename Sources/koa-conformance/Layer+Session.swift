import Koa
import KoaSession
import NIOConcurrencyHelpers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Layer {
    /// Sessions as a case describes them.
    static func sessions(_ entry: JSONObject) throws -> Middleware {
        let options = try entry.optional("options")?.requireObject("options") ?? [:]
        var session = SessionOptions()
        for (name, value) in options {
            switch name {
            case "key": session.key = try value.requireText(name)
            case "maxAge": session.maxAge = try age(value)
            case "rolling": session.rolling = try value.requireBool(name)
            case "renew": session.renew = try value.requireBool(name)
            case "autoCommit": session.autoCommit = try value.requireBool(name)
            case "signed": session.signed = try value.requireBool(name)
            case "overwrite": session.overwrite = try value.requireBool(name)
            case "httpOnly": session.httpOnly = try value.requireBool(name)
            case "secure": session.secure = try value.requireBool(name)
            case "path": session.path = try value.requireText(name)
            case "domain": session.domain = try value.requireText(name)
            case "prefix": session.prefix = try value.requireText(name)
            case "partitioned": session.partitioned = try value.requireBool(name)
            case "priority": session.priority = try CookieOptions.Priority(value.requireText(name))
            case "sameSite":
                session.sameSite = try value.bool.map { $0 ? .strict : .unset } ?? .init(value.requireText(name))
            default: throw Unsupported("session option \(name)")
            }
        }
        guard try entry.optional("store")?.requireBool("store") == true else {
            return KoaSession.session(session).middleware
        }
        let count = NIOLockedValueBox(0)
        session.generateID = { _ in
            count.withLockedValue {
                $0 += 1
                return "sid-\($0)"
            }
        }
        return KoaSession.session(session, store: CaseStore()).middleware
    }

    static func age(_ value: JSON) throws -> SessionAge {
        value.string == "session" ? .browserSession : .milliseconds(Int64(try value.requireInteger("maxAge")))
    }
}

/// A store as the recording one: a table of contents that never drops any.
private final class CaseStore: SessionStore {
    private let contents = NIOLockedValueBox<[String: JSONObject]>([:])

    func load(_ id: String, at now: Date) async -> SessionRecord? {
        contents.withLockedValue { $0[id] }.map { SessionRecord(content: $0) }
    }

    func save(
        _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
    ) async -> SessionSaving {
        contents.withLockedValue { $0[id] = content }
        return .saved(nil)
    }

    func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async -> Bool {
        contents.withLockedValue { $0[id] = content }
        return true
    }

    func destroy(_ id: String) async {
        contents.withLockedValue { $0[id] = nil }
    }
}
