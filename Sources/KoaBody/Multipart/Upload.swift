public import Koa
import NIOCore

/// Makes middleware that take files of multipart bodies: koa-multer's `single`, `array`, `fields`, `none` and `any`.
///
/// ```swift
/// let upload = Upload(limits: MultipartLimits(fileBytes: 5 * 1024 * 1024))
/// app.use(upload.single("avatar"))
/// app.use { ctx in
///     guard let avatar = ctx.request.file else { try ctx.throw(400, "No file") }
///     try await avatar.move(to: "avatars/\(avatar.id)")
///     ctx.body = ["title": ctx.request.body["title"] ?? "", "size": avatar.size]
/// }
/// ```
///
/// Fields are in ``Koa/Request/body``, nested by their brackets, files in ``Koa/Request/files``, before the next
/// middleware runs; requests that aren't multipart go on as they are. What breaks a limit is a ``MultipartError``: the
/// files so far are removed. A file input in which none was chosen is no file.
public struct Upload: Sendable {
    /// Where files are kept.
    public var storage: FileStorage
    /// What is refused.
    public var limits: MultipartLimits
    /// Says which of the expected files are taken; the others are skipped.
    public var filter: (@Sendable (MultipartPart.Info, Context) async throws -> Bool)?

    /// Creates uploads.
    ///
    /// - Parameters:
    ///   - storage: a folder of the request's own by default.
    ///   - limits: as ``MultipartLimits`` has them by default.
    ///   - filter: all expected files are taken by default. What it throws refuses the request.
    public init(
        storage: FileStorage = .temporary(),
        limits: MultipartLimits = MultipartLimits(),
        filter: (@Sendable (MultipartPart.Info, Context) async throws -> Bool)? = nil
    ) {
        self.storage = storage
        self.limits = limits
        self.filter = filter
    }

    /// Takes at most one file, of this name.
    public func single(_ name: String) -> Middleware { fields([name: 1]) }

    /// Takes files of this name.
    ///
    /// - Parameter max: how many; any number, within the limits, by default.
    public func array(_ name: String, max: Int = .max) -> Middleware { fields([name: max]) }

    /// Takes files of these names, of each as many as its number says.
    public func fields(_ fields: [String: Int]) -> Middleware { middleware(fields) }

    /// Takes no file, only fields.
    public func none() -> Middleware { fields([:]) }

    /// Takes files of all names.
    public func any() -> Middleware { middleware(nil) }

    private func middleware(_ expected: [String: Int]?) -> Middleware {
        { ctx, next in
            if ctx.request.is("multipart/form-data") != nil { try await read(ctx, expected) }
            try await next()
        }
    }

    private nonisolated(nonsending) func read(_ ctx: Context, _ expected: [String: Int]?) async throws {
        var left = expected
        var tree = FormTree(limits: FormLimits(fields: limits.fields, dots: false))
        let state = ctx.bodyState
        state.files = []
        do {
            var parts = ctx.multipart(limits: limits).makeAsyncIterator()
            while let part = try await parts.next() {
                guard part.isFile else {
                    try tree.add(part.name, .text(try await part.text()))
                    continue
                }
                if part.filename == "" { continue }
                if left != nil {
                    guard let count = left?[part.name], count > 0 else {
                        throw MultipartError(.unexpectedFile, field: part.name)
                    }
                    left?[part.name] = count - 1
                }
                if let filter, !(try await passes(filter, part.info, ctx)) { continue }
                state.files.append(try await part.store(in: storage))
            }
        } catch {
            state.files = []
            if case .folder(let folder) = storage.place { await ctx.removeTemporaryFiles(in: folder) }
            throw state.failed(error)
        }
        let node = tree.finish()
        state.value = node.json
        state.source = .multipart(node)
    }

    private nonisolated(nonsending) func passes(
        _ filter: @Sendable (MultipartPart.Info, Context) async throws -> Bool,
        _ part: MultipartPart.Info,
        _ ctx: Context
    ) async throws -> Bool {
        // The filter's alone while it runs.
        nonisolated(unsafe) let ctx = ctx
        return try await filter(part, ctx)
    }
}

extension Request {
    /// The files that an ``Upload`` took, in the order in which they came.
    public var files: [UploadedFile] { ctx.knownBodyState?.files ?? [] }

    /// The first file that an ``Upload`` took.
    public var file: UploadedFile? { files.first }

    /// The files of a field.
    public func files(named name: String) -> [UploadedFile] { files.filter { $0.name == name } }
}

extension Context {
    /// See ``Koa/Request/files``.
    public var files: [UploadedFile] { request.files }

    /// See ``Koa/Request/file``.
    public var file: UploadedFile? { request.file }
}
