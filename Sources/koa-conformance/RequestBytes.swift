import Koa

extension RecordedRequest {
    /// The request as it goes over the wire: the target and the headers as they are, in their order.
    ///
    /// Where the headers name no Content-Length, one is added last when there is a body, and `content-length: 0` for
    /// a method that usually has one.
    ///
    /// - Parameter cookie: the Cookie header to add; nil adds none.
    func bytes(cookie: String? = nil) -> [UInt8] {
        var fields = headers
        if let cookie { fields.append(Field(name: "cookie", value: cookie)) }
        if !fields.contains(where: { $0.name.lowercased() == "content-length" }) {
            if let body {
                fields.append(Field(name: "content-length", value: String(body.count)))
            } else if !["GET", "HEAD", "OPTIONS", "DELETE"].contains(method) {
                fields.append(Field(name: "content-length", value: "0"))
            }
        }
        var bytes = Array("\(method) ".utf8) + Latin1Text.bytes(target) + Array(" HTTP/1.1\r\n".utf8)
        for field in fields {
            bytes += Array(field.name.utf8) + Array(": ".utf8) + Latin1Text.bytes(field.value) + Array("\r\n".utf8)
        }
        return bytes + Array("\r\n".utf8) + (body ?? [])
    }
}

/// Text of which each character is one byte (ISO-8859-1).
enum Latin1Text {
    /// The text of the bytes.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// A byte a character, or the UTF-8 of a text that has others.
    static func bytes(_ text: String) -> [UInt8] {
        let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
        return bytes.count == text.unicodeScalars.count ? bytes : Array(text.utf8)
    }
}
