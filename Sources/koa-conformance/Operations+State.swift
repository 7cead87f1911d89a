import Koa

extension Operations {
    /// The operations on the request, the state and the list of reads.
    static func state(_ operands: Operands) throws -> Middleware? {
        switch operands.name {
        case "read":
            let read = try Reads.read(Operands(JSON(operands.values)))
            return step { ctx in ctx.record.reads.append(try read(ctx)) }
        case "url":
            return try Layer.url(operands)
        case "state.set":
            let key = try operands.text(0)
            let value = try operands.value(1)
            return step { ctx in ctx.state[key] = value }
        case "request.set":
            return try setRequest(operands)
        default:
            return nil
        }
    }

    private static func setRequest(_ operands: Operands) throws -> Middleware {
        let property = try operands.text(0)
        if property == "query" {
            let query = try query(operands.value(1))
            return step { ctx in ctx.query = query }
        }
        let text = try operands.text(1)
        switch property {
        case "method":
            guard let method = HTTPRequest.Method(rawValue: text) else { throw MalformedCase("no method: \(text)") }
            return step { ctx in ctx.request.method = method }
        case "url": return step { ctx in ctx.url = text }
        case "path": return step { ctx in ctx.path = text }
        case "querystring": return step { ctx in ctx.querystring = text }
        case "search": return step { ctx in ctx.search = text }
        default: throw Unsupported("request.set \(property)")
        }
    }

    private static func query(_ json: JSON) throws -> Query {
        var query = Query()
        for (name, value) in try json.requireObject("query") {
            for text in value.array == nil ? [try value.requireText(name)] : try value.requireTexts(name) {
                query.append(name, text)
            }
        }
        return query
    }
}
