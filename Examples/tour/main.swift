import FoundationEssentials
import Koa

// PORT=8080 swift run tour
let port = ProcessInfo.processInfo.environment["PORT"].flatMap { Int($0) } ?? 3000

try await makeTour().listen(port)
