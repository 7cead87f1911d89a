import Testing

@testable import koa_conformance

@Suite("How headers are compared")
struct HeaderComparisonTests {
    private func differences(
        _ recorded: String,
        _ headers: [(String, String)],
        body: String = "",
        method: String = "GET",
        status: Int = 200,
        free: String = "[]",
        area: String = "area"
    ) throws -> [String] {
        let exchange = try madeExchange(
            #"{"status":\#(status),"reason":"OK","headers":\#(recorded),"body":"\#(body)"}"#,
            request: #"{"method":"\#(method)","target":"/","headers":[],"any":\#(free)}"#
        )
        let response = madeResponse(status, "OK", headers, body)
        return HeaderComparison(exchange: exchange, area: area).differences(response).map(\.what)
    }

    @Test("by name whatever its case, in any order between names")
    func order() throws {
        let recorded = #"[["x-a","1"],["x-b","2"]]"#
        #expect(try differences(recorded, [("X-B", "2"), ("X-A", "1")]) == [])
        #expect(try differences(recorded, [("X-A", "1")]) == ["header x-b"])
        #expect(try differences(recorded, [("X-A", "1"), ("X-B", "2"), ("X-C", "3")]) == ["header x-c"])
        #expect(try differences(recorded, [("X-A", "1"), ("X-B", "3")]) == ["header x-b"])
    }

    @Test("with the values of one name in their order")
    func values() throws {
        let recorded = #"[["link","a"],["x","1"],["link","b"]]"#
        #expect(try differences(recorded, [("Link", "a"), ("Link", "b"), ("x", "1")]) == [])
        #expect(try differences(recorded, [("Link", "b"), ("Link", "a"), ("x", "1")]) == ["header link"])
        #expect(try differences(recorded, [("Link", "a, b"), ("x", "1")]) == ["header link"])
    }

    @Test("except those of the connection", arguments: ["Date", "Connection", "Keep-Alive", "Transfer-Encoding"])
    func connection(name: String) throws {
        #expect(try differences("[]", [(name, "x")]) == [])
        #expect(try differences(#"[["\#(name.lowercased())","x"]]"#, []) == [])
    }

    @Test("except etag, accept-ranges and vary in the area static", arguments: ["etag", "accept-ranges", "vary"])
    func statics(name: String) throws {
        #expect(try differences("[]", [(name, "x")], area: "static") == [])
        #expect(try differences("[]", [(name, "x")], area: "conditional") == ["header \(name)"])
    }

    @Test("with a Content-Length of one side, when it is that of the body")
    func length() throws {
        #expect(try differences("[]", [("Content-Length", "4")], body: "body") == [])
        #expect(try differences(#"[["content-length","4"]]"#, [], body: "body") == [])
        #expect(try differences("[]", [("Content-Length", "5")], body: "body") == ["header content-length"])
        #expect(try differences(#"[["content-length","5"]]"#, [], body: "body") == ["header content-length"])
        #expect(try differences(#"[["content-length","5"]]"#, [("Content-Length", "4")], body: "body") != [])
    }

    @Test(
        "with the Content-Length of both sides where there is no body",
        arguments: [("HEAD", 200), ("GET", 204), ("GET", 304)])
    func lengthWithoutBody(method: String, status: Int) throws {
        let got = [("Content-Length", "0")]
        #expect(try differences("[]", got, method: method, status: status) == ["header content-length"])
        #expect(try differences(#"[["content-length","0"]]"#, got, method: method, status: status) == [])
    }

    @Test("with a free value for the names in any, present and as weak as recorded")
    func free() throws {
        let any = #"["Last-Modified","etag"]"#
        let recorded = #"[["last-modified","*"],["etag","W/*"]]"#
        #expect(try differences(recorded, [("Last-Modified", "today"), ("ETag", "W/\"1\"")], free: any) == [])
        #expect(
            try differences(recorded, [("Last-Modified", "today"), ("ETag", "\"1\"")], free: any) == ["header etag"])
        #expect(try differences(recorded, [("ETag", "W/\"1\"")], free: any) == ["header last-modified"])
        #expect(try differences(#"[["etag","*"]]"#, [("ETag", "W/\"1\"")], free: any) == ["header etag"])
        #expect(try differences(#"[["etag","*"]]"#, [("ETag", "\"1\"")], free: any) == [])
    }

    @Test("with a star for itself elsewhere")
    func star() throws {
        #expect(try differences(#"[["vary","*"]]"#, [("Vary", "*")]) == [])
        #expect(try differences(#"[["vary","*"]]"#, [("Vary", "Accept")]) == ["header vary"])
    }

    @Test("byte by byte, not as equal characters")
    func bytes() throws {
        #expect(try differences(#"[["x","\u00e9"]]"#, [("x", "\u{E9}")]) == [])
        #expect(try differences(#"[["x","\u00e9"]]"#, [("x", "e\u{301}")]) == ["header x"])
    }
}
