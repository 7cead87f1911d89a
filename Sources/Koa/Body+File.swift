import NIOCore
import NIOPosix

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension Body {
    /// A file, read while it is sent: the type of its extension unless a type is set, and its length.
    ///
    /// A file that isn't there or can't be read answers 404, without its path; whoever builds a path of a client's
    /// words has to check it first. Reading happens on a thread pool, never on the event loop.
    public static func file(_ path: String) -> Body {
        let stream = BodyStream(contentLength: nil, path: path) { writer in
            let file = try await OpenFile.open(path)
            writer.announce(length: file.size)
            var left = file.size
            while left > 0 {
                let chunk = try await file.read(upTo: min(left, 128 * 1024))
                guard chunk.readableBytes > 0 else { break }
                left -= chunk.readableBytes
                try await writer.write(chunk)
            }
        }
        return Body(.stream(stream))
    }
}

/// A regular file, open for reading.
final class OpenFile: Sendable {
    let size: Int
    private let descriptor: CInt

    private init(descriptor: CInt, size: Int) {
        self.descriptor = descriptor
        self.size = size
    }

    deinit {
        _ = close(descriptor)
    }

    static func open(_ path: String) async throws -> OpenFile {
        try await NIOThreadPool.singleton.runIfActive {
            guard !path.utf8.contains(0) else { throw unreadable(path, EINVAL) }
            // Opening a FIFO without O_NONBLOCK would wait for its writer.
            let descriptor = openForReading(path)
            guard descriptor >= 0 else { throw unreadable(path, errno) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                _ = close(descriptor)
                throw unreadable(path, EISDIR)
            }
            return OpenFile(descriptor: descriptor, size: Int(status.st_size))
        }
    }

    func read(upTo count: Int) async throws -> ByteBuffer {
        try await NIOThreadPool.singleton.runIfActive { [self] in
            var buffer = ByteBufferAllocator().buffer(capacity: count)
            let received = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
                while true {
                    let received = readBytes(descriptor, bytes.baseAddress, min(count, bytes.count))
                    if received >= 0 { return received }
                    guard errno == EINTR else { throw Self.unreadable("an open file", errno) }
                }
            }
            _ = received
            return buffer
        }
    }

    private static func unreadable(_ path: String, _ number: CInt) -> KoaError {
        KoaError(.unreadableFile, "Can't read \(path.debugDescription): \(String(cString: strerror(number)))")
    }
}

private func openForReading(_ path: String) -> CInt {
    open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
}

private func readBytes(_ descriptor: CInt, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, bytes, count)
}
