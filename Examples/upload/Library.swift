import KoaBody

/// A file that was sent, as the API shows it.
struct StoredFile: Codable, Equatable, Sendable {
    let id: String
    /// The sender's name for it.
    let name: String
    let size: Int
}

/// The files of a folder, each under its id: no name of a client's ever becomes a path.
actor Library {
    private let folder: String
    private var files: [StoredFile] = []

    init(folder: String) {
        self.folder = folder
    }

    /// All files, in the order in which they came.
    var all: [StoredFile] { files }

    func file(_ id: String) -> StoredFile? { files.first { $0.id == id } }

    nonisolated func path(of file: StoredFile) -> String { "\(folder)/\(file.id)" }

    /// Makes an uploaded file stay.
    func add(_ upload: UploadedFile) async throws -> StoredFile {
        let file = StoredFile(id: upload.id, name: upload.filename, size: upload.size)
        try await upload.move(to: path(of: file))
        files.append(file)
        return file
    }
}
