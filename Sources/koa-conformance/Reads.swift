import Koa
import KoaBody
import KoaRouter

/// The reads of the case format: what they give in this project's public API.
enum Reads {
    /// Reads a value of a context. What is absent is null.
    typealias Read = @Sendable (Context) throws -> JSON

    /// The read of a name and its arguments.
    ///
    /// - Throws: ``Unsupported`` for one that there is not yet, or ``MalformedCase``.
    static func read(_ operands: Operands) throws -> Read {
        for family in [url, client, routing, negotiation, response, rest, session] {
            if let read = try family(operands) { return read }
        }
        throw Unsupported("read \(operands.name)")
    }

    private static func url(_ operands: Operands) throws -> Read? {
        switch operands.name {
        case "method": { JSON($0.method.rawValue) }
        case "url": { JSON($0.url) }
        case "originalUrl": { JSON($0.originalURL) }
        case "path": { JSON($0.path) }
        case "search": { JSON($0.search) }
        case "querystring": { JSON($0.querystring) }
        case "href": { JSON($0.href) }
        case "mountPath": { text($0.mountPath) }
        case "query":
            { ctx in
                JSON(
                    JSONObject(
                        ctx.query.grouped.map { name, values in
                            (name, values.count == 1 ? JSON(values[0]) : texts(values))
                        }
                    )
                )
            }
        default: nil
        }
    }

    private static func client(_ operands: Operands) throws -> Read? {
        switch operands.name {
        case "host": { JSON($0.host) }
        case "hostname": { JSON($0.hostname) }
        case "origin": { text($0.origin) }
        case "protocol": { JSON($0.protocol) }
        case "secure": { JSON($0.secure) }
        case "ip": { JSON($0.ip) }
        case "ips": { texts($0.ips) }
        case "subdomains": { texts($0.subdomains) }
        case "idempotent": { JSON($0.idempotent) }
        case "fresh": { JSON($0.fresh) }
        case "stale": { JSON($0.stale) }
        default: nil
        }
    }

    private static func routing(_ operands: Operands) throws -> Read? {
        switch operands.name {
        case "params": { ctx in JSON(JSONObject(ctx.params.pairs.map { ($0.name, JSON($0.value)) })) }
        case "matchedRoute": { text($0.matchedRoute) }
        case "matchedRouteName": { text($0.matchedRouteName) }
        default: nil
        }
    }

    private static func negotiation(_ operands: Operands) throws -> Read? {
        let name = operands.name
        guard ["is", "accepts", "acceptsEncodings", "acceptsCharsets", "acceptsLanguages"].contains(name) else {
            return nil
        }
        let offers = try operands.allTexts()
        switch name {
        case "is": return { text($0.is(offers)) }
        case "accepts": return { offers.isEmpty ? texts($0.accepts()) : text($0.accepts(offers)) }
        case "acceptsEncodings":
            return { offers.isEmpty ? texts($0.acceptsEncodings()) : text($0.acceptsEncodings(offers)) }
        case "acceptsCharsets":
            return { offers.isEmpty ? texts($0.acceptsCharsets()) : text($0.acceptsCharsets(offers)) }
        default:
            return { offers.isEmpty ? texts($0.acceptsLanguages()) : text($0.acceptsLanguages(offers)) }
        }
    }

    private static func response(_ operands: Operands) throws -> Read? {
        switch operands.name {
        case "status": return { JSON($0.status.code) }
        case "message": return { JSON($0.message) }
        case "response.type": return { JSON($0.type) }
        case "response.length": return { integer($0.length) }
        case "response.etag": return { text($0.etag) }
        case "response.get":
            let name = try operands.text(0)
            return { ctx in
                let values = ctx.response.headers.all(name)
                return values.count > 1 ? texts(values) : text(ctx.response.get(name))
            }
        case "response.has":
            let name = try operands.text(0)
            return { JSON($0.response.has(name)) }
        case "response.is":
            let types = try operands.allTexts()
            return { text($0.response.is(types)) }
        default: return nil
        }
    }

    private static func rest(_ operands: Operands) throws -> Read? {
        switch operands.name {
        case "get":
            let name = try operands.text(0)
            return { JSON($0.get(name)) }
        case "request.type": return { JSON($0.request.type) }
        case "request.length": return { integer($0.request.length) }
        case "request.charset": return { JSON($0.request.charset) }
        case "error": return { $0.record.readError }
        case "body": return { $0.request.body }
        case "rawBody": return { text($0.request.rawBody) }
        case "state":
            let key = try operands.text(0)
            return { $0.state[key] as? JSON ?? .null }
        case "cookie":
            let name = try operands.text(0)
            let signed = try operands.optional(1)?.requireObject("cookie").optional("signed")?.requireBool("signed")
            guard let signed else { return { text($0.cookies.get(name)) } }
            return { text(try $0.cookies.get(name, signed: signed)) }
        default: return nil
        }
    }

    private static func text(_ value: String?) -> JSON {
        value.map { JSON($0) } ?? .null
    }

    private static func texts(_ values: [String]) -> JSON {
        JSON(values.map { JSON($0) })
    }

    private static func integer(_ value: Int?) -> JSON {
        value.map { JSON($0) } ?? .null
    }
}
