#if MongoDB
    import KoaSession

    /// The indexes that the collection of the sessions needs: the reference's, which removes old documents, and a unique one on
    /// the ids, which the reference lacks.
    struct MongoIndexes {
        let options: MongoOptions

        init(_ options: MongoOptions) {
            self.options = options
        }

        /// Makes those that aren't there.
        ///
        /// - Returns: after how many milliseconds the index removes a document.
        func prepare(_ connection: MongoConnection) throws -> Int64 {
            do {
                do {
                    return try makeMissing(connection)
                } catch let failure as MongoFailure where failure.isIndexConflict {
                    // Another process may just have made one, with another lifetime: both have to be there all the same.
                    return try makeMissing(connection)
                }
            } catch let failure as MongoFailure where failure.isIndexConflict {
                throw SessionError(
                    .storeUnavailable,
                    "MongoDB's collection \(options.collection) has another index on lastAccess or sid: drop it.",
                    cause: failure)
            } catch let failure as MongoFailure where failure.isDuplicate {
                throw SessionError(
                    .storeUnavailable,
                    "MongoDB's collection \(options.collection) has several documents of one sid, so that it can't have a "
                        + "unique index: remove the older ones.", cause: failure)
            }
        }

        private func makeMissing(_ connection: MongoConnection) throws -> Int64 {
            let there = try list(connection)
            var missing: [BSONValue] = []
            let lifetime = lifetime(of: there)
            let seconds = Int32(min(max(options.maxAge / .seconds(1), 0), Double(Int32.max)))
            if lifetime == nil {
                missing.append([
                    "key": ["lastAccess": 1], "name": "access__idx", "expireAfterSeconds": .int32(seconds),
                ])
            }
            if !there.contains(where: { Self.field(of: $0) == "sid" && $0["unique"] == true }) {
                missing.append(["key": ["sid": 1], "name": "sid__idx", "unique": true])
            }
            if !missing.isEmpty {
                _ = try connection.write(["createIndexes": .string(options.collection), "indexes": .array(missing)])
            }
            return lifetime ?? Int64(seconds) * 1000
        }

        /// The collection's indexes; none while there is no collection.
        private func list(_ connection: MongoConnection) throws -> [BSONDocument] {
            do {
                // A collection has at most 64, which one reply holds.
                let reply = try connection.read([
                    "listIndexes": .string(options.collection), "cursor": ["batchSize": 1000],
                ])
                return reply["cursor"]?.document?["firstBatch"]?.array?.compactMap(\.document) ?? []
            } catch let failure as MongoFailure where failure.isMissingCollection {
                return []
            }
        }

        private func lifetime(of indexes: [BSONDocument]) -> Int64? {
            let index = indexes.first { Self.field(of: $0) == "lastAccess" && $0["expireAfterSeconds"]?.integer != nil }
            return index?["expireAfterSeconds"]?.integer.map { min(max($0, 0), Int64(Int32.max)) * 1000 }
        }

        /// The field of an index that has one.
        private static func field(of index: BSONDocument) -> String? {
            guard let key = index["key"]?.document, key.elements.count == 1 else { return nil }
            return key.elements.first?.name
        }
    }
#endif
