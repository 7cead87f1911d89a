import Koa
import KoaLifecycle

// Every way to run an application; none of them is called.
func runEachWay(_ app: Application) async throws {
    try await app.listen()
    try await app.listen(3000)
    try await app.listen(8080, host: "0.0.0.0")
    try await app.listen(unixSocket: "/tmp/app.sock")

    let server = try await app.start(0)
    print("http://127.0.0.1:\(server.port ?? 0)")
    await server.stop()

    let reply = await app.callback()(.init(method: .get, target: "/"))
    print(reply.status, String(buffer: reply.body))
}
