import Koa

extension Operations {
    /// The operations that decide what runs: calling downstream, errors and nesting.
    static func flow(_ operands: Operands) throws -> Middleware? {
        switch operands.name {
        case "next":
            return { _, next in try await next() }
        case "nest":
            return try middleware(operands.value(0))
        case "try":
            return attempt(try middleware(operands.value(0)), recovery: try middleware(operands.value(1)))
        case "throw":
            return try throwing(operands)
        case "assert":
            let condition = try operands.value(0).requireBool("assert")
            let status = Status(try operands.integer(1))
            let message = try operands.optional(2)?.requireText("assert")
            return step { ctx in
                if let message { ctx.record.said.insert(message) }
                try ctx.assert(condition, status, message)
            }
        case "fail":
            let failure = Failure(description: try operands.text(0))
            return step { ctx in
                ctx.record.said.insert(failure.description)
                throw failure
            }
        default:
            return nil
        }
    }

    private static func attempt(_ attempt: @escaping Middleware, recovery: @escaping Middleware) -> Middleware {
        { ctx, next in
            do {
                try await attempt(ctx, next)
            } catch {
                ctx.record.error = error
                try await recovery(ctx, next)
            }
        }
    }

    private static func throwing(_ operands: Operands) throws -> Middleware {
        let status = Status(try operands.integer(0))
        let message = try operands.optional(1)?.requireText("throw")
        let properties = try operands.optional(2)?.requireObject("throw") ?? [:]
        let expose = try properties.optional("expose")?.requireBool("expose")
        var headers = Headers()
        for (name, value) in try properties.optional("headers")?.requireObject("headers") ?? [:] {
            headers.set(name, value.array == nil ? [try value.requireText(name)] : try value.requireTexts(name))
        }
        let fields = headers
        return step { ctx in
            if let message { ctx.record.said.insert(message) }
            try ctx.throw(status, message, headers: fields, expose: expose)
        }
    }
}
