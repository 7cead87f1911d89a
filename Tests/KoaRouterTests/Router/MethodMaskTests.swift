import KoaTesting
import Testing

@testable import KoaRouter

@Suite("Sets of methods")
struct MethodMaskTests {
    @Test("the common methods differ from each other, and from all others")
    func common() {
        let masks = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"].map { MethodMask($0) }
        #expect(Set(masks.map(\.rawValue)).count == masks.count)
        #expect(masks.allSatisfy { $0.rawValue.nonzeroBitCount == 1 })
    }

    @Test("case counts, as in RFC 9110", arguments: ["get", "Get", "GET ", ""])
    func cases(method: String) {
        #expect(MethodMask(method) == .other)
    }

    @Test("a layer without methods runs for all of them")
    func middleware() {
        #expect(MethodMask([String]()) == .all)
        #expect(MethodMask(["GET", "HEAD"]) == [MethodMask("GET"), MethodMask("HEAD")])
    }

    @Test(
        "methods that share a bit don't answer for each other",
        arguments: [("PROPFIND", "found"), ("MKCOL", "made"), ("LOCK", nil)])
    func shared(method: String, text: String?) async throws {
        let app = Application()
        let router = Router()
        router.on("PROPFIND")("/x") { ctx in ctx.body = "found" }
        router.on("MKCOL")("/x") { ctx in ctx.body = "made" }
        app.use(router.routes())
        let response = try await app.test.request(.init(rawValue: method) ?? .get, "/x")
        #expect(response.status == (text == nil ? 404 : 200))
        if let text { #expect(response.text == text) }
    }
}
