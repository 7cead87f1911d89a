/// Why a request can't be served: the status that its sender gets before the connection closes.
struct ProtocolError: Error, Equatable {
    let status: Status
    let message: String

    init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
    }

    static let overloaded = ProtocolError(.serviceUnavailable, "There are too many connections")
}
