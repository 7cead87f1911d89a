import FoundationEssentials
import Koa

// PORT=8080 swift run rest
let port = ProcessInfo.processInfo.environment["PORT"].flatMap { Int($0) } ?? 3000

try await makeApp().listen(port)
