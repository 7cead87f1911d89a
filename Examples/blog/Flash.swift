import Koa

/// What the page after a form has to say.
enum Flash: String, Sendable {
    case published
    case removed

    var text: String {
        switch self {
        case .published: "Your post is out."
        case .removed: "The post is gone."
        }
    }
}

/// Takes the message that the response before left in a signed cookie: `ctx.flash(.published)` there, `ctx.state.flash` here.
func flash(_ ctx: Context, _ next: Next) async throws {
    if let name = ctx.cookies["flash"] {
        ctx.state.flash = Flash(rawValue: name)
        ctx.cookies.set("flash", nil, .init())
    }
    try await next()
}

private enum FlashKey: StateKey {
    typealias Value = Flash
}

extension ContextState {
    /// What the request before had to say.
    var flash: Flash? {
        get { self[FlashKey.self] }
        set { self[FlashKey.self] = newValue }
    }
}

extension Context {
    /// Shows a message on the page that this response leads to.
    func flash(_ message: Flash) {
        cookies.set("flash", message.rawValue, .init(sameSite: .lax))
    }
}
