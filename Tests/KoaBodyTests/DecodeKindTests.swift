import Testing

@testable import KoaBody

@Suite("A Content-Type")
struct DecodeKindTests {
    @Test(
        "says how a body is decoded",
        arguments: [
            ("application/json", DecodeKind.json), ("application/json; charset=utf-8", .json),
            ("application/json;charset=UTF8", .json),
            ("application/problem+json", .json), ("text/x+json", .json), ("APPLICATION/JSON ; a=b", .json),
            ("application/x-www-form-urlencoded", .form),
            ("application/x-www-form-urlencoded; charset=us-ascii", .form),
            ("multipart/form-data; boundary=x", .multipart), ("Multipart/Form-Data", .multipart),
        ]
    )
    func known(field: String, type: DecodeKind) throws {
        #expect(try DecodeKind(field) == type)
    }

    @Test(
        "says nothing otherwise",
        arguments: [
            "", "text/plain", "application/jsonx", "application", "json", "application/json/x", "multipart/mixed",
            "text/+json ;;;x",
        ]
    )
    func unknown(field: String) throws {
        #expect(try DecodeKind(field) == nil)
    }

    @Test(
        "is refused with a charset that isn't read",
        arguments: ["application/json; charset=utf-16", "a/b+json; charset=latin1"])
    func charset(field: String) {
        let error = #expect(throws: BodyError.self) { try DecodeKind(field) }
        #expect(error?.code == .unsupportedCharset)
        #expect(error?.status == 415)
    }
}
