import Koa
import KoaBody

extension Layer {
    /// A body parser as a case describes it.
    static func bodyParser(_ entry: JSONObject) throws -> Middleware {
        let options = try entry.optional("options")?.requireObject("options") ?? [:]
        var parser = KoaBody.bodyParser(
            types: try options.optional("enableTypes").map { Set(try kinds($0)) } ?? [.json, .form],
            extendTypes: try extended(options),
            jsonLimit: try size("jsonLimit", options) ?? 1024 * 1024,
            formLimit: try size("formLimit", options) ?? 56 * 1024,
            textLimit: try size("textLimit", options) ?? 1024 * 1024,
            xmlLimit: try size("xmlLimit", options) ?? 1024 * 1024,
            strict: try options.optional("strict")?.requireBool("strict") ?? true
        )
        if let methods = options.optional("parsedMethods") {
            parser.methods = Set(try methods.requireTexts("parsedMethods").compactMap { HTTPRequest.Method($0) })
        }
        return parser.middleware
    }

    private static func kinds(_ value: JSON) throws -> [BodyKind] {
        try value.requireTexts("enableTypes").map { try kind($0) }
    }

    private static func kind(_ name: String) throws -> BodyKind {
        guard let kind = BodyKind(rawValue: name) else { throw MalformedCase("there are no \(name) bodies") }
        return kind
    }

    private static func extended(_ options: JSONObject) throws -> [BodyKind: [String]] {
        var types: [BodyKind: [String]] = [:]
        for (name, value) in try options.optional("extendTypes")?.requireObject("extendTypes") ?? [:] {
            types[try kind(name)] = try value.array == nil ? [value.requireText(name)] : value.requireTexts(name)
        }
        return types
    }

    /// A number of bytes, or a text such as `5b`, `56kb` and `1mb`.
    private static func size(_ name: String, _ options: JSONObject) throws -> Int? {
        guard let value = options.optional(name) else { return nil }
        guard let text = value.string else { return try value.requireInteger(name) }
        let units = [("kb", 1024), ("mb", 1024 * 1024), ("gb", 1024 * 1024 * 1024), ("b", 1)]
        for (unit, bytes) in units where text.lowercased().hasSuffix(unit) {
            if let number = Double(text.dropLast(unit.count)) { return Int(number * Double(bytes)) }
        }
        throw MalformedCase("\(name) is no size: \(text)")
    }
}
