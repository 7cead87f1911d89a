import FoundationEssentials
import KoaTesting
import Testing

@testable import upload

@Suite("the upload page", .timeLimit(.minutes(10)))
struct UploadTests {
    private let folder: String
    private let headers: Headers = ["Content-Type": "multipart/form-data; boundary=x"]

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("koa-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    private var stored: [String] { (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [] }

    private func form(_ files: (String, String)...) -> TestBody {
        let parts = files.map { name, content in
            "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(name)\"\r\n\r\n\(content)\r\n"
        }
        return .text(parts.joined() + "--x--\r\n")
    }

    @Test("is a page with a form")
    func shows() async throws {
        let response = try await makeApp(folder: folder).test.get("/")
        #expect(response.type == "text/html")
        #expect(response.text.contains("<form action=\"/files\" method=\"post\" enctype=\"multipart/form-data\">"))
    }

    @Test("keeps files under names of its own, lists them and gives them back")
    func keeps() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let client = makeApp(folder: folder).test
        let response = try await client.post("/files", headers: headers, body: form(("../a.html", "<b>"), ("b", "")))
        #expect(response.status == 201)
        let files = try response.decode([StoredFile].self)
        #expect(files.map(\.name) == ["a.html", "b"])
        #expect(files.map(\.size) == [3, 0])
        #expect(Set(stored) == Set(files.map(\.id)))
        #expect(try await client.get("/files").decode([StoredFile].self) == files)
        let file = try await client.get("/files/\(files[0].id)")
        #expect(file.text == "<b>")
        #expect(file.type == "application/octet-stream")
        #expect(file.get("Content-Disposition") == "attachment; filename=\"a.html\"")
    }

    @Test("takes large files in pieces, over a socket")
    func large() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let content = String(repeating: "0123456789", count: 300_000)
        try await makeApp(folder: folder).test.live { client in
            let response = try await client.post("/files", headers: headers, body: form(("big", content)))
            let file = try #require(try response.decode([StoredFile].self).first)
            #expect(file.size == content.utf8.count)
            let back = try await client.get("/files/\(file.id)")
            #expect(back.text == content)
        }
    }

    @Test("keeps nothing of what it refuses")
    func refuses() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let client = makeApp(folder: folder, largest: 1000).test
        let large = form(("a", String(repeating: "x", count: 1000)))
        #expect(try await client.post("/files", headers: headers, body: large).status == 413)
        #expect(try await client.post("/files", headers: headers, body: form(("", ""))).status == 400)
        #expect(try await client.post("/files", headers: headers, body: "--x\r\n").status == 400)
        #expect(try await client.post("/files", body: "text").status == 415)
        #expect(try await client.get("/files/..%2F..%2Fetc%2Fpasswd").status == 404)
        #expect(stored.isEmpty)
    }
}
