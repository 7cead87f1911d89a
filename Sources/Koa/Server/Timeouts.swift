/// The times and rates of ``ServerOptions``, in the nanoseconds in which event loops count.
struct Timeouts: Sendable {
    let header: Int64
    let keepAlive: Int64
    let handler: Int64
    let window: Int64
    let requestRate: Int
    let responseRate: Int
    /// How long input is dropped after the last response, for the client to read it.
    let linger: Int64 = 2_000_000_000

    init(_ options: ServerOptions) {
        header = options.headerTimeout?.nanoseconds ?? .max
        keepAlive = options.keepAliveTimeout?.nanoseconds ?? .max
        handler = options.handlerTimeout?.nanoseconds ?? .max
        window = max(1, options.rateWindow.nanoseconds)
        requestRate = options.minRequestRate
        responseRate = options.minResponseRate
    }
}

extension Duration {
    /// In nanoseconds, as far as they can be counted.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        guard overflow || sumOverflow else { return sum }
        return seconds < 0 ? .min : .max
    }
}
