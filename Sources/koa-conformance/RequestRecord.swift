import Koa
import KoaRouter

/// What the operations of one request share: the values read, and the error kept.
final class RequestRecord {
    /// The values read so far.
    var reads: [JSON] = []
    /// The error that the last `try` kept.
    var error: (any Error)?
    /// The messages of the errors that operations threw.
    var said: Set<String> = []
    /// The router that runs.
    var router: Router?

    /// The kept error. Its message reads null where neither the scenario nor the status table is its source.
    var readError: JSON {
        guard let error else { return .null }
        var recorded = RecordedError(error)
        if let message = recorded.message, !said.contains(message) {
            let phrase = recorded.status.map { Status($0).reasonPhrase }
            if message != phrase { recorded.message = nil }
        }
        return recorded.json
    }
}

private enum RecordKey: StateKey {
    typealias Value = RequestRecord
}

extension Context {
    /// This request's record.
    var record: RequestRecord {
        if let record = state[RecordKey.self] { return record }
        let record = RequestRecord()
        state[RecordKey.self] = record
        return record
    }
}
