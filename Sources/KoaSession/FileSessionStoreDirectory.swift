import Crypto

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The directory of a ``FileSessionStore``.
struct FileSessionStoreDirectory: Sendable {
    let path: String

    /// The names of the folders in it.
    static let folders: [String] = (0..<256).map { hex(CollectionOfOne(UInt8($0))) }

    init(_ path: String) throws {
        self.path = path
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SessionError.files("The directory of the sessions has no name, or a NUL in it.")
        }
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw SessionError.files(
                "The directory of the sessions can't be made: the one above it has to exist.", path)
        }
        try check()
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            throw SessionError.files("The directory of the sessions has to be readable and writable.", path)
        }
    }

    /// Throws when it isn't there.
    func check() throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw SessionError.files("The directory of the sessions is gone.", path) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw SessionError.files("What should be the directory of the sessions is a file: \(path.debugDescription)")
        }
    }

    /// Where the session of an id is. Nothing of the id itself becomes part of a path.
    func place(of id: String) -> FileSessionStorePlace {
        var hash = SHA256()
        var id = id
        id.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        let name = Self.hex(hash.finalize())
        return FileSessionStorePlace(folder: "\(path)/\(name.prefix(2))", name: name)
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension SessionError {
    /// An error of the store of files, with what the system said of a path last.
    static func files(_ message: String, _ path: String) -> SessionError {
        let number = errno
        return files("\(message) \(path.debugDescription): \(String(cString: strerror(number)))")
    }

    static func files(_ message: String) -> SessionError {
        SessionError(.storeUnavailable, message)
    }
}
