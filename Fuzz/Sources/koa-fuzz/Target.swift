/// One parser, or the connection, and how an input drives it.
struct Target: Sendable {
    let name: String
    /// Longer inputs aren't made: enough to pass the limits that the target meets.
    let maxLength: Int
    /// Traps when the input shows a fault.
    let run: @Sendable (Input) -> Void

    static let all = [
        Target(name: "json", maxLength: 1024, run: fuzzJSON),
        Target(name: "cookies", maxLength: 512, run: fuzzCookies),
        Target(name: "query", maxLength: 512, run: fuzzQuery),
        Target(name: "accepts", maxLength: 512, run: fuzzAccepts),
        Target(name: "disposition", maxLength: 256, run: fuzzDisposition),
        Target(name: "dates", maxLength: 128, run: fuzzDates),
        Target(name: "conditional", maxLength: 256, run: fuzzConditional),
        Target(name: "hosts", maxLength: 256, run: fuzzHosts),
        Target(name: "forwarded", maxLength: 512, run: fuzzForwarded),
        Target(name: "form", maxLength: 512, run: fuzzForm),
        Target(name: "multipart", maxLength: 1024, run: fuzzMultipart),
        Target(name: "head", maxLength: 1024, run: fuzzHead),
        Target(name: "body", maxLength: 512, run: fuzzBody),
        Target(name: "response", maxLength: 1024, run: fuzzResponse),
        Target(name: "connection", maxLength: 2048, run: fuzzConnection),
    ]
}

/// A property that holds for every input.
func expect(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds { fatalError(message()) }
}
