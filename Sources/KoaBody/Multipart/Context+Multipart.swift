import Koa

extension Context {
    /// The tree of a multipart body's fields and files, for decoding.
    nonisolated(nonsending) func collectMultipart(_ limits: DecodeLimits) async throws -> FormNode {
        var fields = limits.fields
        fields.fields = limits.multipart.parts
        var tree = FormTree(limits: fields)
        var parts = multipart(limits: limits.multipart).makeAsyncIterator()
        while let part = try await parts.next() {
            if part.isFile {
                if part.filename != "" { try tree.add(part.name, .file(try await part.store())) }
            } else {
                try tree.add(part.name, .text(try await part.text()))
            }
        }
        return tree.finish()
    }

    /// Removes what a request has stored before the request is over.
    nonisolated(nonsending) func removeTemporaryFiles(in folder: String?) async {
        await bodyState.temporaryFiles.removeValue(forKey: folder)?.removeAll(on: app)
    }
}
