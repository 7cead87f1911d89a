import Koa

/// The built-in page. All that comes from a request, an error or a file is escaped.
enum ErrorHTML {
    static func page(_ report: ErrorReport) -> String {
        let title = escape("\(report.status)")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>\(style)</style>
            </head>
            <body>
            <main>
            <h1>\(title)</h1>
            \(report.details.map(details) ?? report.detail.map { "<p>\(escape($0))</p>" } ?? "")
            </main>
            </body>
            </html>

            """
    }

    private static func details(_ details: ErrorDetails) -> String {
        var parts: [String] = []
        if let type = details.type { parts.append("<h2>\(escape(type))</h2>") }
        parts.append("<p class=\"message\">\(escape(details.message))</p>")
        if !details.causes.isEmpty {
            parts.append("<h2>Caused by</h2>\n<ol>\(details.causes.map { "<li>\(escape($0))</li>" }.joined())</ol>")
        }
        if let location = details.location { parts.append("<h2>\(escape(location.description))</h2>") }
        if let excerpt = details.excerpt { parts.append(html(excerpt)) }
        if let middleware = details.middleware {
            parts.append("<p>In the middleware added at <code>\(escape(middleware))</code>.</p>")
        }
        let fields = details.headers.map { "<tr><th>\(escape($0.name))</th><td>\(escape($0.value))</td></tr>" }
        parts.append("<h2>\(escape(details.request))</h2>\n<table>\(fields.joined(separator: "\n"))</table>")
        return parts.joined(separator: "\n")
    }

    private static func html(_ excerpt: SourceExcerpt) -> String {
        let lines = excerpt.lines.map { line in
            let text = "<i>\(line.number)</i> \(escape(line.text))"
            return line.number == excerpt.line ? "<b>\(text)</b>" : text
        }
        return "<pre>\(lines.joined(separator: "\n"))</pre>"
    }

    private static func escape(_ text: String) -> String { HTMLEscaping.escape(text) }

    private static let style = """
        body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff}\
        main{max-width:60rem;margin:0 auto;padding:2rem 1rem;overflow-wrap:anywhere}\
        h1{font-size:1.6rem}h2{font-size:1rem;margin:2rem 0 .5rem}\
        .message{white-space:pre-wrap}\
        pre{overflow-x:auto;padding:1rem;background:#f4f4f4;line-height:1.6}\
        pre b{font-weight:inherit;background:#fdd;display:inline-block;min-width:100%}\
        pre i{font-style:normal;color:#888}\
        table{border-collapse:collapse;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.1rem 1rem .1rem 0}\
        @media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}pre{background:#262626}pre b{background:#522}}
        """
}
