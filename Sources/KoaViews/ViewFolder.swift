#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The files below a folder, whatever is asked for: no name can lead out of it.
struct ViewFolder {
    /// The folder's path, without links.
    let root: String
    /// The paths of the files below it, in order.
    let paths: [String]

    /// Reads the folder, and those in it; blocks.
    ///
    /// - Throws: ``ViewError`` `.unreadable`.
    init(root: String) throws {
        guard let real = Self.realPath(root) else {
            throw ViewError(.unreadable, "The folder of views isn't there: \(root)")
        }
        let found: [String]
        do {
            found = try FileManager.default.subpathsOfDirectory(atPath: real)
        } catch {
            throw ViewError(.unreadable, "The folder of views can't be read: \(root)", cause: error)
        }
        self.root = real
        paths = found.filter { Self.isInside("\(real)/\($0)", real) }.sorted()
    }

    /// Whether a path is that of a file below the root, also when links are followed.
    private static func isInside(_ path: String, _ root: String) -> Bool {
        guard let real = realPath(path), real.utf8.starts(with: (root.hasSuffix("/") ? root : root + "/").utf8) else {
            return false
        }
        return (try? FileManager.default.attributesOfItem(atPath: real)[.type] as? FileAttributeType) == .typeRegular
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Reads a file, which has to be UTF-8.
    ///
    /// - Throws: ``ViewError`` `.unreadable`.
    func read(_ path: String) throws -> ViewTemplate {
        let file = "\(root)/\(path)"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ViewError(.unreadable, "The template can't be read: \(file)")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ViewError(.unreadable, "The template isn't in UTF-8: \(file)")
        }
        return ViewTemplate(path: path, file: file, text: text)
    }
}
