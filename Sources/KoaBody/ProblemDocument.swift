import Koa

/// The text of a 422 response: a problem document (RFC 9457) that lists what is wrong and where.
enum ProblemDocument {
    static func make(_ failures: [ValidationError.Failure]) -> (type: String, text: String) {
        let status = Status.unprocessableEntity
        let document: JSON = [
            "type": "about:blank",
            "title": JSON(status.reasonPhrase),
            "status": JSON(status.code),
            "errors": JSON(failures.map { ["path": JSON($0.path), "detail": JSON($0.message)] }),
        ]
        return ("application/problem+json", document.description)
    }
}
