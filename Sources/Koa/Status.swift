public import HTTPTypes

/// An HTTP status code, written as a number or by name.
///
/// ```swift
/// ctx.status = 404
/// ctx.status = .created
/// try ctx.throw(.unauthorized, "Please login!")
/// ```
///
/// Any integer makes a `Status`; one outside 100…999 is refused where it is used (``Response/status``), so that
/// a number from outside can't stop the process. Equality and hashing look at the code only.
public struct Status: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// The three-digit code.
    public let code: Int

    /// Creates a status from any number.
    public init(_ code: Int) {
        self.code = code
    }

    /// Creates a status from a literal: `let status: Status = 200`.
    public init(integerLiteral value: Int) {
        self.code = value
    }

    /// Creates a status from swift-http-types' value; its reason phrase is left behind.
    public init(_ status: HTTPResponse.Status) {
        self.code = status.code
    }

    /// The code and its phrase, such as `404 Not Found`.
    public var description: String {
        reasonPhrase.isEmpty ? "\(code)" : "\(code) \(reasonPhrase)"
    }

    /// Whether the code can stand in a response: 100…999.
    public var isValid: Bool { (100...999).contains(code) }

    /// Whether a response of this status never has a body: 204, 205 and 304.
    public var isEmpty: Bool { code == 204 || code == 205 || code == 304 }

    /// Whether this status redirects by Location: 300…303, 305, 307 and 308.
    public var isRedirect: Bool {
        switch code {
        case 300...303, 305, 307, 308: true
        default: false
        }
    }

    /// Whether a request that got this status may be tried again: 502, 503 and 504.
    public var isRetry: Bool { (502...504).contains(code) }

    /// Whether a client may see the message of an error with this status: a known one, or any 4xx, below 500.
    var exposesMessage: Bool { code < 500 && (code >= 400 || isKnown) }
}

extension Status {
    /// 200
    public static let ok: Status = 200
    /// 201
    public static let created: Status = 201
    /// 202
    public static let accepted: Status = 202
    /// 204
    public static let noContent: Status = 204
    /// 205
    public static let resetContent: Status = 205
    /// 206
    public static let partialContent: Status = 206
    /// 301
    public static let movedPermanently: Status = 301
    /// 302
    public static let found: Status = 302
    /// 303
    public static let seeOther: Status = 303
    /// 304
    public static let notModified: Status = 304
    /// 307
    public static let temporaryRedirect: Status = 307
    /// 308
    public static let permanentRedirect: Status = 308
    /// 400
    public static let badRequest: Status = 400
    /// 401
    public static let unauthorized: Status = 401
    /// 402
    public static let paymentRequired: Status = 402
    /// 403
    public static let forbidden: Status = 403
    /// 404
    public static let notFound: Status = 404
    /// 405
    public static let methodNotAllowed: Status = 405
    /// 406
    public static let notAcceptable: Status = 406
    /// 408
    public static let requestTimeout: Status = 408
    /// 409
    public static let conflict: Status = 409
    /// 410
    public static let gone: Status = 410
    /// 411
    public static let lengthRequired: Status = 411
    /// 412
    public static let preconditionFailed: Status = 412
    /// 413
    public static let payloadTooLarge: Status = 413
    /// 414
    public static let uriTooLong: Status = 414
    /// 415
    public static let unsupportedMediaType: Status = 415
    /// 416
    public static let rangeNotSatisfiable: Status = 416
    /// 417
    public static let expectationFailed: Status = 417
    /// 418
    public static let imATeapot: Status = 418
    /// 421
    public static let misdirectedRequest: Status = 421
    /// 422
    public static let unprocessableEntity: Status = 422
    /// 425
    public static let tooEarly: Status = 425
    /// 426
    public static let upgradeRequired: Status = 426
    /// 428
    public static let preconditionRequired: Status = 428
    /// 429
    public static let tooManyRequests: Status = 429
    /// 431
    public static let requestHeaderFieldsTooLarge: Status = 431
    /// 451
    public static let unavailableForLegalReasons: Status = 451
    /// 500
    public static let internalServerError: Status = 500
    /// 501
    public static let notImplemented: Status = 501
    /// 502
    public static let badGateway: Status = 502
    /// 503
    public static let serviceUnavailable: Status = 503
    /// 504
    public static let gatewayTimeout: Status = 504
    /// 505
    public static let httpVersionNotSupported: Status = 505
}
