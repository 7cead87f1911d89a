public import HTTPTypes

extension Response {
    /// The body. Setting it sets the status to 200 unless one was set, and the type and length unless a type was set.
    ///
    /// - text: `text/plain`, or `text/html` when it starts with `<`
    /// - bytes and streams: `application/octet-stream`; a file: by its extension
    /// - JSON: `application/json`, unless the type is a JSON one already
    /// - nil: status 204 unless it is 204, 205 or 304, and no type and length; a status set afterwards is kept with
    ///   Content-Length 0. With the type `application/json` it is the JSON text `null`.
    public var body: Body? {
        get { ctx.outgoing.body }
        nonmutating set {
            // After the head, the body can still be given; status and headers stand.
            if headerSent, !ctx.outgoing.isFinished {
                ctx.outgoing.body = newValue
            } else if isOpen("the body") {
                if let newValue { setBody(newValue) } else { clearBody() }
            }
        }
    }

    private func setBody(_ body: Body) {
        let original = ctx.outgoing.body
        ctx.outgoing.body = body
        if !ctx.outgoing.hasExplicitStatus { status = .ok }
        let hasType = headers.has("Content-Type")
        switch body.content {
        case .text(let text):
            if !hasType { type = text.startsLikeHTML ? "html" : "text" }
            length = text.utf8.count
        case .bytes(let buffer):
            if !hasType { type = "bin" }
            length = buffer.readableBytes
        case .stream(let stream):
            if let original {
                if case .stream(let old) = original.content, old === stream {
                } else {
                    remove("Content-Length")
                }
            }
            if !hasType {
                type = stream.type ?? stream.path.flatMap { MIMETypes.contentType($0.fileExtension) } ?? "bin"
            }
            if let contentLength = stream.contentLength { length = contentLength }
        case .json, .object:
            remove("Content-Length")
            if !type.namesJSON { type = "json" }
        }
    }

    private func clearBody() {
        ctx.outgoing.body = nil
        if !status.isEmpty {
            if type == "application/json" {
                ctx.outgoing.body = .text("null")
                return
            }
            status = .noContent
        }
        ctx.outgoing.hasExplicitNullBody = true
        removeBodyHeaders()
    }

    /// Answers with what another server said: its status, its headers and a body, as a proxy does.
    ///
    /// - Parameters:
    ///   - response: status and header fields; those of the connection (Content-Length, Transfer-Encoding, Connection)
    ///     are left out, and several Set-Cookie fields stay several.
    ///   - body: the content, such as a stream of what arrives.
    public func adopt(_ response: HTTPResponse, body: Body?) {
        self.body = body
        status = Status(response.status)
        var names: Set<HTTPField.Name> = [.contentLength, .transferEncoding, .connection]
        for field in response.headerFields where !names.contains(field.name) {
            names.insert(field.name)
            // By octets: a value that isn't ASCII goes on as it came.
            let values = response.headerFields[fields: field.name].map { field in
                field.withUnsafeBytesOfValue { Latin1.decode($0) }
            }
            set(field.name.rawName, values)
        }
    }

    func removeBodyHeaders() {
        remove("Content-Type")
        remove("Content-Length")
        remove("Transfer-Encoding")
    }

    /// The body's length in bytes: Content-Length when it is set, else that of the body; nil without a body and for
    /// a stream. Setting it does nothing when Transfer-Encoding is set.
    public var length: Int? {
        get {
            if let text = headers["Content-Length"] { return Self.leadingInteger(text) }
            guard let body = ctx.outgoing.body, body.isTruthy else { return nil }
            switch body.content {
            case .text(let text): return text.utf8.count
            case .bytes(let buffer): return buffer.readableBytes
            case .json, .object: return (try? ctx.encodedJSON(body))?.readableBytes
            case .stream: return nil
            }
        }
        nonmutating set {
            guard !headers.has("Transfer-Encoding") else { return }
            guard let newValue else { return remove("Content-Length") }
            setValid("Content-Length", String(decimal: newValue))
        }
    }

    /// The media type without parameters, or `""`.
    ///
    /// Setting takes a media type or an extension (`png`, `.html`), adds the default charset unless one is given,
    /// and removes Content-Type for what it doesn't know.
    public var type: String {
        get {
            guard let value = headers["Content-Type"] else { return "" }
            return value.utf8.firstIndex(of: UInt8(ascii: ";")).map { String(value[..<$0]) } ?? value
        }
        nonmutating set {
            refusing { try setType(newValue) }
        }
    }

    /// Sets the type, as ``type`` does.
    ///
    /// - Throws: ``KoaError`` `.invalidHeader`.
    public func setType(_ type: String) throws {
        guard let contentType = MIMETypes.usualContentType(type) else { return try setUnusualType(type) }
        setValid("Content-Type", contentType)
    }

    private func setUnusualType(_ type: String) throws {
        guard let contentType = MIMETypes.contentType(type) else { return remove("Content-Type") }
        try setHeader("Content-Type", contentType)
    }

    /// What JavaScript's parseInt makes of a header, 0 when it is no number.
    private static func leadingInteger(_ text: String) -> Int {
        let digits = text.drop { $0 == " " || $0 == "\t" }.prefix { $0.isASCII && $0.isNumber }
        return Int(digits) ?? 0
    }
}

extension String {
    /// Whether the first character that isn't white space is `<`.
    var startsLikeHTML: Bool {
        for scalar in unicodeScalars {
            if scalar == "<" { return true }
            if scalar.isASCII {
                guard scalar == " " || (0x09...0x0D).contains(scalar.value) else { return false }
                continue
            }
            // White space as JavaScript knows it: with the byte order mark, without U+0085.
            guard scalar == "\u{FEFF}" || scalar.properties.isWhitespace && scalar != "\u{85}" else { return false }
        }
        return false
    }

    /// Whether a media type has the word `json` in it: `application/vnd.api+json`.
    var namesJSON: Bool {
        var word: [UInt8] = []
        for byte in utf8 {
            switch byte.asciiLowercased {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                word.append(byte.asciiLowercased)
            default:
                if word.elementsEqual("json".utf8) { return true }
                word.removeAll(keepingCapacity: true)
            }
        }
        return word.elementsEqual("json".utf8)
    }
}
