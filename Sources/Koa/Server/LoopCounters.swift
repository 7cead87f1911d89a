import Synchronization

/// The counters of one event loop: written by its thread alone, read by any.
final class LoopCounters: Sendable {
    /// A number with one writer: adding is a plain load and store.
    struct Counter: ~Copyable, Sendable {
        private let value = Atomic(0)

        @inline(__always)
        func add(_ amount: Int = 1) {
            value.store(value.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
        }

        var count: Int { value.load(ordering: .relaxed) }
    }

    let openConnections = Counter()
    let acceptedConnections = Counter()
    let refusedConnections = Counter()
    let activeRequests = Counter()
    let requests = Counter()
    let refusedRequests = Counter()
    let malformedRequests = Counter()
    let informational = Counter()
    let successful = Counter()
    let redirection = Counter()
    let clientError = Counter()
    let serverError = Counter()
    let abortedResponses = Counter()
    let timeouts = Counter()
    let bytesReceived = Counter()
    let bytesSent = Counter()
    let handlerNanoseconds = Counter()

    @inline(__always)
    func addResponse(_ status: Status) {
        switch status.code {
        case 200..<300: successful.add()
        case 300..<400: redirection.add()
        case 400..<500: clientError.add()
        case 500..<600: serverError.add()
        default: informational.add()
        }
    }

    /// What they show.
    var reading: ServerCounters {
        var reading = ServerCounters()
        reading.openConnections = openConnections.count
        reading.acceptedConnections = acceptedConnections.count
        reading.refusedConnections = refusedConnections.count
        reading.activeRequests = activeRequests.count
        reading.requests = requests.count
        reading.refusedRequests = refusedRequests.count
        reading.malformedRequests = malformedRequests.count
        reading.responses.informational = informational.count
        reading.responses.successful = successful.count
        reading.responses.redirection = redirection.count
        reading.responses.clientError = clientError.count
        reading.responses.serverError = serverError.count
        reading.abortedResponses = abortedResponses.count
        reading.timeouts = timeouts.count
        reading.bytesReceived = bytesReceived.count
        reading.bytesSent = bytesSent.count
        reading.handlerTime = .nanoseconds(handlerNanoseconds.count)
        return reading
    }
}
