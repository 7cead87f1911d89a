import Testing

@testable import Koa

@Suite("request.header and request.headers")
struct RequestHeaderTests {
    @Test("are the request's fields in their order")
    func reads() {
        let ctx = madeContext(headers: ["Host": "x", "X-B": "2", "X-A": "1"])
        #expect(ctx.request.header == ["Host": "x", "X-B": "2", "X-A": "1"])
        #expect(ctx.request.headers == ctx.request.header)
        #expect(ctx.header == ctx.request.header)
        #expect(ctx.headers == ctx.request.header)
    }

    @Test("can be set, which all that reads fields then sees")
    func canBeSet() {
        let ctx = madeContext(headers: ["Host": "x", "Accept": "text/html"])
        ctx.request.header = ["X-Custom-Headerfield": "Its one header, with headerfields"]
        #expect(ctx.request.header == ["X-Custom-Headerfield": "Its one header, with headerfields"])
        #expect(ctx.host == "")
        #expect(ctx.accepts("json", "html") == "json")
        ctx.request.headers["Host"] = "y"
        #expect(ctx.host == "y")
        #expect(ctx.headers.count == 2)
    }

    @Test("leave the request as it came alone")
    func leaveTheWire() {
        let ctx = madeContext(headers: ["Host": "x"])
        ctx.request.headers = [:]
        #expect(ctx.headers.isEmpty)
        #expect(ctx.req.headers == ["Host": "x"])
    }

    @Test("read bytes as ISO-8859-1, one character each")
    func latin1() {
        var bytes = ByteBuffer(bytes: Array("X-Name".utf8) + [0xE9, 0x20, 0xC3, 0xA9])
        bytes.moveReaderIndex(to: 0)
        let span = RequestFields.Span(nameStart: 0, nameLength: 6, valueStart: 6, valueLength: 4)
        let fields = RequestFields(bytes: bytes, spans: [span])
        #expect(fields.first("x-name") == "é Ã©")
        #expect(fields.headers["X-Name"] == "é Ã©")
    }
}
