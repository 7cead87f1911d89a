import HTTPTypes
import NIOCore

@testable import Koa
@testable import KoaTesting

/// What a connection sent, read as a client would: a sequence of responses, the last perhaps unfinished.
struct ResponseCheck {
    private(set) var count = 0
    private var last: ResponseParser.Head?
    /// Whether the last response is whole, or might be: the answer to a refused HEAD has no content.
    private var isLastWhole = false

    /// - Parameter methods: of the requests that were served; one more response may refuse a request.
    init(_ output: ByteBuffer, methods: [HTTPRequest.Method]) {
        var output = output
        var isEnded = false
        while output.readableBytes > 0 {
            expect(!isEnded, "more behind the last response: \(String(buffer: output).debugDescription)")
            var parser = ResponseParser(isHead: count < methods.count && methods[count] == .head)
            do {
                try parser.consume(&output)
            } catch {
                fatalError("a response is malformed: \(error)")
            }
            if !parser.isComplete, parser.head.status.code < 200 {
                // An interim response, whose final one isn't here.
                return
            }
            count += 1
            last = parser.head
            isLastWhole = parser.isComplete || parser.body.readableBytes == 0
            isEnded = !parser.isKeptAlive
            Self.check(parser.head)
        }
    }

    /// Whether the last response says that the connection closes because of its request.
    var isLastRefusal: Bool {
        guard let last else { return false }
        return isLastWhole && last.status.code >= 400 && last.headers["Connection"] == "close"
    }

    private static let names: Set = [
        "allow", "connection", "content-disposition", "content-length", "content-type", "date", "etag", "location",
        "retry-after", "set-cookie", "transfer-encoding", "vary", "x-echo", "x-content-type-options",
    ]

    /// No text of a request can have become a field of its own.
    private static func check(_ head: ResponseParser.Head) {
        for field in head.headers.fields {
            expect(names.contains(field.name.lowercased()), "a field that nobody set: \(field.name)")
            expect(Latin1.isFieldValue(field.value), "a control character in \(field.name)")
        }
        expect(Latin1.isFieldValue(head.reason), "a control character in the reason")
    }
}
