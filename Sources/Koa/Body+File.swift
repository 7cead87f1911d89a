extension Body {
    /// A file, read while it is sent: the type of its extension unless a type is set, and its length.
    ///
    /// A file that isn't there or can't be read answers 404, without its path; whoever builds a path of a client's
    /// words has to check it first: `KoaMiddleware` has `ctx.send` for that. Opening and reading happen on a thread
    /// pool, never on the event loop; over plain TCP the system sends the file by itself.
    public static func file(_ path: String) -> Body {
        let stream = BodyStream(contentLength: nil, path: path) { writer in
            let file = try await OpenFile.open(path)
            writer.announce(length: file.size)
            try await writer.write(file, 0..<file.size)
        }
        return Body(.stream(stream))
    }
}
