import Koa

/// Cookies of the request, and those that the response sets.
let cookies = Chapter(
    title: "Cookies",
    pages: [
        Page("/cookies/plain", "Counts your visits in a cookie that anyone can change") { ctx in
            let views = (ctx.cookies["views"].flatMap { Int($0) } ?? 0) % 1000 + 1
            ctx.cookies.set("views", "\(views)", .init(maxAge: .days(1), sameSite: .lax, signed: false))
            ctx.body = "Visit \(views)"
        },
        Page("/cookies/signed", "Remembers ?name in a signed one", link: "/cookies/signed?name=Ada") { ctx in
            if let name = ctx.query["name"], name.allSatisfy({ $0.isASCII && $0.isLetter }) {
                ctx.cookies.set("name", name, .init(signed: true))
                ctx.body = "I'll remember you, \(name)"
            } else if let name = try ctx.cookies.get("name", signed: true) {
                ctx.body = "You are \(name), no doubt"
            } else {
                ctx.body = "Who are you? Tell me by ?name="
            }
        },
        Page("/cookies/delete", "Deletes both") { ctx in
            ctx.cookies.set("views", nil)
            ctx.cookies.set("name", nil, .init(signed: true))
            ctx.body = "All is forgotten"
        },
    ]
)
