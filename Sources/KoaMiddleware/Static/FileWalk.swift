import Koa

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One way down from a root, name by name; a link is walked as the names that it stands for.
struct FileWalk: ~Copyable {
    /// The folders from the root down to where the walk is, and the name of each.
    private var folders: [(descriptor: CInt, name: String)] = []
    private let root: FileRoot
    private var linksLeft = 40

    init(root: FileRoot) throws(FileProblem) {
        self.root = root
        let descriptor = openAny(root.path)
        guard descriptor >= 0 else {
            throw FileProblem(description: "Can't open the root: \(String(cString: strerror(errno)))")
        }
        folders.append((descriptor, ""))
    }

    deinit {
        for folder in folders { _ = close(folder.descriptor) }
    }

    /// Opens what a path names; nil where there is nothing, or nothing that may be reached.
    mutating func open(_ path: FilePath) throws(FileProblem) -> FileRoot.Entry? {
        var pending = Array(path.names.reversed())
        while let name = pending.popLast() {
            switch name {
            case "", ".": continue
            case "..":
                // Only a link's target has these.
                guard folders.count > 1, let left = folders.popLast() else { return nil }
                _ = close(left.descriptor)
                continue
            default: break
            }
            // One name is opened, and read as a link, at a time.
            guard !name.utf8.contains(UInt8(ascii: "/")), let folder = folders.last?.descriptor else { return nil }
            let descriptor = openName(folder, name)
            if descriptor < 0 {
                let number = errno
                guard let names = target(of: name, in: folder) else {
                    try FileProblem.check(number, path)
                    return nil
                }
                guard root.links == .withinRoot, linksLeft > 0, let down = namesBelowRoot(names) else { return nil }
                linksLeft -= 1
                pending += down.reversed()
            } else if pending.isEmpty {
                return try root.entry(descriptor, path)
            } else {
                folders.append((descriptor, name))
            }
        }
        // The root, or a folder that a link led back to.
        return .folder
    }

    /// The names that a link stands for, the first of them empty where they begin at the system's root; nil for what is
    /// no link.
    private func target(of name: String, in folder: CInt) -> [String]? {
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer -> String? in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlinkat(folder, name, start, buffer.count)
            guard count > 0, count < buffer.count else { return nil }
            return String(validating: buffer.prefix(count).lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return text.map(FilePath.names)
    }

    /// Where a link's names lead from where the walk is, as names from the same place or, after a step back to it, from
    /// the root; nil when that is outside.
    private mutating func namesBelowRoot(_ names: [String]) -> [String]? {
        guard names.first == "" || names.first == ".." else { return names }
        // Absolute, or on its way up: compared with where the root really is, whose names are no links.
        guard let real = realpath(root.path, nil) else { return nil }
        defer { free(real) }
        let base = FilePath.names(of: String(cString: real)).filter { !$0.isEmpty }
        var whole: [String] = []
        var rest = names[...]
        if names.first == ".." {
            whole = base + folders.dropFirst().map(\.name)
            while rest.first == ".." {
                _ = whole.popLast()
                rest.removeFirst()
            }
        }
        whole += rest.filter { !$0.isEmpty }
        guard whole.starts(with: base, by: { $0.utf8.elementsEqual($1.utf8) }) else { return nil }
        for folder in folders.dropFirst() { _ = close(folder.descriptor) }
        folders.removeSubrange(1...)
        return Array(whole.dropFirst(base.count))
    }
}
