import Koa

/// Makes the response of a file that was found: headers, conditions, ranges, body.
struct FileResponse {
    let found: FileLookup.Found
    let root: FileRoot
    let options: FileOptions

    private var file: OpenFile { found.file }
    private var isCoded: Bool { found.coding != nil }

    /// The path on the disk of what is sent.
    var sentPath: String {
        root.path(of: found.coding.map { found.path.appending($0.suffix) } ?? found.path)
    }

    /// - Throws: 412 and 416 as ``HTTPError``; what `setHeaders` throws.
    func send(_ ctx: Context) throws {
        try setHeaders(ctx)
        ctx.body = body()
        // A status that was chosen before, for a page of a 404 say, goes with the file whole.
        guard ctx.status == .ok else { return }
        try checkPreconditions(ctx)
        if ctx.fresh {
            ctx.status = .notModified
        } else if ctx.method == .get, options.maxRanges > 0 {
            try sendRanges(ctx)
        }
    }

    private func setHeaders(_ ctx: Context) throws {
        if found.varies { ctx.vary("Accept-Encoding") }
        let modified = Double(file.seconds) + Double(file.nanoseconds) / 1e9
        try options.setHeaders?(
            ctx,
            ServedFile(path: sentPath, size: file.size, modified: modified, contentEncoding: found.coding?.rawValue)
        )
        // Behind the closure: one that refuses the file leaves no coding to what answers in its place.
        if let coding = found.coding { ctx.set("Content-Encoding", coding.rawValue) }
        if !ctx.response.has("Last-Modified") {
            let (milliseconds, overflow) = Int64(file.seconds).multipliedReportingOverflow(by: 1000)
            ctx.set("Last-Modified", HTTPDate.format(milliseconds: overflow ? 0 : milliseconds))
        }
        if !ctx.response.has("Cache-Control") { ctx.set("Cache-Control", options.cacheControl) }
        if options.etag, !ctx.response.has("ETag") { ctx.set("ETag", etag) }
        if options.maxRanges > 0 { ctx.set("Accept-Ranges", "bytes") }
        if ctx.type.isEmpty, let type = MIMETypes.lookup("/\(found.path.names.last ?? "")") { ctx.type = type }
    }

    /// As @koa/etag makes it of a file, so that copies with one time have one tag on all servers; another one for each
    /// coding.
    private var etag: String {
        EntityTag.of(file, suffix: found.coding.map { "-\($0.rawValue)" } ?? "")
    }

    private func body() -> Body {
        if let content = found.content { return .bytes(content) }
        let file = file
        return .stream(contentLength: file.size) { writer in
            try await writer.write(file, 0..<file.size)
        }
    }

    /// If-Match and If-Unmodified-Since (RFC 9110 section 13.2.2): 412 for a client that wants another file than this.
    private func checkPreconditions(_ ctx: Context) throws {
        let ifMatch = ctx.get("If-Match")
        if !ifMatch.isEmpty {
            let tag = ctx.etag.flatMap { ETag($0) }
            guard ETag.Condition(ifMatch)?.includesStrongly(tag) == true else {
                throw HTTPError(.preconditionFailed)
            }
        } else if let limit = HTTPDate.parse(ctx.get("If-Unmodified-Since")), let modified = lastModified(ctx) {
            guard modified <= limit else { throw HTTPError(.preconditionFailed) }
        }
    }

    private func lastModified(_ ctx: Context) -> Int64? {
        ctx.response.get("Last-Modified").flatMap { HTTPDate.parse($0) }
    }

    private func sendRanges(_ ctx: Context) throws {
        let field = ctx.get("Range")
        guard !field.isEmpty, ifRangeHolds(ctx) else { return }
        switch ByteRanges(field, size: file.size, limit: options.maxRanges) {
        case .whole: return
        case .unsatisfiable:
            throw HTTPError(.rangeNotSatisfiable, headers: ["Content-Range": "bytes */\(file.size)"])
        case .parts(let ranges):
            ctx.status = .partialContent
            if ranges.count == 1, let range = ranges.first { sendRange(range, ctx) } else { sendParts(ranges, ctx) }
        }
    }

    /// Whether a client that has a part of a file would get another part of the same (RFC 9110 section 13.1.5).
    private func ifRangeHolds(_ ctx: Context) -> Bool {
        let field = ctx.get("If-Range")
        if field.isEmpty { return true }
        if let tag = ETag(field) {
            return ctx.etag.flatMap { ETag($0) }.map { tag.matchesStrongly($0) } ?? false
        }
        guard let date = HTTPDate.parse(field) else { return false }
        return date == lastModified(ctx)
    }

    private func sendRange(_ range: Range<Int>, _ ctx: Context) {
        let file = file
        ctx.set("Content-Range", MultipartRanges.contentRange(range, size: file.size))
        ctx.body = .stream(contentLength: range.count) { writer in
            try await writer.write(file, range)
        }
    }

    private func sendParts(_ ranges: [Range<Int>], _ ctx: Context) {
        let file = file
        let type = ctx.response.get("Content-Type") ?? ""
        let multipart = MultipartRanges(ranges, type: type, size: file.size)
        ctx.set("Content-Type", "multipart/byteranges; boundary=\(multipart.boundary)")
        ctx.body = .stream(contentLength: multipart.length) { writer in
            try await multipart.write(file, to: writer)
        }
    }
}
