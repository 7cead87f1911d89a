import NIOCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension ByteBuffer {
    /// Looks for a delimiter whose only carriage return is its first byte.
    ///
    /// - Returns: how many bytes come before it, or before what may become one with more bytes, and whether all of it
    ///   is there.
    func search(_ delimiter: [UInt8]) -> (count: Int, isFound: Bool) {
        withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress else { return (0, false) }
            var start = 0
            while start < bytes.count, let hit = memchr(base + start, 0x0D, bytes.count - start) {
                let position = base.distance(to: UnsafeRawPointer(hit))
                var matched = 1
                while matched < delimiter.count, position + matched < bytes.count,
                    bytes[position + matched] == delimiter[matched]
                {
                    matched += 1
                }
                if matched == delimiter.count { return (position, true) }
                if position + matched == bytes.count { return (position, false) }
                start = position + matched
            }
            return (bytes.count, false)
        }
    }

    /// The number of bytes to the end of the first empty line, from some byte on.
    func endOfHeaders(from start: Int) -> Int? {
        withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var start = start
            while start + 3 < bytes.count, let hit = memchr(base + start, 0x0D, bytes.count - start - 3) {
                let position = base.distance(to: UnsafeRawPointer(hit))
                if bytes[position + 1] == 0x0A, bytes[position + 2] == 0x0D, bytes[position + 3] == 0x0A {
                    return position + 4
                }
                start = position + 1
            }
            return nil
        }
    }
}
