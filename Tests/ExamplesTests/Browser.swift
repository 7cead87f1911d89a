import Foundation

/// A browser without a window: Debian's chromium.
final class Browser: Sendable {
    struct Failure: Error {
        let status: Int32
        let output: String
    }

    private let executable: String
    private let folder: String

    /// Where it is installed, if it is.
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    init?() {
        guard let path = Self.path else { return nil }
        executable = path
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("browser-\(UUID().uuidString)").path
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The document as it is when all was loaded and all scripts have run.
    func page(_ url: String) async throws -> String {
        String(decoding: try await run(["--dump-dom", url]), as: UTF8.self)
    }

    /// What a page looks like: a PNG image.
    func screenshot(_ url: String) async throws -> Data {
        let file = "\(folder)-image.png"
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = try await run(["--screenshot=\(file)", "--window-size=800,600", "--hide-scrollbars", url])
        return try Data(contentsOf: URL(fileURLWithPath: file))
    }

    private func run(_ arguments: [String]) async throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: executable)
        // As root, as in containers, it has no sandbox; it sees nothing but the pages of the test.
        process.arguments =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--user-data-dir=\(folder)", "--timeout=60000",
            ] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: output.fileHandleForReading.readDataToEndOfFile()) }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
        }
        return data
    }
}
