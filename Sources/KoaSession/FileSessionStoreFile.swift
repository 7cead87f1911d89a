import Koa

/// What the file of one session has: JSON text of an object.
struct FileSessionStoreFile: Sendable {
    /// In milliseconds since 1970.
    var expires: Int64
    /// Another one after each saving.
    var version: Int64
    var content: JSONObject

    /// More bytes than this are none of a session.
    static let sizeLimit = JSONLimits.default.bytes

    init(expires: Int64, version: Int64, content: JSONObject) {
        self.expires = expires
        self.version = version
        self.content = content
    }

    /// Reads a file's bytes; nil for one that is torn, or of something else.
    init?(_ bytes: [UInt8]) {
        guard let json = try? JSON.parse(bytes), let expires = json["expires"]?.int, let version = json["version"]?.int,
            let content = json["session"]?.object
        else { return nil }
        self.init(expires: Int64(expires), version: Int64(version), content: content)
    }

    var text: String {
        JSON.object(["expires": JSON(expires), "version": JSON(version), "session": .object(content)]).description
    }
}
