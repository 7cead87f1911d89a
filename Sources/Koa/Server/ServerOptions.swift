/// How a server treats its connections; every limit has a default.
///
/// ```swift
/// var options = ServerOptions()
/// options.maxTargetLength = 4 * 1024
/// try await app.listen(3000, options: options)
/// ```
public struct ServerOptions: Sendable {
    /// The longest request target, in bytes; a longer one gets 414. 8 KiB by default.
    public var maxTargetLength = 8 * 1024
    /// The largest header section, in bytes; a larger one gets 431. 32 KiB by default.
    public var maxHeaderSize = 32 * 1024
    /// The most header fields; more get 431. 128 by default.
    public var maxHeaderCount = 128
    /// So much of a request's body waits in memory for its reader, in bytes. 64 KiB by default.
    public var requestBufferSize = 64 * 1024
    /// So much of a body that nobody read is drained to keep the connection, in bytes; with more left it is closed.
    /// 256 KiB by default.
    public var maxDrainedBody = 256 * 1024
    /// How many connections wait to be accepted. 256 by default.
    public var backlog: Int32 = 256
    /// How long a graceful stop waits for the requests that run. 30 seconds by default.
    public var shutdownTimeout: Duration = .seconds(30)
    /// The number of event loops that serve connections; nil means one a core.
    public var eventLoops: Int?

    /// The defaults.
    public init() {}

    var head: RequestHeadParser.Limits {
        .init(target: maxTargetLength, fieldSection: maxHeaderSize, fieldCount: maxHeaderCount)
    }
}
