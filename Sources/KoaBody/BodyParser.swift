public import Koa

/// The middleware of ``bodyParser(types:extendTypes:methods:jsonLimit:formLimit:textLimit:xmlLimit:strict:form:detectJSON:onError:)``.
///
/// ```swift
/// let parser: BodyParser = bodyParser(jsonLimit: 64 * 1024)
/// app.use(parser)
/// ```
public struct BodyParser: MiddlewareProtocol {
    var types: [BodyKind: [String]]
    var limits: [BodyKind: Int]
    package var methods: Set<HTTPRequest.Method>?
    var strict: Bool
    var form: FormLimits
    var detectJSON: (@Sendable (Context) -> Bool)?
    var onError: (@Sendable (any Error, Context) throws -> Void)?

    /// The function that runs.
    public var middleware: Middleware {
        { ctx, next in
            do {
                try await parse(ctx)
            } catch {
                let error = ctx.bodyState.failed(error)
                guard let onError, !ctx.isDisconnected else { throw error }
                try onError(error, ctx)
            }
            try await next()
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` for a limit below 0 and a media type that is none.
    public func prepare(for app: Application) throws {
        for (kind, limit) in limits where limit < 0 {
            throw KoaError(.invalidSetup, "bodyParser: the limit of \(kind.rawValue) is below 0: \(limit)")
        }
        for type in types.values.joined() where TypeIs.normalize(type) == nil {
            throw KoaError(.invalidSetup, "bodyParser: nobody knows the media type \(type.debugDescription)")
        }
    }

    private nonisolated(nonsending) func parse(_ ctx: Context) async throws {
        if let methods, !methods.contains(ctx.method) { return }
        if let known = ctx.knownBodyState, known.isParserDisabled || known.value != nil { return }
        let request = ctx.request
        guard
            TypeIs.hasBody(
                transferEncoding: request.field("transfer-encoding"), contentLength: request.field("content-length")),
            let kind = kind(of: ctx)
        else { return }
        let raw = try await ctx.collectBody(upTo: limits[kind] ?? 0)
        let state = ctx.bodyState
        let type = request.field("content-type").flatMap { MediaType($0) }
        switch kind {
        case .json:
            try BodyCharset.requireUTF8(type)
            let bytes = raw.withoutByteOrderMark
            state.value = try json(bytes)
            state.source = .json(bytes)
        case .form:
            try BodyCharset.requireUTF8(type)
            let node = try FormText.parse(raw, limits: form)
            state.value = node.json
            state.source = .form(node)
        case .text, .xml:
            let text = try BodyCharset(of: type).text(raw)
            state.value = JSON(text)
            state.source = .text(text)
        }
        state.raw = raw
    }

    private func kind(of ctx: Context) -> BodyKind? {
        let type = ctx.request.field("content-type")
        for kind in BodyKind.allCases {
            if let types = types[kind], !types.isEmpty, TypeIs.match(type, types) != nil { return kind }
            if kind == .json, types[.json] != nil, let detectJSON, detectJSON(ctx) { return .json }
        }
        return nil
    }

    private func json(_ bytes: ByteBuffer) throws -> JSON {
        guard bytes.readableBytes > 0 else { return strict ? [:] : "" }
        if strict {
            let first = bytes.readableBytesView.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
            guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
                throw malformed("invalid JSON, only supports object and array", cause: nil)
            }
        }
        do {
            return try JSON.parse(bytes, limits: JSONLimits(bytes: JSONLimits.maximumBytes))
        } catch {
            throw malformed("invalid JSON: \(error)", cause: error)
        }
    }

    /// The reference doesn't show its clients what is wrong with their JSON.
    private func malformed(_ message: String, cause: (any Error)?) -> BodyError {
        var error = BodyError(.malformed, message, cause: cause)
        error.expose = false
        return error
    }
}

/// Reads JSON, forms and texts into ``Koa/Request/body``, and their bytes into ``Koa/Request/rawBody``.
///
/// ```swift
/// app.use(bodyParser())
/// app.use { ctx in ctx.body = ["hello": ctx.request.body["name"] ?? "nobody"] }
/// ```
///
/// A body of another type isn't read, and left to who comes after; so is a body behind
/// ``Koa/Context/disableBodyParser``. gzip and deflate are inflated, br and zstd with the package traits
/// `Brotli` and `Zstd`; the limits count inflated bytes.
/// Errors: 400 for what is no JSON, whose details the client doesn't see; 413 past a limit; 415 for a charset or a
/// Content-Encoding that isn't read.
///
/// - Parameters:
///   - types: what is read; JSON and forms by default.
///   - extendTypes: media types that are read besides ``BodyKind/mediaTypes``: `[.json: ["application/x-javascript"]]`.
///   - methods: of which requests; nil, the default, means all that have a body.
///   - jsonLimit: in bytes; 1 MiB by default.
///   - formLimit: in bytes; 56 KiB by default.
///   - textLimit: in bytes; 1 MiB by default.
///   - xmlLimit: in bytes; 1 MiB by default.
///   - strict: whether JSON has to be an object or an array; true by default.
///   - form: how many fields a form may have, and how deep their names go.
///   - detectJSON: says of other requests that they are JSON.
///   - onError: is told of a failure instead of the client. When it returns, the next middleware run with an empty body.
public func bodyParser(
    types: Set<BodyKind> = [.json, .form],
    extendTypes: [BodyKind: [String]] = [:],
    methods: Set<HTTPRequest.Method>? = nil,
    jsonLimit: Int = 1024 * 1024,
    formLimit: Int = 56 * 1024,
    textLimit: Int = 1024 * 1024,
    xmlLimit: Int = 1024 * 1024,
    strict: Bool = true,
    form: FormLimits = FormLimits(),
    detectJSON: (@Sendable (Context) -> Bool)? = nil,
    onError: (@Sendable (any Error, Context) throws -> Void)? = nil
) -> BodyParser {
    BodyParser(
        types: Dictionary(uniqueKeysWithValues: types.map { ($0, $0.mediaTypes + extendTypes[$0, default: []]) }),
        limits: [.json: jsonLimit, .form: formLimit, .text: textLimit, .xml: xmlLimit],
        methods: methods,
        strict: strict,
        form: form,
        detectJSON: detectJSON,
        onError: onError
    )
}
