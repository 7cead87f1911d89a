import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How a cookie session is written: the JSON of its content in base64, byte for byte as the reference's.
enum SessionCookieText {
    /// The content as a cookie's value.
    static func encode(_ content: JSONObject) throws -> String {
        Data(content.jsonText.utf8).base64EncodedString()
    }

    /// Reads a cookie's value; the alphabet for URLs and missing padding are accepted, as by the reference.
    ///
    /// - Throws: ``SessionError`` `.malformed`.
    static func decode(_ value: String) throws -> JSONObject {
        guard let data = data(of: value) else { throw SessionError(.malformed, "The cookie isn't base64.") }
        guard let object = try JSON.parse(data).object else {
            throw SessionError(.malformed, "The cookie is no JSON object.")
        }
        return object
    }

    static func data(of value: String) -> Data? {
        if let data = Data(base64Encoded: value) { return data }
        var bytes = value.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        while bytes.count % 4 != 0 { bytes.append(UInt8(ascii: "=")) }
        return Data(base64Encoded: Data(bytes))
    }
}
