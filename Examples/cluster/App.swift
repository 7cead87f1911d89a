import KoaBody
import KoaMiddleware
import KoaRouter
import KoaSession

/// A site on which a user is logged in, whichever of its processes answers:
///
/// | | |
/// | --- | --- |
/// | `GET /` | who is logged in, and a form to log in or out |
/// | `POST /login` | logs in as `name` (a real site asks for a password) |
/// | `POST /logout` | ends the session |
/// | `GET /whoami` | the same as JSON |
///
/// Every page says which process has made it.
///
/// - Parameters:
///   - store: where the sessions are.
///   - key: signs cookies; the same in all processes.
///   - process: this process's name.
///   - env: the environment's name; that of the process by default.
func makeApp(_ store: any SessionStore, key: String, process: String, env: String? = nil) -> Application {
    // nginx stands in front, and tells who the client is.
    let app = Application(env: env, proxy: .hops(1))
    app.keys = [key]
    app.use(securityHeaders())
    app.use { ctx, next in
        ctx.set("X-Process", process)
        try await next()
    }
    app.use(session(SessionOptions(maxAge: .days(1), rolling: true, sameSite: .lax), store: store))
    app.use(bodyParser())
    app.use(csrf())
    app.use(pages(process).routes())
    return app
}

private func pages(_ process: String) -> Router {
    let router = Router(allowedMethods: true)
    router.get("/") { ctx in
        let token = try ctx.csrfToken
        let hidden = "<input type=hidden name=_csrf value=\"\(token)\">"
        let form =
            ctx.user.map { name in
                "<p>Hello \(escaped(name)).<form method=post action=/logout>\(hidden)<button>Log out</button></form>"
            } ?? "<form method=post action=/login>\(hidden)<input name=name><button>Log in</button></form>"
        ctx.type = "html"
        ctx.body = .text("<!DOCTYPE html><title>Cluster</title>\(form)<p>Answered by process \(process).")
    }
    router.get("/whoami") { ctx in
        let user = ctx.user.map { JSON($0) } ?? .null
        ctx.body = .json(["user": user, "process": .string(process)])
    }
    router.post("/login") { ctx in
        let login = try await ctx.decode(Login.self)
        ctx.user = login.name
        // Another id, so that nobody who knew the old one is logged in with it.
        try await ctx.session.regenerate()
        ctx.seeHome()
    }
    router.post("/logout") { ctx in
        ctx.session.destroy()
        ctx.seeHome()
    }
    return router
}

/// What the form sends.
private struct Login: Decodable {
    let name: String
}

extension Context {
    /// Who is logged in.
    fileprivate var user: String? {
        get { session["user"] }
        set { session["user"] = newValue }
    }

    /// Leads to the first page, by GET.
    fileprivate func seeHome() {
        status = .seeOther
        redirect("/")
    }
}

/// A text as HTML shows it; by bytes, since a sign and a mark behind it are one character.
private func escaped(_ text: String) -> String {
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
        switch byte {
        case UInt8(ascii: "&"): Array("&amp;".utf8)
        case UInt8(ascii: "<"): Array("&lt;".utf8)
        case UInt8(ascii: ">"): Array("&gt;".utf8)
        case UInt8(ascii: "\""): Array("&quot;".utf8)
        default: [byte]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
