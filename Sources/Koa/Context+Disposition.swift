extension Context {
    /// Sends Content-Disposition as Node's http module does beside a text of known length: it takes the field's
    /// ISO-8859-1 bytes for UTF-8, so that each that isn't goes out as U+FFFD, in UTF-8.
    ///
    /// ASCII passes as it is, and so does every value beside bytes, a file or a stream. A name outside ASCII arrives
    /// whole where `filename*` tells it, as it does with an ASCII fallback: ``Response/attachment(_:type:fallback:)``.
    func reinterpretDisposition() {
        if case .bytes = outgoing.body?.content { return }
        guard let value = outgoing.headers["Content-Disposition"], !value.utf8.allSatisfy({ $0 < 0x80 }),
            let bytes = Latin1.encode(value)
        else { return }
        outgoing.headers.set("Content-Disposition", Latin1.decode(String(decoding: bytes, as: UTF8.self).utf8))
    }
}
