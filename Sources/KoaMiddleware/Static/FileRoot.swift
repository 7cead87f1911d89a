import Koa

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The folder that files are served from, and what may be opened below it.
///
/// Names are opened one by one from the root's descriptor, and none of them as a link, so that nothing can be put in
/// place between a look and the opening. All of this blocks: it belongs on a thread pool.
struct FileRoot: Sendable {
    /// The root's path; a relative one is the process's.
    let path: String
    /// What happens with symbolic links.
    let links: FileOptions.SymbolicLinks

    /// What a path names.
    enum Entry {
        case file(OpenFile)
        case folder
    }

    /// Opens what a path names, or returns nil when nothing can be served there.
    ///
    /// - Throws: ``FileProblem`` for what is no fault of the path: no permission, too many open files.
    func open(_ path: FilePath) throws(FileProblem) -> Entry? {
        guard links != .followed else {
            return try entry(openAny(([self.path] + path.names).joined(separator: "/")), path)
        }
        var walk = try FileWalk(root: self)
        return try walk.open(path)
    }

    /// The path of a file below the root.
    func path(of path: FilePath) -> String {
        self.path.utf8.last == UInt8(ascii: "/") ? self.path + path.text : "\(self.path)/\(path.text)"
    }

    /// Makes an entry of a descriptor, which is taken over.
    func entry(_ descriptor: CInt, _ path: FilePath) throws(FileProblem) -> Entry? {
        guard descriptor >= 0 else {
            try FileProblem.check(errno, path)
            return nil
        }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            _ = close(descriptor)
            return .folder
        }
        // A folder's path never means a file.
        guard let file = OpenFile(adopting: descriptor), !path.isFolder else { return nil }
        return .file(file)
    }
}

/// A file could not be opened for a reason that lies here.
struct FileProblem: Error, CustomStringConvertible {
    let description: String

    /// - Throws: unless the number says that there is nothing at the path, or nothing that may be followed.
    static func check(_ number: CInt, _ path: FilePath) throws(FileProblem) {
        // ENXIO is a socket's, or that of a device without a driver.
        guard ![ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP, EMLINK, ENXIO, ENODEV].contains(number) else { return }
        throw FileProblem(description: "Can't open \(path.text.debugDescription): \(String(cString: strerror(number)))")
    }
}

/// Opens without waiting for the writer of a FIFO.
func openAny(_ path: String) -> CInt {
    openRetrying { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
}

/// Opens one name in a folder, and never a link; what holds a slash is no name.
func openName(_ folder: CInt, _ name: String) -> CInt {
    guard !name.utf8.contains(UInt8(ascii: "/")) else {
        errno = ENOENT
        return -1
    }
    return openRetrying { openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW) }
}

private func openRetrying(_ open: () -> CInt) -> CInt {
    while true {
        let descriptor = open()
        guard descriptor < 0, errno == EINTR else { return descriptor }
    }
}
