import BenchmarkSupport
import Hummingbird
import NIOPosix

let arguments = ServerArguments(scenarios: ["hello", "router"])
let router = Router()
switch arguments.scenario {
case "router":
    for route in RESTRoutes.all {
        guard let method = HTTPRequest.Method(rawValue: route.method) else { continue }
        router.on(RouterPath(route.path), method: method) { _, context in context.parameters.get("id") ?? "" }
    }
default:
    router.get("/") { _, _ in "Hello World" }
}
let app = Application(
    router: router,
    configuration: .init(address: .hostname("127.0.0.1", port: arguments.port), reuseAddress: true),
    onServerRunning: { channel in ServerArguments.announce(port: channel.localAddress?.port ?? 0) },
    eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: arguments.loops))
)
try await app.runService()
