import Koa

/// Each kind of body, status and header that a context takes.
func answerWithBody(_ ctx: Context) async throws {
    let name = ctx.query["name"] ?? "World"
    switch ctx.path.dropFirst("/bodies/".count) {
    case "text": ctx.body = "Hello \(name)"
    case "html": ctx.body = .text("<b>" + name + "</b>")
    case "object": ctx.body = ["id": 1, "name": name, "tags": ctx.query.all("tag")]
    case "list": ctx.body = ["a", 1, true]
    case "json": ctx.body = .json(User(id: "1", name: name))
    case "bytes":
        ctx.type = "png"
        ctx.body = .bytes([0x89, 0x50, 0x4E, 0x47])
    case "stream":
        ctx.type = "text"
        ctx.body = .stream(contentLength: nil) { writer in
            for number in 1...3 { try await writer.write("\(number) \(name)\n") }
        }
    case "sequence":
        ctx.type = "text"
        ctx.body = .stream(
            AsyncStream { continuation in
                for text in ["one", "two"] { continuation.yield(text) }
                continuation.finish()
            }
        )
    case "file":
        ctx.body = .file(ctx.query["path"] ?? "missing")
        ctx.attachment("report.pdf")
    case "nothing": ctx.body = nil
    case "created":
        ctx.status = .created
        ctx.set("Location", "/users/1")
        ctx.body = ""
    case "teapot": ctx.status = 418
    case "redirect": ctx.redirect("/login")
    case "offload":
        let sum = try await ctx.app.offload { (1...100).reduce(0, +) }
        ctx.body = "\(sum)"
    case "echo":
        let bytes = try await ctx.request.stream.collect(upTo: 1024)
        ctx.body = .text(String(buffer: bytes))
    case "unauthorized": try ctx.throw(.unauthorized, "Please login!")
    case "refused": try ctx.setHeader("X-Note", "two\r\nlines")
    case "cookie":
        let view = ctx.cookies["view"] ?? "none"
        ctx.cookies.set("view", "1", .init(maxAge: .days(1), sameSite: .lax))
        ctx.body = "\(view)"
    case "own": throw SoldOut()
    default: break
    }
}

/// An error of the user's own that says which status it is.
struct SoldOut: ErrorStatus {
    var status: Status { .conflict }
    var message: String { "That is sold out." }
}
