#if SQLite
    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// Where a database is kept.
    struct SQLiteFile: Sendable {
        /// As the application named it.
        let path: String

        /// The path of a database that is gone with its connection.
        static let inMemory = ":memory:"

        init(_ path: String) throws(SQLiteError) {
            guard !path.isEmpty, !path.utf8.contains(0) else {
                throw SQLiteError(14, "the path is empty, or has a NUL in it", path: path)
            }
            self.path = path
        }

        var isInMemory: Bool { path == Self.inMemory }

        /// As SQLite takes it: it may have been built to see a URL in `file:…`.
        var name: String { path.hasPrefix("file:") ? "./" + path : path }

        /// Makes the file, if there is none, such that its owner alone may read it: it has what logs visitors in.
        /// SQLite's own files beside it get the same mode.
        func prepare() throws(SQLiteError) {
            if isInMemory { return }
            // A file that is there isn't opened: closing it would give back the locks of this process's connections to it.
            let descriptor = openFile(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 {
                _ = close(descriptor)
                return
            }
            let number = errno
            guard number == EEXIST else { throw SQLiteError(14, String(cString: strerror(number)), path: path) }
            var status = stat()
            if stat(name, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
                throw SQLiteError(14, "it is no regular file", path: path)
            }
        }
    }

    private func openFile(_ path: String, _ flags: CInt, _ mode: mode_t) -> CInt {
        open(path, flags, mode)
    }
#endif
