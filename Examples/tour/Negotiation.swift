import Koa

/// The best of what the client accepts.
let negotiation = Chapter(
    title: "Negotiation",
    pages: [
        Page("/accepts/type", "JSON, HTML or text: as the client likes it best") { ctx in
            ctx.vary("Accept")
            switch ctx.accepts("json", "html", "text") {
            case "json": ctx.body = ["hello": "World"]
            case "html": ctx.body = "<p>Hello World</p>"
            case "text": ctx.body = "Hello World"
            default: try ctx.throw(.notAcceptable)
            }
        },
        Page("/accepts/language", "A greeting in the client's language") { ctx in
            ctx.vary("Accept-Language")
            let language = ctx.acceptsLanguages("en", "de", "fr") ?? "en"
            ctx.set("Content-Language", language)
            ctx.body = .text(greetings[language] ?? "Hello!")
        },
        Page("/accepts/encoding", "The encodings that the client takes, best first") { ctx in
            ctx.vary("Accept-Encoding")
            ctx.body = ["all": ctx.acceptsEncodings(), "best": ctx.acceptsEncodings("gzip", "identity")]
        },
    ]
)

private let greetings = ["en": "Hello!", "de": "Guten Tag!", "fr": "Bonjour !"]
