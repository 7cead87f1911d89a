import Koa

/// What is thrown becomes a response: its status, and below 500 its message.
let errors = Chapter(
    title: "Errors",
    pages: [
        Page("/error/throw", "Throw a status with a message: 401") { ctx in
            try ctx.throw(.unauthorized, "Please login!", headers: ["WWW-Authenticate": "Basic"])
        },
        Page("/error/assert", "Assert: 400 unless ?age is a number of 18 or more", link: "/error/assert?age=12") {
            ctx in
            let age = ctx.query["age"].flatMap { Int($0) } ?? 0
            try ctx.assert(age >= 18, 400, "You have to be 18, and are \(age)")
            ctx.body = "Come in!"
        },
        Page("/error/require", "Require: 422 without ?name, a value that isn't nil with it") { ctx in
            let name = try ctx.require(ctx.query["name"], 422, "name is missing")
            ctx.body = "Hello \(name)"
        },
        Page("/error/unexpected", "Any other error is a 500, and what it says stays in the log") { _ in
            throw Interrupted()
        },
        Page("/error/own", "An error of yours knows its status: 409") { _ in
            throw OutOfStock(item: "umbrella")
        },
        Page("/error/kept", "An error removes the headers set before; some are kept") { ctx in
            ctx.set("X-Lost", "this goes")
            ctx.set("X-Request-Id", "42")
            ctx.keepOnError("X-Request-Id")
            try ctx.throw(.serviceUnavailable, headers: ["Retry-After": "5"])
        },
        Page("/error/refused", "A header that nobody may send is a 500 too") { ctx in
            ctx.set("X-Note", "two\r\nlines")
            ctx.body = "never sent"
        },
        Page("/error/nobody", "Nobody answers: 404") { _ in },
    ]
)

struct OutOfStock: ErrorStatus {
    let item: String
    var status: Status { .conflict }
    var message: String { "We are out of \(item)s." }
    var headers: Headers { ["Retry-After": "86400"] }
}
