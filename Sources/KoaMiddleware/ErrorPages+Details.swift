import Koa

/// What developers see of an error, and others don't.
struct ErrorDetails: Sendable {
    /// The error's type; of a response without one, nothing.
    let type: String?
    /// What the error says of itself.
    let message: String
    /// The descriptions of the errors underneath, the nearest first.
    let causes: [String]
    /// Where the error was made.
    let location: ErrorLocation?
    /// The lines around that.
    let excerpt: SourceExcerpt?
    /// Where the innermost middleware that threw it was added.
    let middleware: String?
    /// `GET /path`
    let request: String
    /// The request's fields, those that let one in without their values.
    let headers: [Headers.Field]

    /// Fields with which whoever sees them could act for the user.
    private static let secrets: Set<String> = ["authorization", "cookie", "proxy-authorization", "x-api-key"]

    nonisolated(nonsending) init(_ ctx: Context, _ report: ErrorReport) async {
        let chain = report.error.map(Self.chain) ?? []
        type = chain.first.map { String(reflecting: Swift.type(of: $0)) }
        message = chain.first.map { "\($0)" } ?? report.message
        causes = chain.dropFirst().map { "\(String(reflecting: Swift.type(of: $0))): \($0)" }
        // The innermost says most.
        let location = chain.lazy.reversed().compactMap { ($0 as? any LocatedError)?.location }.first
        self.location = location
        #if DEBUG
            middleware = report.error == nil ? nil : ctx.failedAt?.description
        #else
            middleware = nil
        #endif
        request = "\(ctx.method.rawValue) \(ctx.originalURL)"
        headers = ctx.request.headers.fields.map { field in
            guard Self.secrets.contains(field.name.lowercased()) else { return field }
            var field = field
            field.value = "(hidden)"
            return field
        }
        if let location {
            excerpt = try? await ctx.app.offload { SourceExcerpt(around: location) }
        } else {
            excerpt = nil
        }
    }

    /// An error and those underneath.
    private static func chain(_ error: any Error) -> [any Error] {
        var chain = [error]
        while chain.count < 16, let cause = cause(of: chain[chain.count - 1]) { chain.append(cause) }
        return chain
    }

    private static func cause(of error: any Error) -> (any Error)? {
        (error as? HTTPError)?.cause ?? (error as? KoaError)?.cause
    }

    /// All but the request, in lines.
    var text: String {
        var lines = [type.map { "\($0): \(message)" } ?? message]
        lines += causes.map { "caused by \($0)" }
        if let location { lines.append("    at \(location)") }
        if let middleware { lines.append("    in the middleware added at \(middleware)") }
        if let excerpt {
            lines.append("")
            lines += excerpt.lines.map { "\($0.number == excerpt.line ? ">" : " ") \($0.number) \($0.text)" }
        }
        return lines.joined(separator: "\n")
    }

    /// All but the request and the excerpt.
    var json: JSON {
        var object: JSONObject = [:]
        if let type { object["type"] = JSON(type) }
        object["message"] = JSON(message)
        if !causes.isEmpty { object["causes"] = JSON(causes.map { JSON($0) }) }
        if let location { object["location"] = JSON(location.description) }
        if let middleware { object["middleware"] = JSON(middleware) }
        return .object(object)
    }
}
