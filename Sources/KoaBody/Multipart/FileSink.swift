import Koa
import NIOConcurrencyHelpers
import NIOCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A temporary file that is written: buffers gather until a thread pool takes them at once.
///
/// All but ``add(_:)`` and ``abandon()`` block. The file is closed with the last reference, so never under a write.
final class FileSink: Sendable {
    private struct State {
        var waiting: [ByteBuffer] = []
        var waitingBytes = 0
        /// Whether the last buffer that waits is one that small pieces are gathered in.
        var isLastOwn = false
        var size = 0
        var isAbandoned = false
    }

    private let path: String
    private let descriptor: CInt
    private let state = NIOLockedValueBox(State())

    /// How much is gathered: a hop to another thread costs as much as writing some of it.
    private static let gathered = 256 * 1024

    /// Pieces below so many bytes are copied together.
    private static let small = 8 * 1024

    init(in files: TemporaryFiles) throws {
        (path, descriptor) = try files.create()
    }

    deinit {
        _ = closeDescriptor(descriptor)
        if state.withLockedValue({ $0.isAbandoned }) { unlink(path) }
    }

    /// The bytes that were added.
    var size: Int { state.withLockedValue { $0.size } }

    /// - Returns: whether it is time to flush.
    func add(_ piece: ByteBuffer) -> Bool {
        state.withLockedValue { state in
            if piece.readableBytes < Self.small, let last = state.waiting.indices.last, state.isLastOwn {
                state.waiting[last].writeImmutableBuffer(piece)
            } else if piece.readableBytes < Self.small {
                // Copied, since a byte of it may keep a whole buffer of the socket alive.
                var own = ByteBufferAllocator().buffer(capacity: Self.small)
                own.writeImmutableBuffer(piece)
                state.waiting.append(own)
                state.isLastOwn = true
            } else {
                state.waiting.append(piece)
                state.isLastOwn = false
            }
            state.waitingBytes += piece.readableBytes
            state.size += piece.readableBytes
            return state.waitingBytes >= Self.gathered
        }
    }

    func flush() throws {
        let pieces = state.withLockedValue { state in
            defer { (state.waiting, state.waitingBytes, state.isLastOwn) = ([], 0, false) }
            return state.waiting
        }
        for piece in pieces { try write(piece) }
    }

    /// Writes what is left.
    ///
    /// - Returns: the file's path.
    func close() throws -> String {
        try flush()
        return path
    }

    /// Removes the file when nobody writes it any more.
    func abandon() {
        state.withLockedValue { $0.isAbandoned = true }
    }

    private func write(_ piece: ByteBuffer) throws {
        try piece.withUnsafeReadableBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = writeBytes(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if written < 0 {
                    guard errno == EINTR else { throw Self.failure("write an uploaded file", errno) }
                } else {
                    rest = rest.dropFirst(written)
                }
            }
        }
    }

    static func failure(_ what: String, _ number: CInt) -> KoaError {
        KoaError(.unwritableFile, "Can't \(what): \(String(cString: strerror(number)))")
    }
}

private func closeDescriptor(_ descriptor: CInt) -> CInt { close(descriptor) }

private func writeBytes(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
