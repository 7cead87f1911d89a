/// How much of a multipart body is read before it is refused.
///
/// ```swift
/// let photos = MultipartLimits(files: 10, fileBytes: 20 * 1024 * 1024, totalBytes: 200 * 1024 * 1024)
/// for try await part in ctx.multipart(limits: photos) { print(part.name) }
/// ```
public struct MultipartLimits: Sendable, Hashable {
    /// The most parts, fields and files together.
    public var parts: Int
    /// The most parts that are no files.
    public var fields: Int
    /// The most files.
    public var files: Int
    /// The longest name of a field or file, in bytes.
    public var nameBytes: Int
    /// The longest value of a field, in bytes.
    public var fieldBytes: Int
    /// The largest file, in bytes; nil, the default, leaves it to ``totalBytes``.
    public var fileBytes: Int?
    /// The longest headers of one part, and the longest text before the first part, in bytes. No part has more than 32
    /// headers.
    public var headerBytes: Int
    /// How much of the body is kept in memory, in bytes: all values of fields, and the files of ``FileStorage/memory``.
    public var memoryBytes: Int
    /// The largest body, in bytes after inflating; nil, the default, means what the server allows
    /// (`ServerOptions.maxBodySize`). A number counts in its place.
    public var totalBytes: Int?

    /// Creates limits.
    public init(
        parts: Int = 1000,
        fields: Int = 1000,
        files: Int = 100,
        nameBytes: Int = 100,
        fieldBytes: Int = 1024 * 1024,
        fileBytes: Int? = nil,
        headerBytes: Int = 8 * 1024,
        memoryBytes: Int = 8 * 1024 * 1024,
        totalBytes: Int? = nil
    ) {
        self.parts = parts
        self.fields = fields
        self.files = files
        self.nameBytes = nameBytes
        self.fieldBytes = fieldBytes
        self.fileBytes = fileBytes
        self.headerBytes = headerBytes
        self.memoryBytes = memoryBytes
        self.totalBytes = totalBytes
    }
}
