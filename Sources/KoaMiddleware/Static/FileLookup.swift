import Koa
import NIOCore

/// Finds the file that a path means: an index, a name with an extension, a precompressed sibling.
///
/// All of it blocks, so it runs as one job on a thread pool.
struct FileLookup: Sendable {
    let root: FileRoot
    let path: FilePath
    let index: FilePath?
    let options: FileOptions
    /// The codings that the client accepts, best first.
    let codings: [Coding]
    /// Whether to read a small file at once.
    let reads: Bool

    /// A coding that a sibling may have.
    enum Coding: String, Sendable {
        case br, gzip

        var suffix: String { self == .br ? ".br" : ".gz" }
    }

    /// What was found.
    struct Found: Sendable {
        var file: OpenFile
        /// The file that was asked for, without a coding's suffix.
        var path: FilePath
        var coding: Coding?
        /// Whether other clients may get another coding.
        var varies = false
        /// All of it, where it is small.
        var content: ByteBuffer?
    }

    /// Why nothing is sent.
    enum Absence: Sendable {
        /// There is nothing.
        case missing
        /// There is a folder without an index.
        case folder
    }

    enum Outcome: Sendable {
        case found(Found)
        case nothing(Absence)
    }

    /// Files up to this size are read where they are opened, and sent with their head, in bytes.
    static let smallSize = 64 * 1024

    func callAsFunction() throws -> Outcome {
        var path = path
        var first: FileRoot.Entry?
        // Before the name itself, as in the reference: about.html goes before a folder about.
        if let (named, file) = try extended(path) {
            path = named
            first = .file(file)
        } else {
            first = try root.open(path)
        }
        if case .folder = first {
            guard let index, options.format || path.isFolder || path.names.isEmpty else { return .nothing(.folder) }
            path = path.child(index)
            first = try root.open(path)
            if case .folder = first { return .nothing(.missing) }
        }
        var plain: OpenFile?
        if case .file(let file) = first { plain = file }
        guard var found = try precompressed(path, plain) else { return .nothing(.missing) }
        if reads, found.file.size <= Self.smallSize { found.content = try found.file.readNow(0..<found.file.size) }
        return .found(found)
    }

    /// The first file that a name without a dot and an extension make.
    private func extended(_ path: FilePath) throws -> (FilePath, OpenFile)? {
        guard !path.isFolder, let name = path.names.last, !name.utf8.contains(UInt8(ascii: ".")) else { return nil }
        for end in options.extensions where !end.isEmpty {
            let named = path.appending(end.utf8.first == UInt8(ascii: ".") ? end : ".\(end)")
            if case .file(let file) = try root.open(named) { return (named, file) }
        }
        return nil
    }

    /// The best sibling that the client accepts, else the file itself.
    private func precompressed(_ path: FilePath, _ plain: OpenFile?) throws -> Found? {
        guard !path.isFolder, !path.names.isEmpty else { return nil }
        var best: (coding: Coding, file: OpenFile)?
        var varies = false
        for coding in [Coding.br, .gzip] where coding == .br ? options.brotli : options.gzip {
            guard case .file(let file) = try root.open(path.appending(coding.suffix)) else { continue }
            varies = true
            if best == nil, codings.contains(coding) { best = (coding, file) }
        }
        if let best { return Found(file: best.file, path: path, coding: best.coding, varies: true) }
        return plain.map { Found(file: $0, path: path, varies: varies) }
    }
}
