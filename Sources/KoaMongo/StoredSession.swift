#if MongoDB
    import Koa
    import KoaSession

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// A session's document as koa-session-mongo2 has it: `{sid, session, lastAccess}`.
    ///
    /// Its end is `lastAccess` and the lifetime of the collection's index: so MongoDB removes it in time, whoever has written
    /// it. What is ours stands within `session`, which koa-session-mongo2 replaces as a whole: `_version`, which tells the
    /// states apart, and `_text`, the session as JSON text where it can't be a document. koa-session hides both from
    /// the application, and drops them when it saves.
    struct StoredSession {
        var content: JSONObject
        /// Nil for a session that koa-session-mongo2 has saved.
        var version: Int64?
        /// Milliseconds since 1970.
        var lastAccess: Int64

        /// From 1970 to the end of the year 9999, in milliseconds: what every driver can read.
        static let moments: ClosedRange<Int64> = 0...253_402_300_799_999

        /// Reads a document of any origin; nil when it holds no session.
        init?(_ document: BSONDocument) {
            guard var session = document["session"]?.document, let lastAccess = document["lastAccess"]?.date else {
                return nil
            }
            self.lastAccess = lastAccess
            version = session["_version"]?.integer
            if let text = session["_text"]?.string {
                guard var content = try? JSONObject(jsonText: text) else { return nil }
                // Touching has changed it here.
                if let expire = session["_expire"]?.json { content["_expire"] = expire }
                self.content = content
            } else {
                session.elements.removeAll { $0.name == "_version" }
                content = session.json
            }
        }

        /// A session's content as a document.
        static func document(_ content: JSONObject, version: Int64) -> BSONDocument {
            let number = BSONValue.int64(version)
            if content["_version"] == nil, content["_text"] == nil, var document = BSONDocument(content) {
                document.append("_version", number)
                return document
            }
            return ["_version": number, "_text": .string(content.jsonText)]
        }

        /// What tells this state from later ones.
        var revision: SessionRevision { version.map { .number($0) } ?? .text(String(lastAccess)) }

        /// The session for those who asked for it.
        func record(lifetime: Int64) -> SessionRecord {
            // The reference's own document is renewed with each saving, whatever the session's maxAge: its content tells more.
            let isOthers = version == nil && content["_expire"]?.double != nil
            let end = Date(timeIntervalSince1970: Double(lastAccess.saturatingAdding(lifetime)) / 1000)
            return SessionRecord(content: content, expires: isOthers ? nil : end, revision: revision)
        }

        /// Milliseconds since 1970, as far as documents have them.
        static func milliseconds(_ date: Date) -> Int64 {
            let milliseconds = date.timeIntervalSince1970 * 1000
            return milliseconds.isNaN
                ? 0 : Int64(min(max(milliseconds, 0), Double(moments.upperBound)).rounded())
        }
    }

    extension Int64 {
        /// The sum, or the bound that it is beyond.
        func saturatingAdding(_ other: Int64) -> Int64 {
            let (sum, overflows) = addingReportingOverflow(other)
            return overflows ? (other < 0 ? .min : .max) : sum
        }
    }
#endif
