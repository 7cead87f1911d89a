package import NIOCore
import NIOPosix

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A regular file, open for reading; closed with the last reference.
package final class OpenFile: Sendable {
    /// Its bytes when it was opened.
    package let size: Int
    /// When it was last changed, in seconds since 1970.
    package let seconds: Int
    /// The rest of that second.
    package let nanoseconds: Int
    /// Its number on its volume, which another file of the same name doesn't share.
    package let inode: UInt64

    private let descriptor: CInt
    private let handle: NIOFileHandle

    /// So much is read at a time, in bytes.
    package static let chunkSize = 128 * 1024

    /// Takes over a descriptor, and closes it where it is none of a regular file.
    package init?(adopting descriptor: CInt) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            _ = close(descriptor)
            return nil
        }
        size = Int(status.st_size)
        inode = UInt64(status.st_ino)
        #if canImport(Darwin)
            seconds = status.st_mtimespec.tv_sec
            nanoseconds = status.st_mtimespec.tv_nsec
        #else
            seconds = Int(status.st_mtim.tv_sec)
            nanoseconds = Int(status.st_mtim.tv_nsec)
        #endif
        self.descriptor = descriptor
        handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: descriptor)
    }

    deinit {
        try? handle.close()
    }

    /// Opens a file on the thread pool.
    ///
    /// - Throws: ``KoaError`` `.unreadableFile`.
    package static func open(_ path: String) async throws -> OpenFile {
        try await NIOThreadPool.singleton.runIfActive {
            guard !path.utf8.contains(0) else { throw unreadable(path, EINVAL) }
            // Opening a FIFO without O_NONBLOCK would wait for its writer.
            let descriptor = openForReading(path)
            guard descriptor >= 0 else { throw unreadable(path, errno) }
            guard let file = OpenFile(adopting: descriptor) else { throw unreadable(path, EISDIR) }
            return file
        }
    }

    /// Reads a part on the thread pool.
    ///
    /// - Throws: ``KoaError`` `.lengthMismatch` when the file has become shorter, `.unreadableFile`.
    package func read(_ range: Range<Int>) async throws -> ByteBuffer {
        try await NIOThreadPool.singleton.runIfActive { try self.readNow(range) }
    }

    /// Reads a part, and blocks meanwhile.
    package func readNow(_ range: Range<Int>) throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: range.count)
        while buffer.readableBytes < range.count {
            let offset = range.lowerBound + buffer.readableBytes
            let left = range.upperBound - offset
            let count = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: left) { bytes in
                while true {
                    let count = pread(descriptor, bytes.baseAddress, min(left, bytes.count), off_t(offset))
                    if count >= 0 { return count }
                    guard errno == EINTR else { throw Self.unreadable("an open file", errno) }
                }
            }
            guard count > 0 else { throw Self.shortened }
        }
        return buffer
    }

    /// A part as SwiftNIO sends it, which is valid as long as this object lives.
    ///
    /// - Throws: ``KoaError`` `.lengthMismatch` when the file has become shorter: sending it would never end.
    func region(_ range: Range<Int>) throws -> FileRegion {
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int(status.st_size) >= range.upperBound else { throw Self.shortened }
        return FileRegion(fileHandle: handle, readerIndex: range.lowerBound, endIndex: range.upperBound)
    }

    private static var shortened: KoaError {
        KoaError(.lengthMismatch, "A file became shorter while it was sent")
    }

    private static func unreadable(_ path: String, _ number: CInt) -> KoaError {
        KoaError(.unreadableFile, "Can't read \(path.debugDescription): \(String(cString: strerror(number)))")
    }
}

private func openForReading(_ path: String) -> CInt {
    open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
}
