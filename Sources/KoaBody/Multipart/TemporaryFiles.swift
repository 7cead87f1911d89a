import Koa
import NIOConcurrencyHelpers

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The files of one request in a folder of its own, until they are removed.
///
/// Its methods block but for the asynchronous one: they belong on a thread pool.
final class TemporaryFiles: Sendable {
    private let parent: String
    private let state = NIOLockedValueBox((folder: String?.none, count: 0, isRemoved: false))

    /// - Parameter parent: where the folder is made when the first file is.
    init(in parent: String?) {
        self.parent = parent ?? Self.systemFolder
    }

    private static let systemFolder: String = {
        let path = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
        return path.isEmpty ? "/tmp" : path
    }()

    /// Creates an empty file, which nobody else may read, and opens it.
    func create() throws -> (path: String, descriptor: CInt) {
        try state.withLockedValue { state in
            guard !state.isRemoved else { throw KoaError(.disconnected, "The request is over") }
            let folder = try state.folder ?? makeFolder()
            state.folder = folder
            state.count += 1
            let path = "\(folder)/\(state.count)"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw FileSink.failure("create an uploaded file", errno) }
            return (path, descriptor)
        }
    }

    private func makeFolder() throws -> String {
        var template = Array("\(parent)/koa-upload-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { bytes in
            bytes.baseAddress.map { mkdtemp($0) != nil } ?? false
        }
        guard isMade else {
            throw FileSink.failure("make a folder for uploaded files in \(parent.debugDescription)", errno)
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes them on a thread of the application's pool; in a task of its own, since the request's may be cancelled, and
    /// the pool runs nothing for such a one.
    nonisolated(nonsending) func removeAll(on app: Application) async {
        await Task { try? await app.offload { self.removeAll() } }.value
    }

    /// Removes the folder with what is left in it, also what the application put there, and lets no more be made.
    func removeAll() {
        let folder = state.withLockedValue { state in
            state.isRemoved = true
            return state.folder
        }
        if let folder { try? FileManager.default.removeItem(atPath: folder) }
    }
}

extension Context {
    /// The files of this request; what is left of them is removed when the request is over, however it ends.
    func temporaryFiles(in folder: String?) -> TemporaryFiles {
        let state = bodyState
        if let known = state.temporaryFiles[folder] { return known }
        let files = TemporaryFiles(in: folder)
        state.temporaryFiles[folder] = files
        let app = app
        onFinish { await files.removeAll(on: app) }
        return files
    }
}
