#if MongoDB
    import Koa
    import KoaSession
    import Testing

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @testable import KoaMongo

    @Suite("a session's document")
    struct StoredSessionTests {
        /// A stored document, by way of its bytes.
        private func read(_ session: BSONValue, lastAccess: BSONValue = .date(1000)) throws -> StoredSession? {
            let document: BSONDocument = ["_id": 1, "sid": "a", "session": session, "lastAccess": lastAccess]
            return StoredSession(try #require(BSONDocument(bytes: document.bytes)))
        }

        private func roundTrip(_ content: JSONObject) throws -> StoredSession? {
            try read(.document(StoredSession.document(content, version: 7)))
        }

        @Test("has the content as a document, in its order, and the version behind it")
        func plain() throws {
            let content: JSONObject = [
                "views": 1, "large": 9_007_199_254_740_991, "half": 0.5, "list": [1, [2.5, nil]],
                "a": ["c": 1, "b": true],
            ]
            #expect(
                StoredSession.document(content, version: 7) == [
                    "views": 1, "large": .int64(9_007_199_254_740_991), "half": .double(0.5),
                    "list": [1, [.double(2.5), .null]], "a": ["c": 1, "b": true], "_version": .int64(7),
                ])
            let stored = try #require(try roundTrip(content))
            #expect(stored.content == content)
            #expect(Array(stored.content.keys) == Array(content.keys))
            #expect(stored.revision == .number(7))
        }

        @Test("takes 32 bits for the integers that fit, as the drivers do, and 64 for the others")
        func integers() {
            let content: JSONObject = ["a": 2_147_483_647, "b": -2_147_483_648, "c": 2_147_483_648, "d": 3.0]
            #expect(
                StoredSession.document(content, version: 7) == [
                    "a": .int32(.max), "b": .int32(.min), "c": .int64(2_147_483_648), "d": 3, "_version": .int64(7),
                ])
        }

        @Test("has it as text where MongoDB couldn't keep it", arguments: StoredSessionTests.texts)
        func text(_ content: JSONObject) throws {
            let document = StoredSession.document(content, version: 7)
            #expect(document == ["_version": .int64(7), "_text": .string(content.jsonText)])
            let stored = try #require(try roundTrip(content))
            #expect(stored.content == content)
            #expect(stored.version == 7)
        }

        static let texts: [JSONObject] = [
            ["a.b": 1], ["$where": 1], ["a": ["$set": 1]], ["a": [["x": ["b.c": 1]]]], ["nul\u{0}l": 1], ["": 1],
            ["large": JSON(UInt64.max)], ["_version": 1], ["_text": "a"],
            ["deep": (0..<100).reduce(into: 1) { json, _ in json = [json] }],
            ["deep": (0..<100).reduce(into: 1) { json, _ in json = ["a": json] }],
        ]

        @Test("keeps names that only look special")
        func names() throws {
            let content: JSONObject = [
                "a$": 1, "__proto__": 2, "_expire": 3, "key with 'quotes'": 4, "é": 5, "e\u{301}": 6,
            ]
            #expect(StoredSession.document(content, version: 7)["_text"] == nil)
            let stored = try #require(try roundTrip(content))
            #expect(stored.content == content)
            #expect(stored.content.count == 6)
        }

        @Test("has the text's new end after it was touched")
        func touchedText() throws {
            var document = StoredSession.document(["a.b": 1, "_expire": 5], version: 7)
            document.append("_expire", .int64(9))
            #expect(try read(.document(document))?.content == ["a.b": 1, "_expire": 9])
        }

        @Test("of the reference has no version: its revision is when it was saved")
        func reference() throws {
            let stored = try #require(
                try read(["user": "ada", "_expire": .double(1_700_000_000_123), "_maxAge": 86_400_000]))
            #expect(stored.content == ["user": "ada", "_expire": 1_700_000_000_123, "_maxAge": 86_400_000])
            #expect(stored.revision == .text("1000"))
        }

        @Test("of the reference ends as its content says; without that, when its document goes")
        func ends() throws {
            let own = try #require(try roundTrip(["_expire": 5])).record(lifetime: 5000)
            #expect(own.expires?.timeIntervalSince1970 == 6)
            let others = try #require(try read(["_expire": 5])).record(lifetime: 5000)
            #expect(others.expires == nil)
            let endless = try #require(try read(["_session": true])).record(lifetime: 5000)
            #expect(endless.expires?.timeIntervalSince1970 == 6)
            let far = try #require(try read([:], lastAccess: .date(.max))).record(lifetime: 5000)
            #expect(far.expires != nil)
        }

        @Test("with what JSON has nothing for reads as JSON.stringify would write it")
        func foreignValues() throws {
            let session: BSONValue = [
                "date": .date(1_700_000_000_123), "id": .objectID([0, 15] + Array(repeating: 255, count: 10)),
                "bytes": .binary([1, 2, 3]), "gone": .undefined, "list": [.null, .double(.infinity)],
                "far": .date(.max), "before": .date(-1), "nan": .double(.nan),
            ]
            var document: BSONDocument = ["session": session, "lastAccess": .date(0)]
            document.append("sid", "a")
            let stored = try #require(StoredSession(document))
            #expect(
                stored.content == [
                    "date": "2023-11-14T22:13:20.123Z", "id": "000fffffffffffffffffffff", "bytes": "AQID",
                    "list": [nil, nil], "far": nil, "before": "1969-12-31T23:59:59.999Z", "nan": nil,
                ])
        }

        @Test("that has the same name twice has the last one's value")
        func duplicates() throws {
            #expect(try read(["a": 1, "b": 2, "a": 3])?.content == ["a": 3, "b": 2])
        }

        @Test(
            "that holds no session is none",
            arguments: ["text", 5, .null, [], true, .binary([1]), ["_text": "{"], ["_text": "[1]"]] as [BSONValue])
        func none(_ session: BSONValue) throws {
            #expect(try read(session) == nil)
        }

        @Test("without a date is none")
        func undated() throws {
            for lastAccess: BSONValue in ["2023-11-14", 5, .int64(1_700_000_000_000), .null] {
                #expect(try read([:], lastAccess: lastAccess) == nil)
            }
            #expect(StoredSession(["session": [:]]) == nil)
            #expect(StoredSession([:]) == nil)
        }
    }
#endif
