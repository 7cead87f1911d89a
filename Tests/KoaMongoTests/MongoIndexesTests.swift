#if MongoDB
    import Foundation
    import Koa
    import KoaMongo
    import KoaSession
    import Testing

    @Suite(
        "MongoDB's indexes", .enabled(if: MongoServer.isThere, "scripts/lib/databases/mongo.sh hasn't started a server")
    )
    struct MongoIndexesTests {
        private let options = MongoServer.options()
        private let now = Date()

        private func indexes(_ options: MongoOptions) throws -> JSON {
            try JSON(
                parsing: MongoServer.python(
                    options,
                    """
                    print(json.dumps({
                        name: [i["key"][0][0], i.get("expireAfterSeconds"), i.get("unique", False)]
                        for name, i in c.index_information().items() if name != "_id_"}))
                    """))
        }

        @Test("are made with the first call: the reference's, and a unique one on the ids")
        func made() async throws {
            var options = options
            options.maxAge = .seconds(3600)
            try await MongoServer.withStore(options) { _ = try await $0.load("a", at: now) }
            #expect(
                try indexes(options) == ["access__idx": ["lastAccess", 3600, false], "sid__idx": ["sid", nil, true]])
            // Once they are there they stay: a store with another maxAge goes by them.
            options.maxAge = .seconds(60)
            try await MongoServer.withStore(options) { store in
                _ = try await store.save("a", [:], until: now.addingTimeInterval(600), if: .absent, at: now)
                #expect(try await store.load("a", at: now.addingTimeInterval(599)) != nil)
                #expect(try await store.load("a", at: now.addingTimeInterval(601)) == nil)
            }
            #expect(try indexes(options)["access__idx"] == ["lastAccess", 3600, false])
        }

        @Test("of the reference's collection are kept, and its lifetime counts")
        func kept() async throws {
            try MongoServer.python(
                options, now: now,
                """
                c.create_index([("lastAccess", 1)], name="access__idx", expireAfterSeconds=120)
                c.insert_one({"sid": "a", "session": {"n": 1}, "lastAccess": at(-100)})
                """)
            try await MongoServer.withStore(options) { store in
                let record = try await store.load("a", at: now)
                #expect(record?.content == ["n": 1])
                let later = try await store.load("a", at: now.addingTimeInterval(21))
                #expect(later == nil)
            }
            #expect(
                try indexes(options) == ["access__idx": ["lastAccess", 120, false], "sid__idx": ["sid", nil, true]])
        }

        @Test("that can't be made, since an id is there twice, make the store unavailable and tell why")
        func duplicates() async throws {
            try MongoServer.python(options, "c.insert_many([{'sid': 'a'}, {'sid': 'a'}])")
            try await MongoServer.withStore(options) { store in
                let error = await #expect(throws: SessionError.self) { _ = try await store.load("b", at: now) }
                #expect(error?.code == .storeUnavailable)
                #expect(error?.message.contains("several documents of one sid") == true)
                // Once that is mended, it goes on.
                try MongoServer.python(options, "c.delete_one({'sid': 'a'})")
                #expect(try await store.load("b", at: now) == nil)
            }
        }

        @Test(
            "that are others of those names make the store unavailable and tell the fix, whichever it is",
            arguments: ["sid", "lastAccess"])
        func conflict(_ field: String) async throws {
            // Where the other one is in order, too.
            try MongoServer.python(
                options,
                field == "sid"
                    ? """
                    c.create_index([("lastAccess", 1)], name="access__idx", expireAfterSeconds=120)
                    c.create_index([("sid", 1)], name="sid__idx", expireAfterSeconds=120)
                    """
                    : """
                    c.create_index([("lastAccess", 1)], name="access__idx")
                    c.create_index([("sid", 1)], name="sid__idx", unique=True)
                    """)
            try await MongoServer.withStore(options) { store in
                for _ in 0..<2 {
                    let error = await #expect(throws: SessionError.self) { _ = try await store.load("b", at: now) }
                    #expect(error?.code == .storeUnavailable)
                    #expect(error?.message.contains("drop it") == true)
                }
                // Once that is mended, it goes on.
                try MongoServer.python(options, "c.drop()")
                #expect(try await store.load("b", at: now) == nil)
            }
            #expect(try indexes(options).object?.count == 2)
        }

        @Test("that are gone with their collection are made again within a minute")
        func dropped() async throws {
            try await MongoServer.withStore(options) { store in
                _ = try await store.load("a", at: now)
                try MongoServer.python(options, "c.drop()")
                _ = try await store.save("a", [:], until: now.addingTimeInterval(600), if: .absent, at: now)
                #expect(try indexes(options) == [:])
                _ = try await store.load("a", at: now.addingTimeInterval(61))
            }
            #expect(
                try indexes(options)
                    == ["access__idx": ["lastAccess", 864_000, false], "sid__idx": ["sid", nil, true]])
        }

        @Test("with another lifetime, by collMod, are gone by within a minute")
        func changed() async throws {
            func set(_ lifetime: Int) throws {
                try MongoServer.python(
                    options,
                    """
                    c.drop()
                    c.create_index([("lastAccess", 1)], name="access__idx", expireAfterSeconds=\(lifetime))
                    """)
            }
            try set(3600)
            try await MongoServer.withStore(options) { store in
                _ = try await store.load("a", at: now)
                try set(100)
                let later = now.addingTimeInterval(61)
                _ = try await store.load("a", at: later)
                _ = try await store.save("a", [:], until: later.addingTimeInterval(50), if: .absent, at: later)
                let ago = try MongoServer.python(
                    options, now: later,
                    "print(round(float(sys.argv[4]) * 1000 - milliseconds(c.find_one()['lastAccess'])))")
                #expect(try abs(#require(Int(ago)) - 50_000) <= 1)
            }
        }

        @Test("that can't be made again are told by every call")
        func notAgain() async throws {
            try await MongoServer.withStore(options) { store in
                _ = try await store.load("b", at: now)
                try MongoServer.python(options, "c.drop()\nc.insert_many([{'sid': 'a'}, {'sid': 'a'}])")
                let later = now.addingTimeInterval(61)
                for _ in 0..<2 { await #expect(throws: SessionError.self) { try await store.load("b", at: later) } }
            }
        }

        @Test("of several stores that begin at a time are made once")
        func parallel() async throws {
            let (options, now) = (options, now)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seconds in [60, 120, 180] {
                    group.addTask {
                        var options = options
                        options.maxAge = .seconds(seconds)
                        try await MongoServer.withStore(options) { _ = try await $0.load("a", at: now) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try indexes(options).object?.count == 2)
        }
    }
#endif
