import Koa

extension Operations {
    /// The operations that write response headers.
    static func headers(_ operands: Operands) throws -> Middleware? {
        switch operands.name {
        case "set":
            let name = try operands.text(0)
            if let value = try operands.value(1).string {
                return step { ctx in try ctx.response.setHeader(name, value) }
            }
            let values = try operands.texts(1)
            return step { ctx in try ctx.response.setHeader(name, values) }
        case "append":
            let name = try operands.text(0)
            let values = try operands.texts(1)
            return step { ctx in try ctx.response.appendHeader(name, values) }
        case "remove":
            let name = try operands.text(0)
            return step { ctx in ctx.remove(name) }
        case "vary":
            if let field = try operands.value(0).string { return step { ctx in try ctx.response.setVary(field) } }
            let fields = try operands.texts(0)
            return step { ctx in try ctx.response.setVary(fields) }
        case "redirect":
            let url = try operands.text(0)
            return step { ctx in try ctx.response.setRedirect(url) }
        case "back":
            guard let alternative = try operands.optional(0)?.requireText("back") else {
                return step { ctx in try ctx.response.setBack() }
            }
            return step { ctx in try ctx.response.setBack(alternative) }
        case "attachment":
            return try attachment(operands)
        case "cookie":
            return try cookie(operands)
        case "reply.header":
            let name = try operands.text(0)
            return step { ctx in
                try ctx.response.setHeader(name, PercentEncoding.component(JSON(ctx.record.reads).description))
            }
        default:
            return nil
        }
    }

    private static func attachment(_ operands: Operands) throws -> Middleware {
        let filename = try operands.optional(0)?.requireText("attachment")
        let options = try operands.optional(1)?.requireObject("attachment") ?? [:]
        let type = try options.optional("type")?.requireText("type") ?? "attachment"
        let fallback: AttachmentFallback =
            switch options.optional("fallback") {
            case nil, true: .automatic
            case false: .none
            case let name?: .text(try name.requireText("fallback"))
            }
        return step { ctx in try ctx.response.setAttachment(filename, type: type, fallback: fallback) }
    }

    private static func cookie(_ operands: Operands) throws -> Middleware {
        let name = try operands.text(0)
        let value = try operands.optional(1)?.requireText("cookie")
        guard let words = try operands.optional(2).map({ try CookieWords($0) }) else {
            return step { ctx in try ctx.cookies.setCookie(name, value) }
        }
        return step { ctx in try ctx.cookies.setCookie(name, value, words.options()) }
    }
}

/// What encodeURIComponent does.
enum PercentEncoding {
    /// Percent-encodes all bytes but letters, digits and `-_.!~*'()`.
    static func component(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            case _ where "-_.!~*'()".utf8.contains(byte):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.utf8.count < 2 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
