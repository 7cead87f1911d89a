/// Why a text is not JSON, or is more JSON than the limits allow, and where.
///
/// ```swift
/// do {
///     _ = try JSON(parsing: #"{"users":[{"name":"Ada",}]}"#)
/// } catch {
///     print(error)  // Expected a key in quotes but found "}" at line 1, column 25, in users[0]
/// }
/// ```
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is; a later version may add kinds.
    ///
    /// ```swift
    /// do {
    ///     _ = try JSON(parsing: text)
    /// } catch {
    ///     ctx.status = error.code == .tooLarge ? 413 : 400
    /// }
    /// ```
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the code, as in `"unexpectedCharacter"`.
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// The text ends inside a value, or holds none.
        public static let unexpectedEnd = Code("unexpectedEnd")
        /// A character that the grammar does not allow there.
        public static let unexpectedCharacter = Code("unexpectedCharacter")
        /// More text after the value.
        public static let trailingContent = Code("trailingContent")
        /// The text begins with a byte order mark, which RFC 8259 section 8.1 forbids to send.
        public static let byteOrderMark = Code("byteOrderMark")
        /// A number with a leading zero or plus, or without a digit where one has to be.
        public static let invalidNumber = Code("invalidNumber")
        /// A number beyond what a `Double` can hold, such as `1e400`.
        public static let numberOutOfRange = Code("numberOutOfRange")
        /// A control character inside a string that is not escaped.
        public static let controlCharacter = Code("controlCharacter")
        /// An unknown escape, or `\u` without four hexadecimal digits.
        public static let invalidEscape = Code("invalidEscape")
        /// An escaped surrogate without its other half: no text can hold it.
        public static let loneSurrogate = Code("loneSurrogate")
        /// Bytes that are not UTF-8.
        public static let invalidUTF8 = Code("invalidUTF8")
        /// Arrays and objects nested deeper than ``JSONLimits/depth``.
        public static let tooDeep = Code("tooDeep")
        /// More bytes than ``JSONLimits/bytes``.
        public static let tooLarge = Code("tooLarge")
    }

    /// What kind of fault it is.
    public let code: Code

    /// What was expected and what was found, as a phrase without the place.
    public let message: String

    /// The line of the fault, from 1; lines end at a line feed.
    public let line: Int

    /// The column of the fault in its line, from 1, in Unicode scalars.
    public let column: Int

    /// The value that holds the fault, such as `users[3].name`; empty at the top.
    public let path: String

    package init(code: Code, message: String, line: Int, column: Int, path: String) {
        self.code = code
        self.message = message
        self.line = line
        self.column = column
        self.path = path
    }

    /// The message with its place.
    public var description: String {
        "\(message) at line \(line), column \(column)" + (path.isEmpty ? "" : ", in \(path)")
    }

    static func tooLarge(_ size: Int, limit: Int) -> JSONError {
        JSONError(
            code: .tooLarge, message: "The text has \(size) bytes where \(limit) are allowed",
            line: 1, column: 1, path: ""
        )
    }
}
