#if Redis
    import NIOCore
    import Testing

    @testable import KoaRedis

    @Suite("RedisOptions") struct RedisOptionsTests {
        @Test("greets by AUTH with and without a user, SELECT unless it is 0, and PING")
        func greeting() {
            #expect(RedisOptions().greeting.map(\.arguments) == [["PING"]])
            #expect(RedisOptions(user: "u").greeting.map(\.arguments) == [["AUTH", "u", ""], ["PING"]])
            #expect(
                RedisOptions(user: "u", password: "p", database: 3).greeting.map(\.arguments)
                    == [["AUTH", "u", "p"], ["SELECT", "3"], ["PING"]])
            #expect(
                RedisOptions(socketPath: "/s", password: "p").greeting.map(\.arguments) == [["AUTH", "p"], ["PING"]])
        }

        @Test("options don't tell the password")
        func secret() {
            let options = RedisOptions(host: "::1", user: "u", password: "hunter2", database: 1)
            var dumped = ""
            dump(options, to: &dumped)
            for text in ["\(options)", String(reflecting: options), dumped] { #expect(!text.contains("hunter2")) }
            #expect("\(options)" == "RedisOptions([::1]:6379, database: 1)")
        }

        @Test("a URL says where Redis is, and who asks")
        func url() throws {
            let all = try RedisOptions(url: "redis://ada:s%40cret%2F@db.example:6380/2")
            #expect((all.host, all.port, all.database) == ("db.example", 6380, 2))
            #expect((all.user, all.password) == ("ada", "s@cret/"))
            let least = try RedisOptions(url: "REDIS://localhost")
            #expect((least.host, least.port, least.database) == ("localhost", 6379, 0))
            #expect((least.user, least.password) == (nil, nil))
            let password = try RedisOptions(url: "redis://:p@[::1]/")
            #expect((password.host, password.user, password.password) == ("::1", nil, "p"))
            #expect(try RedisOptions(url: "unix:///run/redis.sock").socketPath == "/run/redis.sock")
        }

        @Test(
            "any other text is an error that doesn't tell the password",
            arguments: [
                "", "localhost", "redis:", "redis://", "redis://:hunter2@", "http://:hunter2@host", "redis://host/x",
                "redis://host/-1", "redis://:hunter2@host/99999999999999999999", "redis://host:x",
                "redis://:hunter2@host?db=1",
                "rediss://:hunter2@host", "unix://", "unix://host/path", "redis://%zz",
            ])
        func badURL(text: String) throws {
            let error = #expect(throws: RedisError.self) { try RedisOptions(url: text) }
            #expect(error?.code == .invalidURL)
            #expect(error?.description.contains("hunter2") == false)
        }

        @Test("times that are negative or endless are no error")
        func times() {
            var options = RedisOptions()
            #expect(options.times.connect == .seconds(2))
            #expect(options.times.call == .seconds(5))
            (options.connectTimeout, options.timeout) = (.seconds(-1), .seconds(Int64.max))
            #expect(options.times.connect == .milliseconds(1))
            #expect(options.times.call == .hours(24))
        }
    }
#endif
