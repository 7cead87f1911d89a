#if MongoDB
    import Foundation
    import Koa
    import KoaMongo
    import KoaSession
    import Testing

    @Suite(
        "documents in MongoDB, as pymongo has them",
        .enabled(if: MongoServer.isThere, "scripts/lib/databases/mongo.sh hasn't started a server"))
    struct MongoDocumentsTests {
        private let options = MongoServer.options()
        /// A whole second, which every clock has.
        private let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())

        private func python(_ code: String) throws -> JSON {
            try JSON(parsing: MongoServer.python(options, now: now, code))
        }

        private func after(_ seconds: Double) -> Date { now.addingTimeInterval(seconds) }

        @Test("what the store writes is koa-session-mongo2's document, with a version in the session")
        func written() async throws {
            let content: JSONObject = [
                "name": "Ada", "n": 1, "large": 1_700_000_000_123, "half": 0.5, "list": [1, nil], "a": ["b": true],
            ]
            try await MongoServer.withStore(options) { store in
                _ = try await store.save("it's", content, until: after(3600), if: .absent, at: now)
            }
            let found = try python(
                """
                d = c.find_one({"sid": "it's"})
                s = d["session"]
                print(json.dumps({
                    "fields": list(d), "keys": list(s), "session": {k: s[k] for k in s if k != "_version"},
                    "types": [type(s["n"]).__name__, type(s["large"]).__name__, type(s["_version"]).__name__],
                    "lastAccess": milliseconds(d["lastAccess"]), "end": milliseconds(at(3600 - 864000)),
                }))
                """)
            // The server's own `_id` may stand anywhere.
            #expect(Set(try #require(found["fields"]?.array)) == ["_id", "sid", "session", "lastAccess"])
            #expect(found["session"] == .object(content))
            #expect(found["keys"] == ["name", "n", "large", "half", "list", "a", "_version"])
            #expect(found["types"] == ["int", "Int64", "Int64"])
            // MongoDB removes it ten days later: when the session ends.
            #expect(found["lastAccess"] == found["end"])
        }

        @Test("a session that MongoDB couldn't keep as a document is JSON text in its place")
        func text() async throws {
            try await MongoServer.withStore(options) { store in
                _ = try await store.save("a", ["a.b": ["$c": 1]], until: after(60), if: .absent, at: now)
                let found = try python("print(json.dumps(c.find_one({'sid': 'a'})['session']['_text']))")
                #expect(found == #"{"a.b":{"$c":1}}"#)
                #expect(try await store.load("a", at: now)?.content == ["a.b": ["$c": 1]])
            }
        }

        @Test("what koa-session-mongo2 has written is a session until its maxAge is over")
        func reference() async throws {
            try MongoServer.python(
                options, now: now,
                """
                def put(sid, age, session):
                    c.update_one({"sid": sid}, {"$set": {"sid": sid, "session": session, "lastAccess": at(-age)}}, upsert=True)
                put("fresh", 60, {"user": "ada", "n": 1, "_expire": 1700000000123.0, "_maxAge": 86400000})
                put("browser's", 60, {"user": "ada", "_session": True})
                put("old", 863990, {"user": "ada"})
                put("over", 864010, {"user": "ada"})
                """)
            try await MongoServer.withStore(options) { store in
                let fresh = try #require(try await store.load("fresh", at: now))
                #expect(fresh.content == ["user": "ada", "n": 1, "_expire": 1_700_000_000_123, "_maxAge": 86_400_000])
                #expect(fresh.expires == nil)
                #expect(try await store.load("browser's", at: now)?.expires == after(864_000 - 60))
                #expect(try await store.load("old", at: now)?.content == ["user": "ada"])
                #expect(try await store.load("old", at: after(20)) == nil)
                #expect(try await store.load("over", at: now) == nil)
            }
        }

        @Test("a session of koa-session-mongo2 is saved as unchanged, and not when that has saved it meanwhile")
        func mixed() async throws {
            let save = """
                c.update_one({"sid": "a"}, {"$set": {"sid": "a", "session": {"n": %N}, "lastAccess": at(%T)}}, upsert=True)
                """
            func referenceSaves(_ number: Int, at seconds: Int) throws {
                let code = save.replacingOccurrences(of: "%N", with: "\(number)")
                try MongoServer.python(options, now: now, code.replacingOccurrences(of: "%T", with: "\(seconds)"))
            }
            func saves(_ number: Int, _ record: SessionRecord?, _ store: MongoSessionStore) async throws
                -> SessionSaving
            {
                let revision = try #require(record?.revision)
                return try await store.save(
                    "a", ["n": JSON(number)], until: after(60), if: .unchanged(revision), at: now)
            }
            try referenceSaves(1, at: -10)
            try await MongoServer.withStore(options) { store in
                let first = try await store.load("a", at: now)
                try referenceSaves(2, at: -5)
                #expect(try await saves(3, first, store) == .refused)
                let second = try await store.load("a", at: now)
                #expect(try await saves(4, second, store) != .refused)
                #expect(try await saves(5, second, store) == .refused)
                // Its update leaves alone what it doesn't know; the version must be gone all the same.
                let third = try await store.load("a", at: now)
                try referenceSaves(6, at: 0)
                #expect(try await saves(7, third, store) == .refused)
                #expect(try await store.load("a", at: now)?.content == ["n": 6])
            }
        }

        @Test("touching moves lastAccess, and the end that the reference goes by")
        func touched() async throws {
            try await MongoServer.withStore(options) { store in
                _ = try await store.save("a", ["n": 1, "_expire": 5], until: after(60), if: .absent, at: now)
                let revision = try await store.load("a", at: now)?.revision
                #expect(
                    try await store.touch("a", ["n": 0, "_expire": 1_700_000_000_123], until: after(7200), at: now))
                let found = try python(
                    """
                    d = c.find_one({"sid": "a"})
                    print(json.dumps([d["session"]["n"], d["session"]["_expire"],
                        milliseconds(d["lastAccess"]) - milliseconds(at(7200 - 864000))]))
                    """)
                #expect(found == [1, 1_700_000_000_123, 0])
                // What another request has loaded may still be saved.
                #expect(try await store.load("a", at: now)?.revision == revision)
            }
        }

        @Test(
            "documents that hold no session grant none, whatever is in them, and are no obstacle",
            arguments: MongoDocumentsTests.foreignDocuments)
        func foreign(_ document: String) async throws {
            try MongoServer.python(options, now: now, "c.insert_one(\(document))")
            try await MongoServer.withStore(options) { store in
                #expect(try await store.load("a", at: now) == nil)
                #expect(try await !store.touch("a", ["_expire": 5], until: after(60), at: now))
                _ = try await store.save("a", ["n": 1], until: after(60), if: .always, at: now)
                #expect(try await store.load("a", at: now)?.content == ["n": 1])
                try await store.destroy("a")
                #expect(try await store.load("a", at: now) == nil)
            }
        }

        static let foreignDocuments = [
            "{'sid': 'a'}",
            "{'sid': 'a', 'session': None, 'lastAccess': at(0)}",
            "{'sid': 'a', 'session': 'text', 'lastAccess': at(0)}",
            "{'sid': 'a', 'session': 5, 'lastAccess': at(0)}",
            "{'sid': 'a', 'session': {'_text': '{', '_version': 1}, 'lastAccess': at(-864001)}",
            "{'sid': 'a', 'session': {'n': 1}, 'lastAccess': 'yesterday'}",
            "{'sid': 'a', 'session': {'n': 1}, 'lastAccess': {'at': at(0)}}",
            "{'sid': 'a', 'session': {'n': 1}}",
        ]

        @Test("values of every type of BSON are read")
        func everyType() async throws {
            try MongoServer.python(
                options, now: now,
                """
                session = {
                    "date": datetime.datetime(2020, 1, 2, 3, 4, 5, 678000), "id": bson.ObjectId("0123456789abcdef01234567"),
                    "bytes": b"abc", "uuid": bson.Binary(b"0123456789abcdef", 4), "re": re.compile("a", re.I),
                    "decimal": bson.Decimal128("1.5"), "stamp": bson.Timestamp(1, 2), "code": bson.Code("f"),
                    "scope": bson.Code("f", {"a": 1}), "min": bson.MinKey(), "max": bson.MaxKey(),
                    "long": Int64(2**53 + 1), "inf": float("inf"), "deep": [{"a": [{}, []]}],
                }
                c.insert_one({"sid": "a", "session": session, "lastAccess": at(0)})
                """)
            try await MongoServer.withStore(options) { store in
                let record = try await store.load("a", at: now)
                #expect(
                    record?.content == [
                        "date": "2020-01-02T03:04:05.678Z", "id": "0123456789abcdef01234567", "bytes": "YWJj",
                        "uuid": "MDEyMzQ1Njc4OWFiY2RlZg==", "re": nil, "decimal": nil, "stamp": nil, "code": "f",
                        "scope": nil,
                        "min": nil, "max": nil, "long": 9_007_199_254_740_993, "inf": nil, "deep": [["a": [[:], []]]],
                    ])
            }
        }

        @Test("a document that is too deep to be read is no session, and not an error")
        func deep() async throws {
            try MongoServer.python(
                options, now: now,
                """
                session = {}
                for _ in range(205): session = {"a": session}
                c.insert_one({"sid": "a", "session": session, "lastAccess": at(0)})
                """)
            try await MongoServer.withStore(options) { store in
                let record = try await store.load("a", at: now)
                #expect(record == nil)
                _ = try await store.save("a", ["n": 1], until: after(60), if: .always, at: now)
                #expect(try await store.load("a", at: now)?.content == ["n": 1])
            }
        }

        @Test("MongoDB removes sessions whose time is over by itself, and no others")
        func timeToLive() async throws {
            try await MongoServer.withStore(options) { store in
                for (id, end) in [("over", -2.0), ("not over", 60)] {
                    _ = try await store.save(id, [:], until: after(end), if: .always, at: after(-10))
                }
                #expect(try python("print(json.dumps([d['sid'] for d in c.find()]))") == ["not over"])
            }
        }
    }
#endif
