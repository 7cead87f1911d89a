#if MongoDB
    import Koa
    import KoaDatabases
    import KoaSession
    import NIOConcurrencyHelpers

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// The commands that sessions take, one connection at a time. Times are in milliseconds since 1970.
    ///
    /// Each condition is part of the command's filter, and the unique index on `sid` refuses a second session of an id: so
    /// MongoDB itself decides between two requests, on whatever machines they run.
    final class MongoSessions: Sendable {
        let options: MongoOptions
        /// What the collection's index adds to `lastAccess`; nil as long as the indexes weren't looked at.
        private let knownLifetime = NIOLockedValueBox<Int64?>(nil)
        /// When to look at the indexes again: those of a collection that is dropped are gone with it.
        private let look = CleanupSchedule(every: .seconds(60))

        init(_ options: MongoOptions) {
            self.options = options
        }

        private var collection: BSONValue { .string(options.collection) }

        func load(_ id: String, at now: Int64, _ connection: MongoConnection) throws -> SessionRecord? {
            let lifetime = try lifetime(at: now, connection)
            let filter: BSONDocument = ["sid": .string(id), "lastAccess": Self.alive(at: now, lifetime)]
            let reply: BSONDocument
            do {
                reply = try connection.read([
                    "find": collection, "filter": .document(filter), "limit": 1, "singleBatch": true,
                ])
            } catch let failure as MongoFailure where failure.isUnreadable {
                return nil
            }
            guard let document = reply["cursor"]?.document?["firstBatch"]?.array?.first?.document else { return nil }
            return StoredSession(document)?.record(lifetime: lifetime)
        }

        /// - Returns: whether the condition held. It may be called again with the same version when its answer was lost.
        func save(
            _ id: String, _ content: JSONObject, version: Int64, until end: Int64, if condition: SessionCondition,
            at now: Int64, _ connection: MongoConnection
        ) throws -> Bool {
            let lifetime = try lifetime(at: now, connection)
            var filter: BSONDocument = ["sid": .string(id)]
            switch condition {
            case .always: break
            case .absent: filter.append("lastAccess", ["$not": Self.alive(at: now, lifetime)])
            case .unchanged(.number(let revision)):
                filter.append("lastAccess", Self.alive(at: now, lifetime))
                filter.append("session._version", .int64(revision))
            case .unchanged(.text(let revision)):
                guard let lastAccess = Int64(revision), lastAccess > now - lifetime else { return false }
                filter.append("lastAccess", .date(lastAccess))
                filter.append("session._version", ["$exists": false])
            }
            let document: BSONDocument = [
                "sid": .string(id),
                "session": .document(StoredSession.document(content, version: version)),
                "lastAccess": .date(end - lifetime),
            ]
            let inserts = if case .unchanged = condition { false } else { true }
            // Of two that insert at a time one is refused, which then finds the other's.
            for _ in 0..<(condition == .always ? 3 : 1) {
                if try replace(filter, by: document, inserts: inserts, connection) { return true }
            }
            // The first of two calls may have done it, and its answer was lost.
            return try isThere(["sid": .string(id), "session._version": .int64(version)], connection)
        }

        /// - Returns: whether the session was there.
        func touch(
            _ id: String, expire: JSON?, until end: Int64, at now: Int64, _ connection: MongoConnection
        ) throws -> Bool {
            let lifetime = try lifetime(at: now, connection)
            var change: BSONDocument = ["lastAccess": .date(end - lifetime)]
            // The reference goes by this one.
            if let expire = expire?.int { change.append("session._expire", .int64(Int64(expire))) }
            let filter: BSONValue = [
                "sid": .string(id), "lastAccess": Self.alive(at: now, lifetime), "session": ["$type": "object"],
            ]
            let reply = try connection.write([
                "update": collection, "updates": [["q": filter, "u": ["$set": .document(change)]]],
            ])
            return Self.count(reply) > 0
        }

        func destroy(_ id: String, _ connection: MongoConnection) throws {
            // A collection of the reference, which has no unique index, may have several.
            try delete(["sid": .string(id)], connection)
        }

        /// - Returns: how many there were.
        func removeExpired(at now: Int64, _ connection: MongoConnection) throws -> Int {
            let lifetime = try lifetime(at: now, connection)
            return try delete(["lastAccess": ["$lte": .date(now - lifetime)]], connection)
        }
    }

    extension MongoSessions {
        /// What `lastAccess` has to be for a session's time not to be over.
        private static func alive(at now: Int64, _ lifetime: Int64) -> BSONValue {
            ["$gt": .date(now - lifetime)]
        }

        /// How many documents a reply to a write speaks of.
        private static func count(_ reply: BSONDocument) -> Int {
            reply["n"]?.integer.flatMap { Int(exactly: $0) } ?? 0
        }

        /// - Returns: false when nothing matches, or the document that would be inserted is there already.
        private func replace(
            _ filter: BSONDocument, by document: BSONDocument, inserts: Bool, _ connection: MongoConnection
        ) throws -> Bool {
            let update: BSONValue = ["q": .document(filter), "u": .document(document), "upsert": .bool(inserts)]
            do {
                return try Self.count(connection.write(["update": collection, "updates": [update]])) > 0
            } catch let failure as MongoFailure where failure.isDuplicate {
                return false
            }
        }

        @discardableResult
        private func delete(_ filter: BSONDocument, _ connection: MongoConnection) throws -> Int {
            let delete: BSONValue = ["q": .document(filter), "limit": 0]
            return try Self.count(connection.write(["delete": collection, "deletes": [delete]]))
        }

        private func isThere(_ filter: BSONDocument, _ connection: MongoConnection) throws -> Bool {
            let reply = try connection.read([
                "find": collection, "filter": .document(filter), "projection": ["_id": 1], "limit": 1,
                "singleBatch": true,
            ])
            return reply["cursor"]?.document?["firstBatch"]?.array?.isEmpty == false
        }

        /// What the collection's index adds to `lastAccess`.
        private func lifetime(at now: Int64, _ connection: MongoConnection) throws -> Int64 {
            let isDue = look.isDue(at: Date(milliseconds: now))
            if !isDue, let lifetime = knownLifetime.withLockedValue({ $0 }) { return lifetime }
            do {
                let lifetime = try MongoIndexes(options).prepare(connection)
                knownLifetime.withLockedValue { $0 = lifetime }
                return lifetime
            } catch {
                // What can't be mended is for every call to tell, not for one a minute.
                knownLifetime.withLockedValue { $0 = nil }
                throw error
            }
        }
    }
#endif
