#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The Date header's value, formatted once a second. Confined to one event loop.
final class DateCache {
    private var second: Int = .min
    private var bytes: [UInt8] = []

    /// `Fri, 13 Sep 2013 00:00:00 GMT` of this moment, as 29 bytes.
    func withCurrent<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        if now.tv_sec != second {
            second = now.tv_sec
            bytes = Array(HTTPDate.format(milliseconds: Int64(now.tv_sec) * 1000).utf8)
        }
        return bytes.withUnsafeBufferPointer(body)
    }
}
