import Koa

/// Go somewhere else.
let redirects = Chapter(
    title: "Redirects",
    pages: [
        Page("/redirect/found", "302, as it is by default") { ctx in
            ctx.redirect("/body/text")
        },
        Page("/redirect/moved", "301, since a status that redirects is kept") { ctx in
            ctx.status = .movedPermanently
            ctx.redirect("/body/text")
        },
        Page("/redirect/back", "Where you came from, if that is on this site; else the index") { ctx in
            ctx.back("/")
        },
        Page("/redirect/refused", "Schemes such as javascript: are refused: 500") { ctx in
            ctx.redirect("javascript:alert(1)")
        },
    ]
)
