import Koa
import NIOCore

/// Reads the parts of a request, and counts what they cost.
final class MultipartReader {
    let ctx: Context
    private let limits: MultipartLimits
    private var source: BodyPieces
    private var parser: MultipartParser
    /// The number of the part that is read, from 1.
    private var current = 0
    private var isInPart = false
    private var isAtEnd = false
    private var info: MultipartPart.Info?
    private var partBytes = 0
    private var memoryBytes = 0
    private var fields = 0
    private var files = 0
    private var failure: (any Error)?

    /// - Throws: ``BodyError`` `.unsupportedType` for what isn't `multipart/form-data` with a boundary.
    init(_ ctx: Context, _ limits: MultipartLimits) throws {
        let field = ctx.request.get("content-type")
        guard let type = MediaType(field), type.essence == "multipart/form-data" else {
            throw BodyError(.unsupportedType, "The Content-Type \(field.debugDescription) is no multipart/form-data")
        }
        let boundary = try Self.boundary(of: type)
        if let total = limits.totalBytes { ctx.req.setMaxBodySize(total) }
        self.ctx = ctx
        self.limits = limits
        source = try BodyPieces(ctx, upTo: limits.totalBytes ?? ctx.maxBodySize)
        parser = MultipartParser(boundary: boundary, headerBytes: limits.headerBytes)
    }

    /// RFC 2046 section 5.1.1: 1 to 70 characters, no space at the end. Line breaks would make searching it slow and
    /// ambiguous.
    private static func boundary(of type: MediaType) throws -> String {
        let all = type.parameters.filter { $0.name == "boundary" }
        guard all.count == 1, let boundary = all.first?.value, (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ 0x20...0x7E ~= $0 }), boundary.utf8.last != 0x20
        else { throw MultipartError(.malformed, "the Content-Type has no usable boundary") }
        return boundary
    }

    /// Skips what is left of the part before, and reads the next part's headers.
    nonisolated(nonsending) func nextPart() async throws -> MultipartPart? {
        guard !isAtEnd else { return nil }
        while isInPart { _ = try await nextPiece(of: current) }
        switch try await nextEvent() {
        case .part(let headers):
            do {
                return try begin(headers)
            } catch {
                throw failed(error)
            }
        case .end:
            isAtEnd = true
            return nil
        case .data, .partEnd: throw MultipartError(.malformed)
        }
    }

    nonisolated(nonsending) func nextPiece(of number: Int) async throws -> ByteBuffer? {
        guard number == current else {
            throw KoaError(.bodyAlreadyRead, "The part was skipped: read its body before the next part")
        }
        guard isInPart else { return nil }
        guard case .data(let piece) = try await nextEvent() else {
            isInPart = false
            return nil
        }
        try count(piece)
        return piece
    }

    /// What is kept in memory of the part's body.
    func keepInMemory(_ count: Int, of info: MultipartPart.Info) throws {
        guard count <= limits.memoryBytes - memoryBytes else { throw failed(.memoryExceeded, info) }
        memoryBytes += count
    }

    nonisolated(nonsending) func write(_ part: MultipartPart, to folder: String?) async throws -> UploadedFile {
        let files = ctx.temporaryFiles(in: folder)
        let app = ctx.app
        let sink = try await app.offload { try FileSink(in: files) }
        do {
            while let piece = try await nextPiece(of: part.number) {
                if sink.add(piece) { try await app.offload { try sink.flush() } }
            }
            let path = try await app.offload { try sink.close() }
            return UploadedFile(info: part.info, size: sink.size, content: .file(path), app: app)
        } catch {
            sink.abandon()
            throw error
        }
    }

    private nonisolated(nonsending) func nextEvent() async throws -> MultipartParser.Event {
        if let failure { throw failure }
        do {
            while true {
                if let event = try parser.next() { return event }
                guard let chunk = try await source.next() else {
                    try parser.finish()
                    return .end
                }
                parser.append(chunk)
            }
        } catch {
            throw failed(error)
        }
    }

    private func begin(_ headers: Headers) throws -> MultipartPart {
        let disposition = try PartDisposition(headers["content-disposition"] ?? "")
        guard let name = disposition.name, !name.isEmpty else { throw MultipartError(.missingName) }
        guard name.utf8.count <= limits.nameBytes else { throw MultipartError(.nameTooLong) }
        let filename = disposition.filename.map(Self.baseName)
        if filename == nil { fields += 1 } else { files += 1 }
        guard fields + files <= limits.parts else { throw MultipartError(.tooManyParts) }
        guard fields <= limits.fields else { throw MultipartError(.tooManyFields) }
        guard files <= limits.files else { throw MultipartError(.tooManyFiles) }
        let info = MultipartPart.Info(
            name: name,
            filename: filename,
            contentType: headers["content-type"] ?? (filename == nil ? "text/plain" : "application/octet-stream"),
            headers: headers
        )
        self.info = info
        current += 1
        isInPart = true
        partBytes = 0
        return MultipartPart(info: info, reader: self, number: current)
    }

    private func count(_ piece: ByteBuffer) throws {
        partBytes += piece.readableBytes
        guard let info else { return }
        if info.isFile {
            guard partBytes <= limits.fileBytes ?? .max else { throw failed(.fileTooLarge, info) }
        } else {
            guard partBytes <= limits.fieldBytes else { throw failed(.fieldTooLong, info) }
        }
    }

    private func failed(_ code: MultipartError.Code, _ info: MultipartPart.Info) -> any Error {
        failed(MultipartError(code, field: info.name))
    }

    /// Reading on would find parts where there are none, or more than the limits allow: it gives the same error.
    private func failed(_ error: any Error) -> any Error {
        let error = ctx.bodyState.failed(error)
        failure = error
        return error
    }

    /// The last part of a path of either kind.
    private static func baseName(_ path: String) -> String {
        let slash = path.utf8.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
        return name == "." || name == ".." ? "" : name
    }
}
