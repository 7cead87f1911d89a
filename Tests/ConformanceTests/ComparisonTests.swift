import Koa
import Testing

@testable import koa_conformance

@Suite("What is compared")
struct ComparisonTests {
    private func differences(
        _ recorded: String,
        _ response: RawResponse,
        errors: [RecordedError] = [],
        more: String = "",
        area: String = "area"
    ) throws -> [String] {
        let exchange = try madeExchange(recorded, more: more)
        return Comparison(exchange: exchange, area: area).differences(response, errors: errors).map(\.what)
    }

    @Test("the status")
    func status() throws {
        let recorded = #"{"status":200,"reason":"OK","headers":[],"body":""}"#
        #expect(try differences(recorded, madeResponse(200, "OK")) == [])
        #expect(try differences(recorded, madeResponse(201, "Created")) == ["status"])
    }

    @Test("the reason phrase, letter by letter")
    func reason() throws {
        let recorded = #"{"status":418,"reason":"I'm a Teapot","headers":[],"body":""}"#
        #expect(try differences(recorded, madeResponse(418, "I'm a Teapot")) == [])
        #expect(try differences(recorded, madeResponse(418, "I'm a teapot")) == ["reason"])
    }

    @Test("no phrase of a status that no table knows", arguments: [299, 420, 599, 999])
    func unknownReason(status: Int) throws {
        let recorded = #"{"status":\#(status),"reason":"unknown","headers":[],"body":""}"#
        #expect(try differences(recorded, madeResponse(status, "")) == [])
    }

    @Test("the body, byte by byte")
    func body() throws {
        let recorded = #"{"status":200,"reason":"OK","headers":[["content-type","text/plain"]],"body":"{\"a\":1}"}"#
        func response(_ body: String) -> RawResponse { madeResponse(200, "OK", [("Content-Type", "text/plain")], body) }
        #expect(try differences(recorded, response(#"{"a":1}"#)) == [])
        #expect(try differences(recorded, response(#"{ "a":1}"#)) == ["body"])
        #expect(try differences(recorded, response("")) == ["body"])
    }

    @Test("a body of base64")
    func base64() throws {
        let recorded = #"{"status":200,"reason":"OK","headers":[],"bodyBase64":"AP8="}"#
        var response = madeResponse()
        response.body = [0x00, 0xFF]
        #expect(try differences(recorded, response) == [])
        response.body = [0x00, 0xFE]
        #expect(try differences(recorded, response) == ["body"])
    }

    @Test(
        "JSON as values and by its length", arguments: ["application/json; charset=utf-8", "application/vnd.api+json"])
    func json(type: String) throws {
        let body = #"{\"a\":1,\"b\":[2.5]}"#
        let recorded = #"{"status":200,"reason":"OK","headers":[["content-type","\#(type)"]],"body":"\#(body)"}"#
        func response(_ body: String) -> RawResponse { madeResponse(200, "OK", [("content-type", type)], body) }
        #expect(try differences(recorded, response(#"{"a":1,"b":[2.5]}"#)) == [])
        #expect(try differences(recorded, response(#"{"b":[2.5],"a":1}"#)) == [])
        #expect(try differences(recorded, response(#"{"b":[2.5],"a":1} "#)) == ["body"])
        #expect(try differences(recorded, response(#"{"b":[2.4],"a":1}"#)) == ["body"])
        #expect(try differences(recorded, response(#"{"b":[2.5],"a":1?"#)) == ["body"])
    }

    @Test("a decoded body in place of the coded one, without its length")
    func decoded() throws {
        let recorded =
            #"{"status":200,"reason":"OK","headers":[["content-length","9"]],"body":"coded","decodedBody":"plain"}"#
        #expect(try differences(recorded, madeResponse(200, "OK", [], "plain")) == [])
        #expect(try differences(recorded, madeResponse(200, "OK", [], "coded")) == ["body"])
        let unknown = madeResponse(200, "OK", [("content-encoding", "secret")], "plain")
        #expect(try differences(recorded, unknown).contains("body that can be decoded"))
    }

    @Test("no error without a status beside another answer than 500, in the area static alone")
    func lateError() throws {
        let late = #","errors":[{"status":null,"message":null,"expose":false}]"#
        let found = #"{"status":200,"reason":"OK","headers":[],"body":""}"#
        #expect(try differences(found, madeResponse(200, "OK"), more: late, area: "static") == [])
        #expect(try differences(found, madeResponse(200, "OK"), more: late) == ["errors"])
        let said = #","errors":[{"status":null,"message":"boom","expose":false}]"#
        #expect(try differences(found, madeResponse(200, "OK"), more: said, area: "static") == ["errors"])
        let failed = #"{"status":500,"reason":"Internal Server Error","headers":[],"body":""}"#
        let response = madeResponse(500, "Internal Server Error")
        #expect(try differences(failed, response, more: late, area: "static") == ["errors"])
    }

    @Test("the errors that the application told")
    func errors() throws {
        let recorded = #"{"status":500,"reason":"Internal Server Error","headers":[],"body":""}"#
        let response = madeResponse(500, "Internal Server Error")
        let more = #","errors":[{"status":null,"message":"boom","expose":false}]"#
        let boom = RecordedError(Failure(description: "boom"))
        #expect(try differences(recorded, response, errors: [boom], more: more) == [])
        #expect(try differences(recorded, response, errors: [], more: more) == ["errors"])
        #expect(try differences(recorded, response, errors: [boom, boom], more: more) == ["errors"])
        #expect(try differences(recorded, response, errors: [boom]) == ["errors"])
        let other = RecordedError(Failure(description: "bang"))
        #expect(try differences(recorded, response, errors: [other], more: more) == ["errors"])
    }

    @Test("an error's message, unless none was recorded")
    func nullMessage() throws {
        let recorded = try RecordedError(JSON(parsing: #"{"status":400,"message":null,"expose":true}"#))
        #expect(recorded.matches(RecordedError(HTTPError(400, "whatever"))))
        #expect(!recorded.matches(RecordedError(HTTPError(401, "whatever"))))
        #expect(!recorded.matches(RecordedError(HTTPError(400, "whatever", expose: false))))
    }

    @Test("shows bodies as text or in hexadecimal, cut to a readable length")
    func shown() {
        #expect(Comparison.shown(Array("a\"é".utf8)) == "\"a\\\"é\" (4 bytes)")
        #expect(Comparison.shown([0x00, 0xFF]) == "00 ff (2 bytes)")
        let long = Comparison.shown(Array(repeating: UInt8(ascii: "x"), count: 100_000))
        #expect(long.hasSuffix(" (100000 bytes)"))
        #expect(long.count < 500)
    }
}

@Suite("Errors, as they are recorded")
struct RecordedErrorTests {
    @Test("have the status, message and exposure of an HTTP error")
    func http() throws {
        let error = RecordedError(HTTPError(418, "tea", expose: false))
        #expect(error.json == (try JSON(parsing: #"{"status":418,"message":"tea","expose":false}"#)))
    }

    @Test("have no status when they are none")
    func plain() {
        #expect(
            RecordedError(Failure(description: "boom")).json.description
                == #"{"status":null,"message":"boom","expose":false}"#)
        #expect(RecordedError(CancellationError()).status == nil)
    }

    @Test("read without a message that neither the scenario nor the status table has")
    func read() {
        let record = RequestRecord()
        #expect(record.readError == .null)
        record.error = HTTPError(413, "far too much")
        #expect(record.readError["message"] == .null)
        record.said.insert("far too much")
        #expect(record.readError["message"] == "far too much")
        record.error = HTTPError(404)
        #expect(record.readError["message"] == "Not Found")
    }
}
