import Koa
import KoaMiddleware

extension Layer {
    /// The static files that an entry describes.
    ///
    /// - Parameter files: the folder that its root lies in.
    static func staticFiles(_ entry: JSONObject, files: String) throws -> Middleware {
        let root = try entry.require("root").requireText("root")
        let given = try entry.optional("options")?.requireObject("options") ?? [:]
        var options = FileOptions()
        var index: String? = "index.html"
        var isDeferred = false
        for (name, value) in given {
            switch name {
            case "index": index = value == false ? nil : try value.requireText(name)
            case "defer": isDeferred = try value.requireBool(name)
            case "maxage", "maxAge": options.maxAge = .milliseconds(try value.requireInteger(name))
            case "immutable": options.immutable = try value.requireBool(name)
            case "hidden": options.hidden = try value.requireBool(name)
            case "format": options.format = try value.requireBool(name)
            case "extensions": options.extensions = value == false ? [] : try value.requireTexts(name)
            case "brotli": options.brotli = try value.requireBool(name)
            case "gzip": options.gzip = try value.requireBool(name)
            // The reference's option is brotli, and this one has no effect there.
            case "br": break
            default: throw Unsupported("static option \(name)")
            }
        }
        return KoaMiddleware.staticFiles("\(files)/\(root)", index: index, defer: isDeferred, options).middleware
    }
}
