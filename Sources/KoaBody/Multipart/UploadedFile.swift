public import Koa
import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A file that came with a request. It lasts as long as the request, unless it is moved.
///
/// ```swift
/// struct Profile: Decodable {
///     var name: String
///     var photo: UploadedFile?
/// }
/// let profile = try await ctx.decode(Profile.self)
/// if let photo = profile.photo { try await photo.move(to: "photos/\(photo.id).jpg") }
/// ```
public struct UploadedFile: Sendable {
    enum Content: Sendable {
        case memory(ByteBuffer)
        case file(String)
    }

    /// What was known of it before its body: its name, the client's name for it, its type.
    public let info: MultipartPart.Info
    /// The number of bytes.
    public let size: Int
    /// A name that no other file has, to save it by: 32 hexadecimal digits.
    public let id: String

    private let content: Content
    private let app: Application

    init(info: MultipartPart.Info, size: Int, content: Content, app: Application) {
        self.info = info
        self.size = size
        self.content = content
        self.app = app
        var random = SystemRandomNumberGenerator()
        id = (0..<4).map { _ in
            let digits = String(random.next() as UInt32, radix: 16)
            return String(repeating: "0", count: 8 - digits.utf8.count) + digits
        }.joined()
    }

    /// The field's name.
    public var name: String { info.name }
    /// The client's name for it, without folders. Never use it as a path: it is a stranger's word.
    public var filename: String { info.filename ?? "" }
    /// The media type that the client claims. Nobody has looked whether it is true.
    public var contentType: String { info.contentType }
    /// Where the file is until the request is over; nil in memory.
    public var path: String? {
        if case .file(let path) = content { path } else { nil }
    }

    /// Reads all of it.
    ///
    /// - Parameter limit: in bytes; 8 MiB by default.
    /// - Throws: ``MultipartError`` `.memoryExceeded` for a larger one.
    public func bytes(upTo limit: Int = 8 * 1024 * 1024) async throws -> ByteBuffer {
        guard size <= limit else { throw MultipartError(.memoryExceeded, field: name) }
        switch content {
        case .memory(let buffer): return buffer
        case .file(let path):
            return try await app.offload {
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw KoaError(.unreadableFile, "The uploaded file is gone: it was moved or removed")
                }
                return ByteBuffer(bytes: data)
            }
        }
    }

    /// Makes it a file that stays. One that was on disk can be read by the process's user alone.
    ///
    /// - Parameter path: yours, not the client's. There must be no file yet, and its folder has to exist.
    /// - Throws: what Foundation says when it can't be written there.
    public func move(to path: String) async throws {
        let content = content
        try await app.offload {
            switch content {
            case .memory(let buffer):
                try Data(buffer.readableBytesView).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
            case .file(let source):
                try FileManager.default.moveItem(atPath: source, toPath: path)
            }
        }
    }
}

extension UploadedFile: Decodable {
    /// Files are read from multipart bodies by ``Koa/Context/decode(_:accepting:limits:)`` only.
    public init(from decoder: any Decoder) throws {
        guard let reader = decoder as? FormReader else {
            throw DecodingError.typeMismatch(
                UploadedFile.self,
                .init(codingPath: decoder.codingPath, debugDescription: "Expected a file of a multipart body."))
        }
        self = try reader.decode(UploadedFile.self)
    }
}

extension UploadedFile: CustomStringConvertible {
    /// The names, the type and the size.
    public var description: String { "\(name): \(filename) (\(contentType), \(size) bytes)" }
}
