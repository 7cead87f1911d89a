import KoaTesting
import Testing

@testable import KoaRouter

@Suite("Paths that are made to do harm")
struct HardPathTests {
    @Test("a parameter of 100 KB is a parameter")
    func long() async throws {
        let router = Router()
        router.get("/x/:value/end") { ctx in ctx.body = "\(ctx.params["value"]?.utf8.count ?? 0)" }
        let value = String(repeating: "a", count: 100_000)
        #expect(try await router.client.get("/x/\(value)/end").text == "100000")
        #expect(try await router.client.get("/x/\(value)").status == .notFound)
        let escaped = String(repeating: "%20", count: 33_000)
        #expect(try await router.client.get("/x/\(escaped)/end").text == "33000")
    }

    @Test("a thousand segments are walked, whatever the patterns")
    func manySegments() async throws {
        let router = Router()
        router.get("/*rest") { ctx in ctx.body = "\(ctx.params["rest"]?.utf8.count ?? 0)" }
        router.get("/:a/:b/*rest/end", answer("end"))
        router.get("/:a/x", answer("x"))
        #expect(try await router.client.get(String(repeating: "/a", count: 1000)).text == "1999")
        #expect(try await router.client.get(String(repeating: "/", count: 1000)).text == "999")
    }

    @Test("a pattern of a thousand segments matches its path")
    func deepTree() throws {
        let router = Router()
        router.get((0..<500).map { "/s\($0)/:p\($0)" }.joined()) { _ in }
        let compiled = try router.compiled()
        let path = (0..<500).map { "/s\($0)/\($0)" }.joined()
        let lookup = compiled.find(path)
        #expect(lookup.matches.count == 1)
        #expect(lookup.captures.count == 500)
        #expect(compiled.find(path + "/x").matches.isEmpty)
        #expect(compiled.find("/s0/0").matches.isEmpty)
    }

    @Test("every choice of text or parameter is looked at once: 2^10 patterns, all of which match")
    func everyChoice() throws {
        let router = Router()
        for bits in 0..<1024 {
            router.get((0..<10).map { bits >> $0 & 1 == 0 ? "/a" : "/:p\($0)" }.joined()) { _ in }
        }
        let compiled = try router.compiled()
        let lookup = compiled.find(String(repeating: "/a", count: 10))
        #expect(lookup.matches.map { Int($0.layer) } == Array(0..<1024))
        #expect(compiled.find(String(repeating: "/b", count: 10)).matches.map { Int($0.layer) } == [1023])
    }

    @Test(
        "what backtracking would take ages for isn't found at once",
        arguments: [
            ("/*a/*b/*c/*d/end", String(repeating: "/a", count: 5_000)),
            ("/:a-:b-:c-:d-:e/end", "/" + String(repeating: "-a", count: 5_000)),
            ("{/:a}{/:b}{/:c}{/:d}{/:e}{/:f}{/:g}/end", String(repeating: "/x", count: 5_000)),
        ])
    func adversarial(pattern: String, path: String) throws {
        let router = Router()
        router.get(pattern) { _ in }
        let compiled = try router.compiled()
        #expect(compiled.find(path).isEmpty)
    }

    @Test(
        "malformed percent-encoding matches as it is, and stays as it is",
        arguments: ["%", "%2", "%zz", "%E4", "%E4%BD", "%FF%FE", "%C0%AF", "%ED%A0%80", "a%", "%%%", "%u0041"])
    func malformed(value: String) async throws {
        let router = Router()
        router.param("value") { value, ctx, next in
            ctx.append("X-Order", value)
            try await next()
        }
        router.get("/x/:value", where: ["value": .one(of: value)]) { ctx in ctx.body = .text(ctx.params["value"] ?? "")
        }
        let response = try await router.client.get("/x/\(value)")
        #expect(response.text == value)
        #expect(response.order == [value])
    }

    @Test(
        "no escape stands for a slash, a dot or another segment",
        arguments: [
            "/admin%2Fx", "/%61dmin/x", "/./admin/x", "/y/../admin/x", "//admin/x", "/admin%00/x", "/admin;/x",
            "/admin./x",
        ])
    func noNormalising(target: String) async throws {
        let router = Router()
        router.get("/admin/:id", answer("admin"))
        router.get("/admin%2F:id", answer("escaped"))
        let response = try await router.client.get(target)
        #expect(response.text == (target == "/admin%2Fx" ? "escaped" : "Not Found"))
    }

    @Test(
        "middleware of a path see the very path that the routes see",
        arguments: ["/admin/x", "/ADMIN/x", "/admin//x", "/admin/", "/admin"])
    func guarded(target: String) async throws {
        let router = Router()
        router.use("/admin", mark("guard"))
        router.all("/admin{/*rest}", answer("admin"))
        router.all("/admin/", answer("slash"))
        #expect(try await router.client.get(target).order.first == "guard")
    }

    @Test(
        "any bytes of a path that a middleware made are matched",
        arguments: ["/\u{0}", "/x\u{0}y", "/\u{7F}", "/é", "/\u{1F600}", "/a b", "/\r\n"])
    func anyBytes(path: String) async throws {
        let router = Router()
        let seen = Recording<String?>()
        router.get("/:value") { ctx in seen.add(ctx.params["value"]) }
        let app = Application(silent: true)
        app.use { ctx, next in
            ctx.newRouterPath = path
            try await next()
        }
        app.use(router.routes())
        #expect(try await app.test.get("/").status == .notFound)
        #expect(seen.values == [String(path.dropFirst())])
    }

    @Test("paths without a slash, and none", arguments: ["*", "", "x", "?", "#"])
    func noSlash(path: String) throws {
        let router = Router()
        router.get("/*any") { _ in }
        router.get("/:one") { _ in }
        router.get("/x") { _ in }
        #expect(try router.compiled().find(path).matches.isEmpty)
    }
}

@Suite("A router of 10,000 routes")
struct LargeRouterTests {
    @Test("finds the right one, in any part of the table")
    func right() async throws {
        let router = Router()
        for number in 0..<2_500 {
            router.get("/static/\(number)/page", name: "static\(number)") { ctx in ctx.body = "static \(number)" }
            router.get("/item\(number)/:id") { ctx in ctx.body = .text("item \(number) \(ctx.params["id"] ?? "")") }
            router.get("/v\(number)-:id/x") { ctx in ctx.body = .text("version \(number) \(ctx.params["id"] ?? "")") }
            router.post("/static/\(number)/page") { ctx in ctx.body = "post \(number)" }
        }
        let client = router.client
        for number in [0, 1, 17, 1_249, 2_498, 2_499] {
            #expect(try await client.get("/static/\(number)/page").text == "static \(number)")
            #expect(try await client.post("/static/\(number)/page/").text == "post \(number)")
            #expect(try await client.get("/item\(number)/a").text == "item \(number) a")
            #expect(try await client.get("/v\(number)-b/x").text == "version \(number) b")
        }
        #expect(try await client.get("/static/2500/page").status == .notFound)
        #expect(try await client.get("/item2500/x").status == .notFound)
        #expect(try router.url("static2499") == "/static/2499/page")
    }

    @Test("many texts of one segment are told apart, in lower case unless case counts", arguments: [true, false])
    func segments(sensitive: Bool) {
        let entries = (0..<3_000).map { (text: Array("segment\($0)".utf8), value: $0) }
        let table = SegmentTable(entries, sensitive: sensitive)
        func find(_ text: String) -> Int? { Array(text.utf8).withUnsafeBufferPointer { table.value(of: $0) } }
        for number in 0..<3_000 { #expect(find("segment\(number)") == number) }
        #expect(find("SEGMENT7") == (sensitive ? nil : 7))
        #expect(find("segment3000") == nil)
        #expect(find("") == nil)
        let empty = SegmentTable<Int>([], sensitive: sensitive)
        #expect(Array("a".utf8).withUnsafeBufferPointer { empty.value(of: $0) } == nil)
    }
}
