import FoundationEssentials
import Koa

// PORT=8080 KEY=… swift run --traits Redis cluster redis
// All processes of a cluster need the same KEY, which signs their cookies; `Examples/cluster/run` starts three behind nginx.
let environment = ProcessInfo.processInfo.environment
let port = environment["PORT"].flatMap { Int($0) } ?? 3000
let key = environment["KEY"] ?? UUID().uuidString
let store = try makeStore(CommandLine.arguments.dropFirst().first ?? "memory", environment)

try await makeApp(store, key: key, process: "\(ProcessInfo.processInfo.processIdentifier)")
    .listen(port, host: "127.0.0.1")
