public import Koa
import NIOCore

/// How much of a body ``Koa/Context/decode(_:limits:)`` reads.
///
/// ```swift
/// struct Note: Decodable { var text: String }
/// let note = try await ctx.decode(Note.self, limits: DecodeLimits(json: 16 * 1024))
/// ```
public struct DecodeLimits: Sendable, Hashable {
    /// The longest JSON, in bytes after inflating.
    public var json: Int
    /// The longest form, in bytes after inflating.
    public var form: Int
    /// The fields of a form, and how deep their names go; of multipart bodies the latter, ``multipart`` has their number.
    public var fields: FormLimits
    /// What a multipart body may hold.
    public var multipart: MultipartLimits

    /// Creates limits.
    public init(
        json: Int = 1024 * 1024,
        form: Int = 56 * 1024,
        fields: FormLimits = FormLimits(),
        multipart: MultipartLimits = MultipartLimits()
    ) {
        self.json = json
        self.form = form
        self.fields = fields
        self.multipart = multipart
    }
}

extension Context {
    /// Reads the body as a value of your type: from JSON, a form or multipart, as its Content-Type says.
    ///
    /// ```swift
    /// struct NewUser: Decodable, Validatable {
    ///     var name: String
    ///     var age: Int?
    ///
    ///     func validate(_ check: inout Validation) {
    ///         check("name", name, .notEmpty, .count(...100))
    ///         check("age", age, .range(0...150))
    ///     }
    /// }
    /// app.use { ctx in
    ///     let user = try await ctx.decode(NewUser.self)
    ///     ctx.body = ["welcome": user.name]
    /// }
    /// ```
    ///
    /// JSON is read by ``Koa/Application/json``. In forms, texts become the numbers, booleans (`true`, `1`, `on`, `yes`
    /// and their opposites) and dates that the type asks for, names nest (`user[tags][]`, `user.name`), one value stands
    /// for a list of one, and an empty input is nil where the property is optional and no `String`. In multipart bodies
    /// a file is an ``UploadedFile``. A ``Validatable`` value is validated. It works with and without
    /// a body parser, and again and again.
    ///
    /// - Parameter limits: don't count for what a body parser has read before.
    /// - Throws: ``BodyError``: 400 for what is no JSON, and where; 413; 415 for another Content-Type, charset or
    ///   Content-Encoding; 422 for a value that is missing or doesn't fit, with its path. ``ValidationError`` (422) lists
    ///   all that is invalid. ``MultipartError``.
    public nonisolated(nonsending) func decode<Value: Decodable>(
        _ type: Value.Type = Value.self,
        limits: DecodeLimits = DecodeLimits()
    ) async throws -> Value {
        let value: Value
        do {
            switch try await bodySource(limits) {
            case .json(let bytes):
                var coding = app.json
                if coding.limits.bytes < bytes.readableBytes { coding.limits.bytes = bytes.readableBytes }
                value = try coding.decode(type, from: bytes)
            case .form(let node):
                value = try FormReader(node: node, coding: app.json).decode(type)
            case .text(let text):
                value = try JSON(text).decode(type, with: app.json)
            }
        } catch let error as JSONError {
            throw BodyError(error)
        } catch let error as DecodingError {
            throw BodyError(error)
        }
        if let value = value as? any Validatable { try value.validated() }
        return value
    }

    /// What was read, or is read now.
    private nonisolated(nonsending) func bodySource(_ limits: DecodeLimits) async throws -> BodyState.Source {
        let state = bodyState
        if let source = state.source { return source }
        if let value = state.value { return .json(try JSONCoding.default.encode(value)) }
        guard let field = request.field("content-type") else {
            throw BodyError(
                .unsupportedType, "The request has no Content-Type: send JSON, a form or multipart/form-data")
        }
        let source: BodyState.Source
        switch try BodyType(field) {
        case .json:
            let raw = try await collectBody(upTo: limits.json)
            state.raw = raw
            source = .json(raw.withoutByteOrderMark)
        case .form:
            let raw = try await collectBody(upTo: limits.form)
            state.raw = raw
            source = .form(try FormText.parse(raw, limits: limits.fields))
        case .multipart:
            source = .form(try await collectMultipart(limits))
        case nil:
            throw BodyError(
                .unsupportedType,
                "The Content-Type \(field.debugDescription) isn't read here: send JSON, a form or multipart/form-data")
        }
        state.source = source
        return source
    }
}

extension BodyError {
    init(_ error: JSONError) {
        let isTooLarge = error.code == .tooLarge
        let path = error.path.isEmpty ? nil : error.path
        self.init(isTooLarge ? .tooLarge : .malformed, "Invalid JSON: \(error)", path: path, cause: error)
    }

    init(_ error: DecodingError) {
        let (path, message): ([any CodingKey], String) =
            switch error {
            case .keyNotFound(let key, let context):
                (context.codingPath + [key], "A value is required.")
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context.codingPath, context.debugDescription)
            @unknown default: ([], "The value doesn't fit.")
            }
        self.init(.invalidValue, message, path: JSONPathKey.text(of: path), cause: error)
    }
}
