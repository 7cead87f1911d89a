import KoaSession
import KoaTesting
import Testing

@Suite("session in a cookie")
struct CookieSessionTests {
    @Test("is the reference's cookie byte for byte")
    func bytes() async throws {
        let site = Site { ctx, _ in ctx.session["views"] = 5 }
        let response = try await site.app.test.get("/")
        #expect(
            response.cookieLines.first
                == "koa.sess=eyJ2aWV3cyI6NSwiX2V4cGlyZSI6MTcwMDA4NjQwMDAwMCwiX21heEFnZSI6ODY0MDAwMDB9; path=/; httponly"
        )
        #expect(response.cookieLines.count == 2)
        #expect(response.line(of: "koa.sess.sig") != nil)
    }

    @Test("is counted up from visit to visit")
    func counts() async throws {
        let site = Site { ctx, _ in
            ctx.session["views", default: 0] += 1
            ctx.body = .text("\(ctx.session["views"] ?? 0)")
        }
        let browser = site.browser
        for count in 1...3 { #expect(try await browser.get("/").text == "\(count)") }
        #expect(try await site.app.test.get("/").text == "1")
    }

    @Test("isn't set when nobody asks for it, nor when a new one stays empty")
    func untouched() async throws {
        let site = Site { ctx, _ in
            if ctx.path == "/read" { ctx.body = .text("\(ctx.session.isNew) \(ctx.session.populated)") }
        }
        #expect(try await site.app.test.get("/").cookieLines == [])
        let read = try await site.app.test.get("/read")
        #expect(read.text == "true false")
        #expect(read.cookieLines == [])
    }

    @Test("isn't set again when it was only read, or set to the same value")
    func unchanged() async throws {
        let site = Site { ctx, _ in
            switch ctx.path {
            case "/set", "/same": ctx.session["message"] = "hello;world"
            case "/change": ctx.session["message"] = "bye"
            default: ctx.body = .text(ctx.session["message"] ?? "none")
            }
        }
        let browser = site.browser
        _ = try await browser.get("/set")
        let read = try await browser.get("/")
        #expect(read.text == "hello;world")
        #expect(read.cookieLines == [])
        #expect(try await browser.get("/same").cookieLines == [])
        #expect(try await browser.get("/change").cookieLines.count == 2)
        #expect(try await browser.get("/").text == "bye")
    }

    @Test("is removed from the browser when it is destroyed")
    func destroyed() async throws {
        let site = Site { ctx, _ in
            if ctx.path == "/out" {
                ctx.session.destroy()
                #expect(ctx.session.isRemoved)
                #expect(ctx.session.length == 0)
            } else {
                ctx.session["user"] = "tobi"
            }
        }
        let browser = site.browser
        _ = try await browser.get("/")
        let response = try await browser.get("/out")
        #expect(response.line(of: "koa.sess") == "koa.sess=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly")
        #expect(browser.cookies["koa.sess"] == nil)
    }

    @Test("begins anew with what is set after it was destroyed")
    func afterDestroying() async throws {
        let site = Site { ctx, _ in
            ctx.session["user"] = "tobi"
            ctx.session.destroy()
            ctx.session["notice"] = "bye"
            ctx.body = .json(ctx.session)
        }
        let response = try await site.app.test.get("/")
        #expect(response.text == #"{"notice":"bye"}"#)
        #expect(content(response.value())?["user"] == nil)
        #expect(content(response.value())?["notice"] == "bye")
    }

    @Test("takes an object in its place, an empty one only where there was another")
    func replaced() async throws {
        let site = Site { ctx, _ in
            ctx.session.replace(with: ctx.path == "/empty" ? [:] : ["message": "hello"])
            ctx.body = .json(ctx.session)
        }
        #expect(try await site.app.test.get("/empty").cookieLines == [])
        let browser = site.browser
        #expect(try await browser.get("/").text == #"{"message":"hello"}"#)
    }

    @Test("is saved when it was emptied key by key, as an empty one")
    func emptied() async throws {
        let site = Site { ctx, _ in
            ctx.session["a"] = ctx.path == "/set" ? 1 : JSON?.none
        }
        let browser = site.browser
        _ = try await browser.get("/set")
        let response = try await browser.get("/")
        #expect(content(response.value())?["a"] == nil)
        #expect(content(response.value())?["_maxAge"] == 86_400_000)
    }

    @Test("is saved when an error is thrown below and caught above")
    func caught() async throws {
        let app = Application()
        app.keys = ["a"]
        app.use { ctx, next in
            do { try await next() } catch { ctx.body = "caught" }
        }
        app.use(session())
        app.use { ctx in
            ctx.session["message"] = "kept"
            throw HTTPError(.forbidden)
        }
        let response = try await app.test.get("/")
        #expect(response.text == "caught")
        #expect(content(response.value())?["message"] == "kept")
    }

    @Test("is a body, has a length, keys and values")
    func members() async throws {
        let site = Site { ctx, _ in
            ctx.session["b"] = 1
            ctx.session["a"] = ["x": [1, 2]]
            #expect(ctx.session.length == 2)
            #expect(ctx.session.populated)
            #expect(ctx.session.keys == ["b", "a"])
            #expect(ctx.session.values == ["b": 1, "a": ["x": [1, 2]]])
            #expect(ctx.session.id == nil)
            ctx.body = .json(ctx.session)
        }
        #expect(try await site.app.test.get("/").text == #"{"b":1,"a":{"x":[1,2]}}"#)
    }

    @Test("saves at once by save(), empty or not")
    func saves() async throws {
        let site = Site { ctx, _ in
            try await ctx.session.save()
            ctx.body = .text(ctx.response.get("Set-Cookie") == nil ? "no" : "yes")
        }
        let response = try await site.app.test.get("/")
        #expect(response.text == "yes")
        #expect(content(response.value())?.object?.keys.map { $0 } == ["_expire", "_maxAge"])
    }

    @Test("is saved by commit() alone when autoCommit is off")
    func manual() async throws {
        let site = Site(SessionOptions(autoCommit: false)) { ctx, _ in
            ctx.session["message"] = "hi"
            if ctx.path == "/commit" { try await ctx.session.manuallyCommit() }
        }
        #expect(try await site.app.test.get("/").cookieLines == [])
        #expect(try await site.app.test.get("/commit").cookieLines.count == 2)
    }

    @Test("has the attributes of the options")
    func attributes() async throws {
        let options = SessionOptions(
            key: "s", maxAge: .hours(1), signed: false, path: "/app", domain: "example.com", httpOnly: false,
            sameSite: .lax, priority: .high, partitioned: true)
        let site = Site(options) { ctx, _ in ctx.session["a"] = 1 }
        let line = try await site.app.test.get("/app").line(of: "s")
        #expect(
            line?.drop { $0 != ";" }
                == "; path=/app; expires=Tue, 14 Nov 2023 23:13:20 GMT; domain=example.com; priority=high; samesite=lax; partitioned"
        )
    }

    @Test("is written and read by the functions of the options")
    func coding() async throws {
        var options = SessionOptions()
        options.encode = { "x" + ($0["a"]?.string ?? "") }
        options.decode = { ["a": .string(String($0.dropFirst()))] }
        let site = Site(options) { ctx, _ in
            ctx.body = .text(ctx.session["a"] ?? "none")
            ctx.session["a"] = "hello"
        }
        let browser = site.browser
        #expect(try await browser.get("/").text == "none")
        #expect(browser.cookies["koa.sess"] == "xhello")
        #expect(try await browser.get("/").text == "hello")
    }

    @Test("that can't be encoded fails the request")
    func encodingFails() async throws {
        struct Broken: Error {}
        var options = SessionOptions()
        options.encode = { _ in throw Broken() }
        let site = Site(options) { ctx, _ in ctx.session["a"] = 1 }
        #expect(try await site.app.test.get("/").status == 500)
        #expect(site.errors.all.count == 1)
    }

    @Test("that another error than of syntax refuses fails the request and is removed")
    func decodingFails() async throws {
        struct Broken: Error {}
        var options = SessionOptions(signed: false)
        options.decode = { _ in throw Broken() }
        let site = Site(options) { ctx, _ in ctx.body = .text("\(ctx.session.isNew)") }
        let response = try await site.app.test.get("/", headers: ["Cookie": "koa.sess=abc"])
        #expect(response.status == 500)
        #expect(response.line(of: "koa.sess")?.hasPrefix("koa.sess=; ") == true)
        #expect(site.errors.all.count == 1)
    }
}
