import FoundationEssentials
import Koa

// FOLDER=/srv/uploads PORT=8080 swift run upload
let environment = ProcessInfo.processInfo.environment
let port = environment["PORT"].flatMap { Int($0) } ?? 3000
let folder = environment["FOLDER"] ?? FileManager.default.temporaryDirectory.appendingPathComponent("koa-files").path
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)

try await makeApp(folder: folder).listen(port)
