import Koa

/// What this target knows of a request.
final class BodyState: ReadBody {
    /// The value of ``Request/body``.
    var value: JSON?
    /// The bytes that were read, inflated.
    var raw: ByteBuffer?
    /// How ``raw`` is to be read; nil when ``value`` was set by the application and counts in its place.
    var source: Source? {
        didSet { if let source { kind = source.kind } }
    }
    /// What the client sent, also where the application has changed it.
    private(set) var kind: DecodeKind?
    var files: [UploadedFile] = []
    var isParserDisabled = false
    var temporaryFiles: [String?: TemporaryFiles] = [:]
    /// Why reading failed.
    private var failure: (any Error)?

    /// Keeps why reading failed.
    ///
    /// - Returns: the error; where the body was read before, the one of that time: to read it again isn't what is wrong.
    func failed(_ error: any Error) -> any Error {
        if let known = error as? KoaError, known.code == .bodyAlreadyRead { return failure ?? error }
        failure = error
        return error
    }

    func field(_ name: String) -> String? { value?[name]?.string }

    /// What values are decoded from.
    enum Source {
        case json(ByteBuffer)
        case form(FormNode)
        case multipart(FormNode)
        case text(String)

        var kind: DecodeKind {
            switch self {
            case .json: .json
            case .form: .form
            case .multipart: .multipart
            case .text: .text
            }
        }
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
