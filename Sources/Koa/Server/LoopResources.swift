import NIOCore

/// What the connections of one event loop share.
final class LoopResources: @unchecked Sendable {
    let executor: LoopExecutor
    let date = DateCache()
    private var spare: ByteBuffer?

    /// A spare buffer larger than this is given back to the system.
    private static let keptCapacity = 64 * 1024

    init(eventLoop: any EventLoop) {
        executor = LoopExecutor(eventLoop: eventLoop)
    }

    /// An empty buffer for output; connections hold one only while they write.
    func takeBuffer() -> ByteBuffer {
        defer { spare = nil }
        return spare ?? ByteBufferAllocator().buffer(capacity: 4096)
    }

    func giveBack(_ buffer: ByteBuffer) {
        guard buffer.capacity <= Self.keptCapacity else { return }
        spare = buffer
        // Keeps the storage, if the socket has let go of it.
        spare?.clear()
    }
}
