import KoaTesting
import Testing

@testable import KoaMiddleware

@Suite("conditions and ranges of files")
struct FileConditionTests {
    private let tree: FileTree
    private static let date = "Fri, 13 Sep 2013 00:00:00 GMT"
    /// 10 bytes, 1379030400000 ms.
    private static let tag = #"W/"a-141149dfc00""#

    init() throws { tree = try FileTree(["ten.txt": "0123456789", "empty.txt": "", "ten.js": "0123456789"]) }

    private func get(
        _ headers: Headers, _ options: FileOptions = .init(), path: String = "/ten.txt",
        method: HTTPRequest.Method = .get
    ) async throws -> TestResponse {
        let app = Application(silent: true)
        app.use(staticFiles(tree.root, options))
        return try await app.test.request(method, path, headers: headers)
    }

    @Test("have a weak ETag of size and time, as the reference's package makes it")
    func weakTag() async throws {
        #expect(try await get([:]).get("ETag") == Self.tag)
        #expect(try await get([:], .init(etag: false)).get("ETag") == nil)
    }

    @Test(
        "answer 304 to who has the file",
        arguments: [
            (["If-None-Match": tag], true), (["If-None-Match": #""a-141149dfc00""#], true),
            (["If-None-Match": "*"], true),
            (["If-None-Match": #""x", W/"a-141149dfc00""#], true), (["If-None-Match": #""x""#], false),
            (["If-Modified-Since": date], true), (["If-Modified-Since": "Sat, 14 Sep 2013 00:00:00 GMT"], true),
            (["If-Modified-Since": "Thu, 12 Sep 2013 23:59:59 GMT"], false), (["If-Modified-Since": "soon"], false),
            (["If-None-Match": tag, "Cache-Control": "no-cache"], false),
        ] as [(Headers, Bool)]
    )
    func notModified(headers: Headers, isFresh: Bool) async throws {
        for method in [HTTPRequest.Method.get, .head] {
            let response = try await get(headers, method: method)
            #expect(response.status == (isFresh ? 304 : 200))
            #expect(response.text == (isFresh || method == .head ? "" : "0123456789"))
            #expect(response.get("ETag") == Self.tag)
            #expect(response.get("Last-Modified") == Self.date)
            #expect(response.get("Cache-Control") == "max-age=0")
            #expect((response.get("Content-Type") == nil) == isFresh)
        }
    }

    @Test(
        "answer 412 to who wants another file",
        arguments: [
            (["If-Match": "*"], 200), (["If-Match": tag], 412), (["If-Match": #""a-141149dfc00""#], 412),
            (["If-Match": "nonsense"], 412), (["If-Unmodified-Since": date], 200),
            (["If-Unmodified-Since": "Thu, 12 Sep 2013 23:59:59 GMT"], 412), (["If-Unmodified-Since": "x"], 200),
            (["If-Match": "*", "If-Unmodified-Since": "Thu, 12 Sep 2013 23:59:59 GMT"], 200),
        ] as [(Headers, Status)]
    )
    func preconditions(headers: Headers, status: Status) async throws {
        #expect(try await get(headers).status == status)
    }

    @Test(
        "answer one range with 206",
        arguments: [
            ("bytes=0-0", "0", "0-0"), ("bytes=0-4", "01234", "0-4"), ("bytes=5-", "56789", "5-9"),
            ("bytes=-3", "789", "7-9"), ("bytes=-100", "0123456789", "0-9"), ("bytes=8-100", "89", "8-9"),
            ("bytes=0-9", "0123456789", "0-9"), ("BYTES = 1-2", "12", "1-2"), ("bytes= 1-2 , ", "12", "1-2"),
            ("bytes=2-3,3-5", "2345", "2-5"), ("bytes=4-5,0-1,1-4", "012345", "0-5"), ("bytes=0-1,2-3", "0123", "0-3"),
            ("bytes=1-2,100-", "12", "1-2"), ("bytes=9-99999999999999999999999", "9", "9-9"),
            ("bytes=9-9223372036854775807", "9", "9-9"), ("bytes=-99999999999999999999999", "0123456789", "0-9"),
        ]
    )
    func single(range: String, content: String, place: String) async throws {
        let response = try await get(["Range": range])
        #expect(response.status == 206)
        #expect(response.text == content)
        #expect(response.get("Content-Range") == "bytes \(place)/10")
        #expect(response.get("Content-Length") == "\(content.utf8.count)")
        #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
        #expect(response.get("ETag") == Self.tag)
    }

    @Test(
        "are sent whole where the field is none",
        arguments: [
            "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=1-2-3", "bytes 1-2", "lines=1-2", "bytes=1-2,x",
            "bytes=+1-2", "bytes=1.0-2", "bytes=0x1-2", "bytes=--2", "=1-2", "bytes=5-2,0-1", "bytes=,",
            "bytes=" + Array(repeating: "0-0", count: 11).joined(separator: ","),
        ]
    )
    func ignored(range: String) async throws {
        let response = try await get(["Range": range])
        #expect(response.status == 200)
        #expect(response.text == "0123456789")
        #expect(response.get("Content-Range") == nil)
    }

    @Test(
        "answer 416 to what they don't have",
        arguments: ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-", "bytes=10-,11-"])
    func unsatisfiable(range: String) async throws {
        let response = try await get(["Range": range])
        #expect(response.status == 416)
        #expect(response.get("Content-Range") == "bytes */10")
        #expect(response.get("ETag") == nil)
        let empty = try await get(["Range": range], path: "/empty.txt")
        #expect(empty.status == 200, "without bytes there is nothing to choose of")
    }

    @Test("answer several ranges with a part each, in the order asked for")
    func multiple() async throws {
        let response = try await get(["Range": "bytes=8-9,0-0,-1,3-4,4-5"])
        #expect(response.status == 206)
        let type = try #require(response.get("Content-Type"))
        #expect(type.hasPrefix("multipart/byteranges; boundary="))
        let boundary = type.dropFirst("multipart/byteranges; boundary=".count)
        #expect((10...70).contains(boundary.count))
        let part = { (place: String, content: String) in
            "--\(boundary)\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes \(place)/10\r\n\r\n\(content)"
        }
        let parts = [part("8-9", "89"), part("0-0", "0"), part("3-5", "345")]
        #expect(response.text == parts.joined(separator: "\r\n") + "\r\n--\(boundary)--\r\n")
        #expect(response.get("Content-Length") == "\(response.text.utf8.count)")
        #expect(response.get("Content-Range") == nil)
        let again = try await get(["Range": "bytes=8-9,0-0"])
        #expect(again.get("Content-Type") != type, "nobody can know the boundary")
    }

    @Test("never answer more than the file and the parts' heads", arguments: [1, 7, 10])
    func bounded(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let texts = (0..<Int.random(in: 1...10, using: &random)).map { _ in
                let first = Int.random(in: 0...120, using: &random)
                return "\(first)-\(first + Int.random(in: 0...40, using: &random))"
            }
            guard case .parts(let parts) = ByteRanges("bytes=\(texts.joined(separator: ","))", size: 100, limit: 10)
            else { continue }
            var covered = [Bool](repeating: false, count: 100)
            for part in parts {
                for place in part {
                    #expect(!covered[place], "\(texts)")
                    covered[place] = true
                }
            }
            for text in texts {
                let ends = text.split(separator: "-").compactMap { Int($0) }
                for place in ends[0]...ends[1] where place < 100 { #expect(covered[place], "\(texts)") }
            }
        }
    }

    @Test(
        "answer a range only if the client's part is of this file",
        arguments: [
            (date, 206), ("Thu, 12 Sep 2013 00:00:00 GMT", 200), ("Sat, 14 Sep 2013 00:00:00 GMT", 200), (tag, 200),
            (#""a-141149dfc00""#, 200), ("nonsense", 200),
        ] as [(String, Status)]
    )
    func ifRange(field: String, status: Status) async throws {
        #expect(try await get(["Range": "bytes=0-1", "If-Range": field]).status == status)
    }

    @Test("answer a range by a strong tag of one's own")
    func strong() async throws {
        let options = FileOptions(setHeaders: { ctx, _ in ctx.etag = "v1" })
        #expect(try await get(["Range": "bytes=0-1", "If-Range": "\"v1\""], options).status == 206)
        #expect(try await get(["Range": "bytes=0-1", "If-Range": "\"v2\""], options).status == 200)
        #expect(try await get(["If-Match": "\"v1\""], options).status == 200)
        #expect(try await get(["If-Match": "\"v2\""], options).status == 412)
    }

    @Test("answer HEAD, and 304, without regard to a range")
    func precedence() async throws {
        let head = try await get(["Range": "bytes=0-1"], method: .head)
        #expect(head.status == 200)
        #expect(head.get("Content-Length") == "10")
        #expect(try await get(["Range": "bytes=0-1", "If-None-Match": Self.tag]).status == 304)
        #expect(try await get(["Range": "bytes=50-", "If-None-Match": Self.tag]).status == 304)
    }

    @Test("offer no ranges if they are turned off")
    func off() async throws {
        let response = try await get(["Range": "bytes=0-1"], .init(maxRanges: 0))
        #expect(response.status == 200)
        #expect(response.get("Accept-Ranges") == nil)
        #expect(try await get(["Range": "bytes=0-0,2-2"], .init(maxRanges: 1)).status == 200)
        #expect(try await get(["Range": "bytes=0-0"], .init(maxRanges: 1)).status == 206)
    }

    @Test("of a precompressed sibling are of its bytes")
    func coded() async throws {
        try tree.write("abcdef", "ten.js.gz")
        let response = try await get(["Range": "bytes=1-2", "Accept-Encoding": "gzip"], path: "/ten.js")
        #expect(response.status == 206)
        #expect(response.text == "bc")
        #expect(response.get("Content-Range") == "bytes 1-2/6")
        #expect(response.get("Content-Encoding") == "gzip")
    }
}
