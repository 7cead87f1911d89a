import Koa
import KoaCompress

extension Layer {
    /// Compression as a case describes it, by the reference's rules.
    ///
    /// - Throws: ``Unsupported`` for an option of another name or form.
    static func compression(_ entry: JSONObject) throws -> Middleware {
        let options = try entry.optional("options")?.requireObject("options") ?? [:]
        for name in options.keys where !["threshold", "gzip", "deflate", "br", "defaultEncoding"].contains(name) {
            throw Unsupported("compress option \(name)")
        }
        let codings = try Compression.standard.filter { coding in
            guard let option = options.optional(coding.name) else { return coding.name != "zstd" }
            guard option.bool != false else { return false }
            throw Unsupported("compress option \(coding.name)")
        }
        let threshold = try options.optional("threshold").map(size) ?? 1024
        let assumed = try options.optional("defaultEncoding")?.requireText("defaultEncoding") ?? "identity"
        return compress(codings, threshold: threshold, defaultEncoding: assumed, rules: .koaCompress).middleware
    }

    /// Reads a number of bytes, or a text such as `1kb`.
    private static func size(_ value: JSON) throws -> Int {
        if let text = value.string {
            guard text.hasSuffix("kb"), let count = Int(text.dropLast(2)) else {
                throw MalformedCase("threshold \(text)")
            }
            return count * 1024
        }
        return try value.requireInteger("threshold")
    }
}
