import Koa

/// A form of error pages; see ``errorPages(formats:showsDetails:pages:renderers:)``.
///
/// ```swift
/// app.use(errorPages(formats: [.json, .html]))  // JSON for clients that accept anything
/// ```
public enum ErrorFormat: Sendable, Hashable, CaseIterable {
    /// A page for people: `text/html`.
    case html
    /// The message alone: `text/plain`.
    case text
    /// `{"error":"Not Found"}`, as koa-onerror and koa-error write it: `application/json`.
    case json
    /// `{"type":"about:blank","title":"Not Found","status":404}`: `application/problem+json` of
    /// [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457). Where `json` isn't offered, clients that accept JSON get it too.
    case problem

    var type: String {
        switch self {
        case .html: "text/html"
        case .text: "text/plain"
        case .json: "application/json"
        case .problem: "application/problem+json"
        }
    }

    static func chosen(of formats: [ErrorFormat], for ctx: Context) -> ErrorFormat {
        var types = formats.map(\.type)
        if formats.contains(.problem), !formats.contains(.json) { types.append(Self.json.type) }
        let type = ctx.accepts(types)
        if let format = formats.first(where: { $0.type == type }) { return format }
        if type == Self.json.type { return .problem }
        return formats.contains(.text) ? .text : formats.first ?? .text
    }

    func write(_ report: ErrorReport, to ctx: Context) {
        ctx.set("X-Content-Type-Options", "nosniff")
        if report.details != nil { ctx.set("Cache-Control", "no-store") }
        ctx.type = type
        if self != .html, self != .text, let document = (report.error as? any ErrorDocument)?.document {
            ctx.type = document.type
            ctx.body = .text(document.text)
            return
        }
        switch self {
        case .html:
            if !ctx.response.has("Content-Security-Policy") {
                ctx.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            }
            ctx.body = .text(ErrorHTML.page(report))
        case .text: ctx.body = .text(report.details.map { "\(report.title)\n\n\($0.text)\n" } ?? report.message)
        case .json: ctx.body = .json(report.json)
        case .problem: ctx.body = .json(report.problem)
        }
    }
}

extension ErrorReport {
    /// What was thrown, for developers; the message for others.
    fileprivate var json: JSON {
        guard let details else { return ["error": JSON(message)] }
        return .object(["error": JSON(details.message), "status": JSON(status.code), "details": details.json])
    }

    fileprivate var problem: JSON {
        var problem: JSONObject = ["type": "about:blank", "title": JSON(title), "status": JSON(status.code)]
        if let detail { problem["detail"] = JSON(detail) }
        if let details { problem["details"] = details.json }
        return .object(problem)
    }
}
