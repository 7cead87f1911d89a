import Koa
import KoaSession

extension Operations {
    /// The operations on the session.
    static func session(_ operands: Operands) throws -> Middleware? {
        switch operands.name {
        case "session.set":
            let key = try operands.text(0)
            let value = try operands.value(1)
            return held { $0[key] = value }
        case "session.delete":
            let key = try operands.text(0)
            return held { $0[key] = JSON?.none }
        case "session.replace":
            guard let values = operands.optional(0) else { return step { $0.session.destroy() } }
            let object = try values.requireObject("session.replace")
            return step { $0.session.replace(with: object) }
        case "session.maxAge":
            let age = try Layer.age(operands.value(0))
            return held { $0.maxAge = age }
        case "session.save":
            return { ctx, _ in try await present(ctx).save() }
        case "session.regenerate":
            return { ctx, _ in try await present(ctx).regenerate() }
        default:
            return nil
        }
    }

    private static func held(_ body: @escaping @Sendable (Session) -> Void) -> Middleware {
        step { body(try present($0)) }
    }

    /// The session, which the reference has as null when it was removed: an error for whoever uses it.
    private static func present(_ ctx: Context) throws -> Session {
        let session = ctx.session
        guard !session.isRemoved else { throw NoSession() }
        return session
    }

    private struct NoSession: Error {}
}

extension Reads {
    /// The reads of the session.
    static func session(_ operands: Operands) throws -> Read? {
        switch operands.name {
        case "session": return { present($0).map { JSON($0.values) } ?? .null }
        case "session.isNew": return { present($0).map { JSON($0.isNew) } ?? .null }
        case "session.length": return { present($0).map { JSON($0.length) } ?? .null }
        case "session.get":
            let key = try operands.text(0)
            return { present($0)?[key] ?? .null }
        default: return nil
        }
    }

    private static func present(_ ctx: Context) -> Session? {
        let session = ctx.session
        return session.isRemoved ? nil : session
    }
}
