import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A file of cases: one JSON object a line.
struct CaseFile {
    /// Where it is.
    let path: String

    /// The folder of static files beside it.
    var staticFiles: String {
        URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("files").path
    }

    /// The file at a path, or the `.jsonl` files of the folder there, by name.
    ///
    /// - Throws: ``FileProblem`` when there is nothing, or a folder without cases.
    static func files(at path: String) throws(FileProblem) -> [CaseFile] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileProblem("\(path): no such file or folder")
        }
        guard isFolder else { return [CaseFile(path: path)] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw FileProblem("\(path): the folder can't be read")
        }
        let cases = names.filter { $0.hasSuffix(".jsonl") }.sorted()
        guard !cases.isEmpty else { throw FileProblem("\(path): no .jsonl file in this folder") }
        return cases.map { CaseFile(path: "\(path)/\($0)") }
    }

    /// The cases, in order; blank lines are left out.
    ///
    /// - Throws: ``FileProblem`` with the number of the line that is no case.
    func cases() throws(FileProblem) -> [Case] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileProblem("\(path): the file can't be read")
        }
        var cases: [Case] = []
        for (index, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            do {
                cases.append(try Case(JSON.parse(line)))
            } catch {
                throw FileProblem("\(path):\(index + 1): \(error)")
            }
        }
        return cases
    }
}

/// A file can't be read, or isn't what it should be.
struct FileProblem: Error, Equatable, CustomStringConvertible {
    /// Which file, and what is wrong with it.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
