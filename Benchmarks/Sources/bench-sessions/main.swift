import BenchmarkSupport
import Koa
import KoaSession

// Sessions in the store of a scenario: what `scripts/bench` measures, and `scripts/soak sessions` kills.

let arguments = ServerArguments(scenarios: Stores.names)
let app = Application()
app.keys = ["some secret hurr"]
var sessionOptions = SessionOptions(maxAge: .days(1))
// Two requests of one session at a time are the soak's business, not the benchmark's.
sessionOptions.onConflict = .merge
app.use(session(sessionOptions, store: try Stores.make(arguments.scenario)))
app.use { ctx in
    if ctx.path == "/" {
        ctx.session["views", default: 0] += 1
        ctx.body = "Hello World"
    } else if ctx.path == "/read" {
        ctx.body = .text("\(ctx.session["number", default: -1])")
    } else if ctx.path.hasPrefix("/set/"), let number = Int(ctx.path.dropFirst(5)) {
        ctx.session["number"] = number
        ctx.body = .text("\(number)")
    }
}

var options = ServerOptions()
options.eventLoops = arguments.loops
let server = try await app.start(arguments.port, options: options)
ServerArguments.announce(port: server.port ?? 0)
await server.waitUntilClosed()
