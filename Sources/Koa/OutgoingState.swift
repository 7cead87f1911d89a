/// What a response's members read and change until the head is sent.
struct OutgoingState {
    enum Phase {
        /// Nothing was sent.
        case open
        /// The head was sent, with a body of this framing to follow.
        case streaming(ResponseHead.Framing)
        /// All was sent.
        case finished
    }

    var phase = Phase.open
    var status = Status.notFound
    /// The status of the head that was handed to a client that was there.
    var sentStatus: Status?
    var hasExplicitStatus = false
    var hasExplicitNullBody = false
    /// The reason phrase set by hand.
    var message: String?
    var headers = Headers()
    var body: Body?
    /// Names of headers that an error leaves in place.
    var keptOnError: [String] = []
    /// Bytes of the body handed to the transport.
    var bytesSent = 0

    var isHeadSent: Bool {
        if case .open = phase { false } else { true }
    }

    var isFinished: Bool {
        if case .finished = phase { true } else { false }
    }
}
