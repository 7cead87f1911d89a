import NIOCore

@testable import KoaTesting

/// The server's answers in what a client received through a proxy; those of the proxy itself are left out.
struct Answers: Sequence, IteratorProtocol {
    /// An answer, by the names that the proxy and the server gave its request.
    struct Answer: Equatable {
        let frontID: String?
        let backID: String
    }

    private var rest: ByteBuffer

    init(in text: String) {
        rest = ByteBuffer(string: text)
    }

    mutating func next() -> Answer? {
        while rest.readableBytes > 0 {
            // Only the head tells whether there is a body.
            let start = rest
            guard var parser = parse(isHead: true) else { return nil }
            if parser.head.headers["Back-Method"] != "HEAD" {
                rest = start
                guard let whole = parse(isHead: false) else { return nil }
                parser = whole
            }
            let headers = parser.head.headers
            if let id = headers["Back-Id"] { return Answer(frontID: headers["Front-Id"], backID: id) }
        }
        return nil
    }

    /// Nil at what is no whole answer, which a proxy may give of its own.
    private mutating func parse(isHead: Bool) -> ResponseParser? {
        var parser = ResponseParser(isHead: isHead)
        do { try parser.consume(&rest) } catch { return nil }
        return parser.isComplete ? parser : nil
    }
}
