import Koa

/// How a cookie session is written: the JSON of its content in base64, byte for byte as the reference's.
enum SessionCookieText {
    /// The content as a cookie's value.
    static func encode(_ content: JSONObject) throws -> String {
        JSON.object(content).base64Text
    }

    /// Reads a cookie's value; the alphabet for URLs and missing padding are accepted, as by the reference.
    ///
    /// - Throws: ``SessionError`` `.malformed`.
    static func decode(_ value: String) throws -> JSONObject {
        guard let bytes = Base64.decode(value) else { throw SessionError(.malformed, "The cookie isn't base64.") }
        guard let object = try JSON.parse(bytes).object else {
            throw SessionError(.malformed, "The cookie is no JSON object.")
        }
        return object
    }
}
