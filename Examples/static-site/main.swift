import FoundationEssentials
import Koa

// PORT=8080 swift run static-site, at the package's folder; ROOT names another folder of files.
let environment = ProcessInfo.processInfo.environment
let port = environment["PORT"].flatMap { Int($0) } ?? 3000

try await makeApp(root: environment["ROOT"] ?? "Examples/static-site/public").listen(port)
