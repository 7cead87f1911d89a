import Koa

/// What this target knows of a request.
final class BodyState: ReadBody {
    /// The value of ``Request/body``.
    var value: JSON?
    /// The bytes that were read, inflated.
    var raw: ByteBuffer?
    /// How ``raw`` is to be read; nil when ``value`` was set by the application and counts in its place.
    var source: Source?
    var files: [UploadedFile] = []
    var isParserDisabled = false
    var temporaryFiles: [String?: TemporaryFiles] = [:]

    func field(_ name: String) -> String? { value?[name]?.string }

    /// What values are decoded from.
    enum Source {
        case json(ByteBuffer)
        case form(FormNode)
        case text(String)
    }
}

extension Context {
    /// What was read of the body, if anything was.
    var knownBodyState: BodyState? { bodyReading as? BodyState }

    var bodyState: BodyState {
        if let known = knownBodyState { return known }
        let new = BodyState()
        bodyReading = new
        return new
    }
}
