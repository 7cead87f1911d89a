import Testing

@testable import KoaBody

@Suite("A part's Content-Disposition")
struct PartDispositionTests {
    @Test(
        "tells the names",
        arguments: [
            (#"form-data; name="a""#, "a", nil as String?), ("form-data; name=a", "a", nil),
            (#"FORM-DATA;NAME="a""#, "a", nil),
            (#"form-data; name="a"; filename="b.txt""#, "a", "b.txt"), (#"form-data; name="a"; filename="""#, "a", ""),
            (#"form-data; filename="b"; name="a""#, "a", "b"),
            (#"form-data; name="a;b=c"; filename="x;y""#, "a;b=c", "x;y"),
            (#"form-data; name="a\"b"; filename="\\x""#, #"a"b"#, #"\x"#),
            (#"form-data; name="C:\dir\f""#, #"C:\dir\f"#, nil),
            (#"form-data; name="a%22b%0D%0Ac%41""#, "a\"b\r\nc%41", nil), (#"form-data; name="ä😀""#, "ä😀", nil),
            (#"form-data; name="a"; filename*=utf-8''n%C3%A4he.txt"#, "a", "nähe.txt"),
            (#"form-data; name="a"; filename="x"; filename*=UTF-8'en'%e2%82%ac"#, "a", "€"),
            ("form-data; name=a; filename=x; filename*=utf-8''\u{301}y", "a", "\u{301}y"),
            (#"form-data; name="a"; filename="x"; filename*=latin1''%e4"#, "a", "x"),
            (#"form-data; name="a"; filename="x"; filename*=utf-8''%00"#, "a", "x"),
            (#"form-data ; name = "a" ; filename = "b" ;"#, "a", "b"), (#"form-data; name="a";; x=1"#, "a", nil),
        ]
    )
    func names(field: String, name: String, filename: String?) throws {
        let disposition = try PartDisposition(field)
        #expect(disposition.name == name)
        #expect(disposition.filename == filename)
    }

    @Test("may have no name")
    func noName() throws {
        #expect(try PartDisposition("form-data").name == nil)
        #expect(try PartDisposition(#"form-data; filename="a""#).name == nil)
    }

    @Test("has no more than 16 parameters, of which each is compared with those before")
    func many() throws {
        let parameters = (1...15).map { "; p\($0)=x" }.joined()
        #expect(try PartDisposition("form-data; name=a" + parameters).name == "a")
        let error = #expect(throws: MultipartError.self) { try PartDisposition("form-data; name=a; b=c" + parameters) }
        #expect(error?.code == .malformed)
    }

    @Test(
        "is refused where others could read it otherwise",
        arguments: [
            "", "attachment; name=a", #"form-data; name="a"#, #"form-data; name="a\""#, #"form-data; name="a" b"#,
            #"form-data; name="a"; name="b""#, #"form-data; name=a; filename=b; FileName=c"#, "form-data; name",
            "form-data; =a", "form-data; a b=c", "form-datax; name=a",
        ]
    )
    func refused(field: String) {
        #expect(throws: MultipartError.self) { try PartDisposition(field) }
    }
}
