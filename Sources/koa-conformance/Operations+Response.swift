import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Operations {
    /// The operations that set properties of the response, and its body.
    static func response(_ operands: Operands) throws -> Middleware? {
        switch operands.name {
        case "status":
            let status = Status(try operands.integer(0))
            return step { ctx in try ctx.response.setStatus(status) }
        case "message":
            let message = try operands.text(0)
            return step { ctx in try ctx.response.setMessage(message) }
        case "type":
            let type = try operands.text(0)
            return step { ctx in ctx.type = type }
        case "length":
            let length = try operands.integer(0)
            return step { ctx in ctx.length = length }
        case "etag":
            let tag = try operands.text(0)
            return step { ctx in ctx.etag = tag }
        case "lastModified":
            let date = try operands.value(0).requireDate("lastModified")
            return step { ctx in ctx.lastModified = date }
        case "reply":
            return step { ctx in
                ctx.type = "json"
                ctx.body = .text(JSON(ctx.record.reads).description)
            }
        default:
            return try body(operands)
        }
    }

    private static func body(_ operands: Operands) throws -> Middleware? {
        switch operands.name {
        case "body.text":
            let text = try operands.text(0)
            return step { ctx in ctx.body = .text(text) }
        case "body.bytes":
            let bytes = try operands.value(0).requireBase64("body.bytes")
            return step { ctx in ctx.body = .bytes(bytes) }
        case "body.json":
            let value = try operands.value(0)
            return step { ctx in ctx.body = .json(value) }
        case "body.null":
            return step { ctx in ctx.body = nil }
        case "body.stream":
            let chunks = try operands.value(0).requireList("body.stream").map { try $0.requireBase64("body.stream") }
            return step { ctx in
                ctx.body = .stream { writer in
                    for chunk in chunks { try await writer.write(chunk) }
                }
            }
        default:
            return nil
        }
    }
}
