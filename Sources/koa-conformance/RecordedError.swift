import Koa

/// An error as the cases record it.
struct RecordedError: Sendable, Equatable {
    /// Its status; nil when it has none.
    var status: Int?
    /// Its message; nil matches any.
    var message: String?
    /// Whether the client may see the message.
    var expose: Bool

    init(_ json: JSON) throws {
        let json = try json.requireObject("an error")
        status = try json.optional("status")?.requireInteger("status")
        message = try json.optional("message")?.requireText("message")
        expose = try json.optional("expose")?.requireBool("expose") ?? false
    }

    /// What there is to record of an error.
    ///
    /// The framework's own refusals have the status that the client gets; only one that is the client's fault has it
    /// in the reference, too.
    init(_ error: any Error) {
        let described = error as? any ErrorStatus
        let isRefusal = error is KoaError && described?.status == .internalServerError
        status = isRefusal ? nil : described?.status.code
        expose = described?.expose ?? false
        message = described?.message ?? "\(error)"
    }

    /// Whether an error that occurred is this one.
    func matches(_ occurred: RecordedError) -> Bool {
        status == occurred.status && expose == occurred.expose && (message == nil || message == occurred.message)
    }

    /// As the cases write it.
    var json: JSON {
        [
            "status": status.map { JSON($0) } ?? .null,
            "message": message.map { JSON($0) } ?? .null,
            "expose": JSON(expose),
        ]
    }
}

/// The error of the operation `fail`, which is no HTTP error.
struct Failure: Error, CustomStringConvertible {
    /// Its message.
    let description: String
}
