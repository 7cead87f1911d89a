import FoundationEssentials
import Koa

// PORT=8080 KEY=… swift run blog, at the package's folder; ROOT names another folder of views and files. Without a KEY the
// cookies are good until the next start.
let environment = ProcessInfo.processInfo.environment
let port = environment["PORT"].flatMap { Int($0) } ?? 3000
let root = environment["ROOT"] ?? "Examples/blog"
let key = environment["KEY"] ?? UUID().uuidString

try await makeApp(root: root, key: key).listen(port)
