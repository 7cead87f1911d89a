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

    /// Linux has one that is exact to a few milliseconds, and cheaper.
    #if os(Linux)
        private static var source: clockid_t { CLOCK_REALTIME_COARSE }
    #else
        private static var source: clockid_t { CLOCK_REALTIME }
    #endif

    /// `Fri, 13 Sep 2013 00:00:00 GMT` of this moment, as 29 bytes.
    func withCurrent<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var now = timespec()
        clock_gettime(Self.source, &now)
        if now.tv_sec != second {
            second = now.tv_sec
            bytes = Array(HTTPDate.format(milliseconds: Int64(now.tv_sec) * 1000).utf8)
        }
        return bytes.withUnsafeBufferPointer(body)
    }
}
