#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A folder with one file of 100 KB, as a site's larger scripts and pictures are.
public enum Site {
    /// The file's path within the folder.
    public static let target = "/app.js"

    /// Makes the folder, which the system's own cleaning takes away.
    public static func make() -> String {
        var template = Array("/tmp/koa-bench-XXXXXX".utf8CString)
        let folder = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
        }
        let line = "export const answer = (question) => question.length * 42;\n"
        let text = String(repeating: line, count: 102_400 / line.utf8.count)
        if let file = fopen(folder + target, "w") {
            fputs(text, file)
            fclose(file)
        }
        return folder
    }
}

/// A text of 4 KB that compresses as pages do.
public enum Page {
    /// The text.
    public static let text = (1...40).map { number in
        "<li><a href=\"/items/\(number * 7919)\">Item \(number)</a> costs \(number * 31 % 97).95 today, not \(number)</li>\n"
    }.joined()
}
