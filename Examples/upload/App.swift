import KoaBody
import KoaRouter

/// A page that sends files and shows how far they are:
///
/// | | |
/// | --- | --- |
/// | `GET /` | the page |
/// | `POST /files` | files of a form, written to disk as they arrive |
/// | `GET /files` | what there is |
/// | `GET /files/:id` | one of them |
///
/// - Parameters:
///   - folder: where files are kept; it has to exist.
///   - largest: how many bytes a request may have.
func makeApp(folder: String, largest: Int = 4 * 1024 * 1024 * 1024) -> Application {
    let app = Application()
    let library = Library(folder: folder)
    let router = Router(allowedMethods: true)
    router.get("/") { ctx in ctx.body = .text(page) }
    router.get("/files", returning: { _ in await library.all })
    router.post("/files") { ctx in
        // An upload takes as long as it takes, as long as it goes on.
        ctx.req.setTimeout(nil)
        var added: [StoredFile] = []
        for try await part in ctx.multipart(limits: MultipartLimits(files: 20, totalBytes: largest)) {
            guard part.isFile, part.filename != "" else { continue }
            // In the same folder, so that moving it is only a new name.
            let file = try await part.store(in: .temporary(in: folder))
            added.append(try await library.add(file))
        }
        try ctx.assert(!added.isEmpty, 400, "No file was sent")
        ctx.status = .created
        ctx.body = .json(added)
    }
    router.get("/files/:id") { ctx in
        let file = try ctx.require(await library.file(ctx.params.require("id")), 404)
        ctx.body = .file(library.path(of: file))
        // Never shown as a page of this site, whatever a stranger put into it.
        ctx.attachment(file.name)
        ctx.type = "application/octet-stream"
        ctx.set("X-Content-Type-Options", "nosniff")
    }
    app.use(router.routes())
    return app
}
