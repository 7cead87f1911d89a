/// The media types that compress well, as the reference's table has them.
enum CompressibleTypes {
    /// Whether a Content-Type, or a media type, compresses well: all of `text/`, those that end in `+json`, `+text` or
    /// `+xml`, and those of the table. One that isn't known doesn't, nor does an empty one.
    static func contains(_ contentType: String) -> Bool {
        let end = contentType.utf8.firstIndex { $0 == UInt8(ascii: ";") } ?? contentType.endIndex
        let type = contentType[..<end].filter { $0 != " " && $0 != "\t" }.lowercased()
        return type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml") || type.hasSuffix("+text")
            || table.contains(type)
    }

    private static let table: Set<String> = [
        "application/dart", "application/ecmascript", "application/graphql", "application/javascript",
        "application/json", "application/json5", "application/postscript", "application/rtf", "application/sql",
        "application/tar", "application/toml", "application/vnd.dart", "application/vnd.ms-fontobject",
        "application/vnd.ms-opentype", "application/wasm", "application/x-font-otf", "application/x-font-ttf",
        "application/x-httpd-php", "application/x-javascript", "application/x-ndjson",
        "application/x-ns-proxy-autoconfig", "application/x-sh", "application/x-tar",
        "application/x-virtualbox-hdd", "application/x-virtualbox-ova", "application/x-virtualbox-ovf",
        "application/x-virtualbox-vbox", "application/x-virtualbox-vdi", "application/x-virtualbox-vhd",
        "application/x-virtualbox-vmdk", "application/x-www-form-urlencoded", "application/xml",
        "application/xml-dtd", "application/yaml", "font/opentype", "font/otf", "font/ttf", "image/bmp",
        "image/vnd.adobe.photoshop", "image/vnd.microsoft.icon", "image/vnd.ms-dds", "image/x-icon",
        "image/x-ms-bmp", "message/rfc822", "model/gltf-binary", "x-shader/x-fragment", "x-shader/x-vertex",
    ]
}
