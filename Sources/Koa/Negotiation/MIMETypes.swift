/// Media types of file extensions, and what is known about them.
///
/// ```swift
/// MIMETypes.lookup("photo.png")          // "image/png"
/// MIMETypes.contentType("json")          // "application/json; charset=utf-8"
/// MIMETypes.isCompressible("image/png")  // false
/// ```
public enum MIMETypes {
    /// The media type of a file, without a charset, or nil when it is not known.
    ///
    /// - Parameter pathOrExtension: `png`, `.png`, `photo.png` or `/img/photo.png`, in any case. The last part of a path
    ///   needs a dot, and something before it: `/img/png` and `/img/.png` have no type.
    public static func lookup(_ pathOrExtension: String) -> String? {
        let name = fileExtension(ofPath: pathOrExtension)
        guard !name.isEmpty else { return nil }
        return usualType(String(name)) ?? MIMETable.type(ofExtension: name)
    }

    /// The value of a `Content-Type` field, with the type's default charset, or nil when the extension is not known.
    ///
    /// - Parameter typeOrExtension: A media type, which is kept as it is, or what ``lookup(_:)`` takes. Text with a `/`
    ///   is always a media type, and never a path. `charset` is added to `text/` types and the few others that have a
    ///   default, unless the text already has one.
    public static func contentType(_ typeOrExtension: String) -> String? {
        if let known = usualContentType(typeOrExtension) { return known }
        let isType = typeOrExtension.utf8.contains(UInt8(ascii: "/"))
        guard let type = isType ? typeOrExtension : lookup(typeOrExtension) else { return nil }
        guard !mentionsCharset(type), let charset = charset(of: type) else { return type }
        return "\(type); charset=\(charset)"
    }

    /// The charset of a type's text when it has no parameter that says so, in lower case, or nil.
    ///
    /// That is `utf-8` for `text/` types and a few others, such as `application/json`.
    public static func charset(of type: String) -> String? {
        let essence = essence(of: type)
        if isText(essence) { return "utf-8" }
        return MIMETable.line(ofType: essence).flatMap { MIMETable.has(.utf8, in: $0) ? "utf-8" : nil }
    }

    /// Whether bodies of a type get smaller when they are compressed. Unknown types don't, except `text/` ones and those
    /// that end in `+json`, `+text` or `+xml`.
    ///
    /// - Parameter type: A media type; its parameters don't count.
    public static func isCompressible(_ type: String) -> Bool {
        let essence = essence(of: type)
        if isText(essence) { return true }
        for suffix in ["+json", "+text", "+xml"] {
            let end = essence.utf8.suffix(suffix.utf8.count)
            if end.elementsEqual(suffix.utf8, by: { FieldText.lowercase($0) == $1 }) { return true }
        }
        return MIMETable.line(ofType: essence).map { MIMETable.has(.zip, in: $0) } ?? false
    }

    /// The usual file extension of a type, without a dot, or nil when it is not known.
    ///
    /// - Parameter type: A media type; its parameters don't count.
    public static func fileExtension(of type: String) -> String? {
        MIMETable.line(ofType: essence(of: type)).flatMap(MIMETable.firstExtension)
    }
}

extension MIMETypes {
    /// The extension that ``lookup(_:)`` goes by, as it is written, or an empty text.
    static func fileExtension(ofPath path: String) -> Substring {
        let slash = UInt8(ascii: "/")
        var bytes = path.utf8[...]
        while bytes.last == slash { bytes.removeLast() }
        let nameStart = bytes.lastIndex(of: slash).map { bytes.index(after: $0) }
        let name = bytes[(nameStart ?? bytes.startIndex)...]
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return nameStart == nil ? Substring(name) : "" }
        guard nameStart == nil || dot > name.startIndex else { return "" }
        return Substring(name[name.index(after: dot)...])
    }

    /// The type before its parameters.
    private static func essence(of type: String) -> Substring {
        let trimmed = FieldText.trim(type[...])
        return Substring(trimmed.utf8.prefix { $0 != UInt8(ascii: ";") && !FieldText.isSpace($0) })
    }

    private static func isText(_ essence: Substring) -> Bool {
        essence.utf8.prefix(5).elementsEqual("text/".utf8) { FieldText.lowercase($0) == $1 }
    }

    private static func mentionsCharset(_ type: String) -> Bool {
        var rest = type.utf8[...]
        while let index = rest.firstIndex(where: { FieldText.lowercase($0) == UInt8(ascii: "c") }) {
            rest = rest[index...]
            if rest.prefix(7).elementsEqual("charset".utf8, by: { FieldText.lowercase($0) == $1 }) { return true }
            rest.removeFirst()
        }
        return false
    }

    /// The types that nearly all responses have: constants, which cost neither a search nor an allocation.
    private static func usualType(_ name: String) -> String? {
        switch name {
        case "html": "text/html"
        case "json": "application/json"
        case "js", "mjs": "text/javascript"
        case "css": "text/css"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "svg": "image/svg+xml"
        case "txt", "text": "text/plain"
        case "bin": "application/octet-stream"
        default: nil
        }
    }

    /// The value of the types that are set most, without a look at the table.
    static func usualContentType(_ text: String) -> String? {
        switch text {
        case "json", "application/json": "application/json; charset=utf-8"
        case "html", "text/html": "text/html; charset=utf-8"
        case "text", "txt", "text/plain": "text/plain; charset=utf-8"
        case "bin", "application/octet-stream": "application/octet-stream"
        case "css", "text/css": "text/css; charset=utf-8"
        case "js", "text/javascript": "text/javascript; charset=utf-8"
        case "png", "image/png": "image/png"
        default: nil
        }
    }
}
