#if MongoDB
    import KoaMongo
    import KoaSession
    import Testing

    @Suite("MongoDB's options")
    struct MongoOptionsTests {
        @Test("are koa-session-mongo2's by default")
        func defaults() {
            let options = MongoOptions()
            #expect(options.url == "mongodb://127.0.0.1:27017")
            #expect(options.database == "sessions")
            #expect(options.collection == "__session")
            #expect(options.maxAge == .seconds(864_000))
            #expect(options.poolSize == 8)
            #expect(options.connectTimeout == .seconds(2))
            #expect(options.timeout == .seconds(5))
        }

        @Test("tell where the sessions are, and never the password", arguments: MongoOptionsTests.secrets)
        func description(_ url: String) {
            let options = MongoOptions(url, user: "shop", password: "s3cret")
            for text in [
                "\(options)", String(reflecting: options),
                String(describing: Mirror(reflecting: options).children.map(\.value)),
            ] {
                #expect(!text.contains("s3cret"), "\(text)")
                #expect(text.contains("db.example"), "\(text)")
            }
        }

        static let secrets = [
            "mongodb://db.example", "mongodb://shop:s3cret@db.example:27017/admin?tls=true",
            "mongodb+srv://shop:s3cret@db.example/?retryWrites=true", "mongodb://shop:s3cret/@db.example/",
            "mongodb://shop:a@s3cret@db.example/",
        ]

        @Test(
            "that can never work are refused when the store is made, with a hint",
            arguments: [
                "", "localhost", "http://127.0.0.1", "mongodb://", "mongodb://a:b:c@host", "mongodb://u:p%zz@host",
                "mongodb://host:70000", "mongodb://host:-1", "mongodb://host:0",
            ])
        func unreadable(_ url: String) {
            let error = #expect(throws: SessionError.self) { try MongoSessionStore(url) }
            #expect(error?.code == .storeUnavailable)
            #expect(error?.message.contains("mongodb://host:port") == true)
        }

        @Test("need names of a database and a collection", arguments: ["", "a\u{0}b"])
        func names(_ name: String) {
            #expect(throws: SessionError.self) { try MongoSessionStore(MongoOptions(database: name)) }
            #expect(throws: SessionError.self) { try MongoSessionStore(MongoOptions(collection: name)) }
        }
    }
#endif
