import KoaCodings
import NIOConcurrencyHelpers
import NIOCore

/// Encoders that wait to be used again: an encoder of gzip is a quarter of a megabyte, which costs more to set up than to
/// compress a small body.
final class EncoderPool: Sendable {
    /// An encoder that nobody else holds while it is in the pool.
    private struct Idle: @unchecked Sendable {
        let compression: Compression
        let encoder: any ContentEncoder
    }

    /// How many are kept: as many as compress at one time on most machines.
    static let capacity = 8

    private let idle = NIOLockedValueBox<[Idle]>([])

    /// How many wait.
    var count: Int { idle.withLockedValue(\.count) }

    /// Takes an encoder out, or makes one.
    func take(_ compression: Compression) throws -> any ContentEncoder {
        let found = idle.withLockedValue { idle in
            idle.lastIndex { $0.compression == compression }.map { idle.remove(at: $0) }
        }
        return try found?.encoder ?? compression.coding.makeEncoder(level: compression.level)
    }

    /// Puts an encoder back, whatever it was doing.
    func giveBack(_ encoder: any ContentEncoder, _ compression: Compression) {
        // One that can't begin anew is dropped.
        guard (try? encoder.reset()) != nil else { return }
        let item = Idle(compression: compression, encoder: encoder)
        idle.withLockedValue { idle in
            if idle.count < Self.capacity { idle.append(item) }
        }
    }

    /// Compresses a whole body.
    func encode(_ body: ByteBuffer, _ compression: Compression) throws -> ByteBuffer {
        let encoder = try take(compression)
        defer { giveBack(encoder, compression) }
        var coded = try encoder.write(body)
        var end = try encoder.finish()
        coded.writeBuffer(&end)
        return coded
    }
}
