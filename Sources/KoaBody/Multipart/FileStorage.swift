/// Where uploaded files are kept while their request is served.
///
/// ```swift
/// let upload = Upload(storage: .temporary(in: "/var/tmp/uploads"))
/// let small = Upload(storage: .memory, limits: MultipartLimits(fileBytes: 64 * 1024))
/// ```
public struct FileStorage: Sendable, Hashable {
    enum Place: Hashable {
        case memory
        case folder(String?)
    }

    let place: Place

    /// In memory, of which ``MultipartLimits/memoryBytes`` limits all.
    public static let memory = FileStorage(place: .memory)

    /// In a folder of the request's own, which only this process's user can read, and which is removed with all that is
    /// left in it when the request is over: answered, failed, cancelled or given up by the client.
    ///
    /// - Parameter folder: where that folder is made; it has to exist. By default the system's place for temporary files
    ///   (`TMPDIR`, else `/tmp`).
    public static func temporary(in folder: String? = nil) -> FileStorage {
        FileStorage(place: .folder(folder))
    }
}
