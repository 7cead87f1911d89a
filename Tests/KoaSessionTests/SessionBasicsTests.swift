import KoaSession
import KoaTesting
import Testing

@Suite struct SessionBasicsTests {
    @Test func countsViews() async throws {
        let app = Application()
        app.keys = ["some secret hurr"]
        app.use(session())
        app.use { ctx in
            ctx.session["views", default: 0] += 1
            ctx.session["name"] = "tobi"
            let name: String? = ctx.session["name"]
            ctx.body = .text("\(name ?? "You"): \(ctx.session["views"] ?? 0)")
        }
        let response = try await app.test.get("/")
        #expect(response.text == "tobi: 1")
    }
}
