import FoundationEssentials

/// A folder of a test's own, removed with it.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("koa-body-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// All that lies in it, however deep.
    var names: [String] { (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? [] }
}
