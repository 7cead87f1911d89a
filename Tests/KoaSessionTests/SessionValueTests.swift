import KoaSession
import KoaTesting
import Testing

@Suite("values of a session")
struct SessionValueTests {
    /// What the body of a handler gives, with a new session.
    private func run(_ handler: @escaping @Sendable (Context) throws -> Void) async throws -> (TestResponse, Site) {
        let site = Site { ctx, _ in try handler(ctx) }
        return (try await site.app.test.get("/"), site)
    }

    private struct User: Codable, Equatable {
        var id: Int
        var name: String
        var tags: [String]?
    }

    @Test("are of any type that JSON can hold")
    func types() async throws {
        let (response, _) = try await run { ctx in
            let name = "小龙"
            ctx.session["text"] = name
            ctx.session["int"] = 1
            ctx.session["double"] = 1.5
            ctx.session["bool"] = true
            ctx.session["list"] = ["a", "b"]
            ctx.session["user"] = User(id: 1, name: name)
            ctx.session["json"] = ["a": [nil, false]] as JSON
            #expect(ctx.session["text"] == name)
            #expect(ctx.session["int"] == 1)
            #expect(ctx.session["double"] == 1.5)
            #expect(ctx.session["bool"] == true)
            #expect(ctx.session["list"] == ["a", "b"])
            #expect(ctx.session["user"] == User(id: 1, name: name))
            ctx.body = .json(ctx.session)
        }
        #expect(
            response.text
                == #"{"text":"小龙","int":1,"double":1.5,"bool":true,"list":["a","b"],"user":{"id":1,"name":"小龙"},"json":{"a":[null,false]}}"#
        )
    }

    @Test("that aren't there, or of another type, are nil")
    func misses() async throws {
        _ = try await run { ctx in
            ctx.session["text"] = "a"
            let number: Int? = ctx.session["text"]
            let user: User? = ctx.session["text"]
            let none: String? = ctx.session["none"]
            #expect(number == nil && user == nil && none == nil)
            #expect(ctx.session["none"] == nil)
            #expect(ctx.session["text", default: 7] == 7)
            #expect(ctx.session["none", default: "x"] == "x")
        }
    }

    @Test("are removed by nil")
    func removal() async throws {
        let (response, _) = try await run { ctx in
            ctx.session["a"] = 1
            ctx.session["b"] = 2
            ctx.session["a"] = nil
            ctx.session["b"] = User?.none
            ctx.body = .json(ctx.session)
        }
        #expect(response.text == "{}")
        #expect(response.cookieLines == [])
    }

    @Test("change in place", arguments: [1, 3])
    func inPlace(_ count: Int) async throws {
        let (response, _) = try await run { ctx in
            for number in 1...count {
                ctx.session["views", default: 0] += 1
                ctx.session["list", default: [Int]()].append(number)
            }
            ctx.body = .json(ctx.session)
        }
        #expect(response.text == #"{"views":\#(count),"list":\#(JSON((1...count).map { JSON($0) }))}"#)
    }

    @Test("of the session's own keys are refused, nothing lost in silence", arguments: ["_expire", "_x", "isNew", "_"])
    func reserved(_ key: String) async throws {
        let (response, site) = try await run { ctx in ctx.session[key] = 1 }
        #expect(response.status == 500)
        #expect(site.errors.all.first?.contains("`\(key)`") == true)
        let (replaced, _) = try await run { ctx in ctx.session.replace(with: [key: 1]) }
        #expect(replaced.status == 500)
    }

    @Test("that are no JSON are refused")
    func invalid() async throws {
        struct Broken: Codable {
            struct Failure: Error {}
            func encode(to encoder: any Encoder) throws { throw Failure() }
            init() {}
            init(from decoder: any Decoder) throws {}
        }
        let (response, site) = try await run { ctx in ctx.session["a"] = Broken() }
        #expect(response.status == 500)
        #expect(site.errors.all.first?.contains("`a`") == true)
    }

    @Test("that a foreign cookie holds under the session's own keys aren't seen")
    func foreign() async throws {
        let site = Site(SessionOptions(signed: false)) { ctx, _ in ctx.body = .json(ctx.session) }
        let cookie = "eyJfeCI6MSwiaXNOZXciOnRydWUsImEiOjJ9"  // {"_x":1,"isNew":true,"a":2}
        let response = try await site.app.test.get("/", headers: ["Cookie": "koa.sess=\(cookie)"])
        #expect(response.text == #"{"a":2}"#)
    }
}

@Suite("a session as a type")
struct TypedSessionTests {
    struct Cart: SessionType {
        var items: [String] = []
        var coupon: String?
    }

    @Test("is read and written by its properties, and keeps other keys")
    func properties() async throws {
        let site = Site { ctx, _ in
            ctx.session["user"] = "tobi"
            let cart = ctx.session(as: Cart.self)
            if ctx.path == "/add" {
                cart.items.append("apple")
                cart.coupon = "X"
            }
            if ctx.path == "/none" { cart.coupon = nil }
            ctx.body = .json(ctx.session)
        }
        let browser = site.browser
        #expect(try await browser.get("/").text == #"{"user":"tobi"}"#)
        #expect(try await browser.get("/add").text == #"{"user":"tobi","items":["apple"],"coupon":"X"}"#)
        #expect(try await browser.get("/add").text == #"{"user":"tobi","items":["apple","apple"],"coupon":"X"}"#)
        #expect(try await browser.get("/none").text == #"{"user":"tobi","items":["apple","apple"]}"#)
    }

    @Test("sees what is set by keys, and begins anew where that doesn't fit")
    func keys() async throws {
        let site = Site { ctx, _ in
            let cart = ctx.session(as: Cart.self)
            ctx.session["items"] = ["pear"]
            #expect(cart.items == ["pear"])
            ctx.session["items"] = "no list"
            #expect(cart.items == [])
            cart.value = Cart(items: ["fig"])
            #expect(ctx.session["items"] == ["fig"])
        }
        #expect(try await site.app.test.get("/").status == 404)
    }

    /// What a session was before a property was added.
    struct OldOrder: SessionType { var items: [String] = [] }
    struct Order: SessionType {
        var items: [String] = []
        var total = 7
    }

    @Test("has its defaults for what an older session lacks, and keeps what that has")
    func added() async throws {
        let site = Site { ctx, _ in
            ctx.session(as: OldOrder.self).items.append("apple")
            let order = ctx.session(as: Order.self)
            #expect(order.items == ["apple"])
            #expect(order.total == 7)
            order.total += 1
            ctx.body = .json(ctx.session)
        }
        #expect(try await site.app.test.get("/").text == #"{"items":["apple"],"total":8}"#)
    }

    @Test("writes only the properties that change")
    func written() async throws {
        let site = Site { ctx, _ in
            ctx.session(as: Order.self).total = 1
            ctx.session(as: Order.self).total = 2
            ctx.body = .json(ctx.session)
        }
        #expect(try await site.app.test.get("/").text == #"{"total":2}"#)
    }

    @Test("refuses properties of the session's own names")
    func reserved() async throws {
        struct Bad: SessionType {
            var isNew = false
        }
        let site = Site { ctx, _ in ctx.session(as: Bad.self).isNew = true }
        #expect(try await site.app.test.get("/").status == 500)
    }
}

@Suite("flash messages")
struct FlashTests {
    @Test("are given once, in their order, by their kinds")
    func once() async throws {
        let site = Site { ctx, _ in
            switch ctx.path {
            case "/set":
                ctx.session.flash("notice", "one")
                ctx.session.flash("error", "two")
                ctx.session.flash("notice", "three")
            case "/notice": ctx.body = .json(ctx.session.takeFlash("notice"))
            default: ctx.body = .text(ctx.session.takeFlashes().map { "\($0.kind): \($0.messages)" }.joined())
            }
        }
        let browser = site.browser
        _ = try await browser.get("/set")
        #expect(try await browser.get("/notice").text == #"["one","three"]"#)
        #expect(try await browser.get("/notice").text == "[]")
        #expect(try await browser.get("/all").text == #"error: ["two"]"#)
        #expect(try await browser.get("/all").text == "")
    }

    @Test("survive a session that was emptied of all else")
    func foreign() async throws {
        let site = Site { ctx, _ in
            ctx.session["flash"] = "not an object"
            #expect(ctx.session.takeFlash("notice") == [])
            ctx.session.flash("notice", "a")
            #expect(ctx.session.takeFlash("notice") == ["a"])
            #expect(ctx.session["flash"] == nil)
        }
        #expect(try await site.app.test.get("/").status == 404)
    }
}
