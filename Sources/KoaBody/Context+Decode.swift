public import Koa
import NIOCore

/// How much of a body ``Koa/Context/decode(_:accepting:limits:)`` reads.
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
    /// - Parameters:
    ///   - kinds: which kinds of body are taken; all by default. It is the client who chooses: of these only JSON makes a
    ///     browser ask (CORS) before it sends another site's request, and only multipart reads as much as the server allows.
    ///   - limits: don't count for what a body parser has read before.
    /// - Throws: ``BodyError``: 400 for what is no JSON, and where; 413; 415 for another Content-Type, charset or
    ///   Content-Encoding; 422 for a value that is missing or doesn't fit, with its path. ``ValidationError`` (422) lists
    ///   all that is invalid. ``MultipartError``.
    public nonisolated(nonsending) func decode<Value: Decodable>(
        _ type: Value.Type = Value.self,
        accepting kinds: Set<DecodeKind> = Set(DecodeKind.allCases),
        limits: DecodeLimits = DecodeLimits()
    ) async throws -> Value {
        let value: Value
        do {
            switch try await bodySource(kinds, limits) {
            case .json(let bytes):
                var coding = app.json
                if coding.limits.bytes < bytes.readableBytes { coding.limits.bytes = bytes.readableBytes }
                value = try coding.decode(type, from: bytes)
            case .form(let node), .multipart(let node):
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
    private nonisolated(nonsending) func bodySource(
        _ kinds: Set<DecodeKind>, _ limits: DecodeLimits
    ) async throws -> BodyState.Source {
        let state = bodyState
        let field = request.field("content-type")
        if let kind = state.kind, !kinds.contains(kind) { throw BodyError(unread: field, kinds) }
        if let source = state.source { return source }
        if let value = state.value { return .json(try JSONCoding.default.encode(value)) }
        guard let field, let kind = try DecodeKind(field), kinds.contains(kind) else {
            throw BodyError(unread: field, kinds)
        }
        do {
            let source = try await readBody(kind, limits)
            state.source = source
            return source
        } catch {
            throw state.failed(error)
        }
    }

    private nonisolated(nonsending) func readBody(
        _ kind: DecodeKind, _ limits: DecodeLimits
    ) async throws -> BodyState.Source {
        if kind == .multipart { return .multipart(try await collectMultipart(limits)) }
        let raw = try await collectBody(upTo: kind == .json ? limits.json : limits.form)
        bodyState.raw = raw
        return kind == .json ? .json(raw.withoutByteOrderMark) : .form(try FormText.parse(raw, limits: limits.fields))
    }
}

extension BodyError {
    /// - Parameter field: the Content-Type.
    init(unread field: String?, _ kinds: Set<DecodeKind>) {
        let found = field.map { "The Content-Type \($0.debugDescription) isn't read here" }
        let names = DecodeKind.allCases.filter(kinds.contains).compactMap(\.name)
        let list = names.dropLast(2) + [names.suffix(2).joined(separator: " or ")]
        let hint = names.isEmpty ? "" : ": send " + list.joined(separator: ", ")
        self.init(.unsupportedType, (found ?? "The request has no Content-Type") + hint)
    }

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
