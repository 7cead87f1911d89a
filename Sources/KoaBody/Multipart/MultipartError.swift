public import Koa

/// Why a multipart body was refused, and which field of it: multer's codes, with the HTTP status that fits.
///
/// ```swift
/// app.use { ctx, next in
///     do {
///         try await next()
///     } catch let error as MultipartError where error.code == .fileTooLarge {
///         ctx.status = 413
///         ctx.body = ["tooLarge": error.field ?? ""]
///     }
/// }
/// ```
public struct MultipartError: ErrorStatus, CustomStringConvertible {
    /// The kind of a ``MultipartError``; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, which is multer's where it has one: `LIMIT_FILE_SIZE`.
        public let description: String
        let message: String
        let status: Status

        private init(_ name: String, _ message: String, _ status: Status) {
            description = name
            self.message = message
            self.status = status
        }

        /// More parts than allowed (413).
        public static let tooManyParts = Code("LIMIT_PART_COUNT", "Too many parts", .payloadTooLarge)
        /// A file larger than allowed (413).
        public static let fileTooLarge = Code("LIMIT_FILE_SIZE", "File too large", .payloadTooLarge)
        /// More files than allowed (413).
        public static let tooManyFiles = Code("LIMIT_FILE_COUNT", "Too many files", .payloadTooLarge)
        /// A longer name than allowed (413).
        public static let nameTooLong = Code("LIMIT_FIELD_KEY", "Field name too long", .payloadTooLarge)
        /// A longer value of a field than allowed (413).
        public static let fieldTooLong = Code("LIMIT_FIELD_VALUE", "Field value too long", .payloadTooLarge)
        /// More fields than allowed (413).
        public static let tooManyFields = Code("LIMIT_FIELD_COUNT", "Too many fields", .payloadTooLarge)
        /// A file that nobody expects, or one more than expected (400).
        public static let unexpectedFile = Code("LIMIT_UNEXPECTED_FILE", "Unexpected field", .badRequest)
        /// A part without a name (400).
        public static let missingName = Code("MISSING_FIELD_NAME", "Field name missing", .badRequest)
        /// More headers of a part, or text before the first one, than allowed (413).
        public static let headersTooLong = Code("LIMIT_HEADERS", "Part headers too long", .payloadTooLarge)
        /// More to keep in memory than allowed (413).
        public static let memoryExceeded = Code("LIMIT_MEMORY", "Too much to keep in memory", .payloadTooLarge)
        /// A body that is no multipart body: without its end, say (400).
        public static let malformed = Code("MALFORMED", "Malformed multipart body", .badRequest)
    }

    /// The kind of failure.
    public let code: Code
    /// What happened.
    public let message: String
    /// The name of the field or file, where there is one.
    public let field: String?

    init(_ code: Code, _ detail: String? = nil, field: String? = nil) {
        self.code = code
        self.field = field
        message = (detail.map { "\(code.message): \($0)" } ?? code.message) + (field.map { " (\($0))" } ?? "")
    }

    /// 413 past a limit, 400 otherwise.
    public var status: Status { code.status }

    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
