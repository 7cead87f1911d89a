public import BenchmarkSupport
public import Hummingbird
import NIOPosix

extension Item: @retroactive ResponseCodable, @retroactive ResponseEncodable, @retroactive ResponseGenerator {}

let arguments = ServerArguments(scenarios: ["hello", "router", "post", "upload", "file", "gzip"])
let router = Router()
switch arguments.scenario {
case "router":
    for route in RESTRoutes.all {
        guard let method = HTTPRequest.Method(rawValue: route.method) else { continue }
        router.on(RouterPath(route.path), method: method) { _, context in context.parameters.get("id") ?? "" }
    }
case "post":
    router.post("/") { request, context in try await request.decode(as: Item.self, context: context) }
case "upload":
    router.post("/") { request, _ in
        var count = 0
        for try await chunk in request.body { count += chunk.readableBytes }
        return "\(count)"
    }
case "file":
    router.add(middleware: FileMiddleware(Site.make()))
case "gzip":
    router.add(middleware: GzipMiddleware())
    router.get("/") { _, _ in
        Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: Page.text)))
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
