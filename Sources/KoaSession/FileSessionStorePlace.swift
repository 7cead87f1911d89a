import NIOCore

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

/// Where the file of one session is, or would be. Each call blocks.
struct FileSessionStorePlace: Sendable {
    /// The folder, which has a lock for all that is in it.
    let folder: String
    /// The file in it.
    let name: String

    /// What files begin with that are written, and not yet in place.
    static let unfinished = ".new-"
    private static let lock = ".lock"

    var path: String { "\(folder)/\(name)" }

    /// Reads the file; nil when there is none, or none of a session.
    func read() throws -> FileSessionStoreFile? {
        // A FIFO would wait for its writer, and a link could lead anywhere.
        let descriptor = openFile(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ELOOP { return nil }
            throw SessionError.files("A session can't be read.", path)
        }
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SessionError.files("A session can't be read.", path) }
        let size = Int(status.st_size)
        guard status.st_mode & S_IFMT == S_IFREG, size <= FileSessionStoreFile.sizeLimit else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        var count = 0
        while count < size {
            let added = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress?.advanced(by: count), size - count, off_t(count))
            }
            if added < 0, errno == EINTR { continue }
            guard added >= 0 else { throw SessionError.files("A session can't be read.", path) }
            if added == 0 { break }
            count += added
        }
        return FileSessionStoreFile(bytes)
    }

    /// Replaces the file, of which others read the old or the new content.
    func write(_ file: FileSessionStoreFile) throws {
        let newPath = "\(folder)/\(Self.unfinished)\(UUID().uuidString)"
        let descriptor = openFile(newPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SessionError.files("A session can't be written.", newPath) }
        do {
            defer { _ = close(descriptor) }
            var text = file.text
            try text.withUTF8 { try writeAll(UnsafeRawBufferPointer($0), to: descriptor, newPath) }
            guard rename(newPath, path) == 0 else { throw SessionError.files("A session can't be written.", path) }
        } catch {
            unlink(newPath)
            throw error
        }
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt, _ path: String) throws {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: bytes))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SessionError.files("A session can't be written.", path) }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Removes the file, if there is one.
    func remove() throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw SessionError.files("A session can't be removed.", path)
        }
    }

    /// Does something while no other process and no other thread changes what is in the folder, which is made if need be.
    func locked<Result>(until deadline: NIODeadline, _ work: () throws -> Result) throws -> Result {
        let path = "\(folder)/\(Self.lock)"
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        var descriptor = openFile(path, flags, 0o600)
        if descriptor < 0, errno == ENOENT {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw SessionError.files("A folder of the sessions can't be made.", folder)
            }
            descriptor = openFile(path, flags, 0o600)
        }
        guard descriptor >= 0 else { throw SessionError.files("A folder of the sessions can't be locked.", path) }
        // Closing gives the lock back.
        defer { _ = close(descriptor) }
        // In nanoseconds.
        var pause = 50_000
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw SessionError.files("A folder of the sessions can't be locked.", path)
            }
            guard .now() < deadline else {
                throw SessionError.files(
                    "Another process has locked a folder of the sessions: \(path.debugDescription)")
            }
            var time = timespec()
            time.tv_nsec = pause
            nanosleep(&time, nil)
            pause = min(pause * 2, 10_000_000)
        }
        return try work()
    }
}

private func openFile(_ path: String, _ flags: CInt, _ mode: mode_t = 0) -> CInt {
    open(path, flags, mode)
}

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
