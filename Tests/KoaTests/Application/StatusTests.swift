import Testing

@testable import Koa

@Suite("Status")
struct StatusTests {
    static let phrases: [(Int, String)] = [
        (100, "Continue"), (101, "Switching Protocols"), (103, "Early Hints"), (200, "OK"), (204, "No Content"),
        (302, "Found"), (308, "Permanent Redirect"), (404, "Not Found"), (413, "Payload Too Large"),
        (418, "I'm a Teapot"), (422, "Unprocessable Entity"), (425, "Too Early"), (500, "Internal Server Error"),
        (509, "Bandwidth Limit Exceeded"), (511, "Network Authentication Required"), (102, "Processing"),
        (203, "Non-Authoritative Information"), (207, "Multi-Status"), (208, "Already Reported"), (226, "IM Used"),
        (305, "Use Proxy"), (407, "Proxy Authentication Required"), (423, "Locked"), (424, "Failed Dependency"),
        (506, "Variant Also Negotiates"), (507, "Insufficient Storage"), (508, "Loop Detected"), (510, "Not Extended"),
    ]

    @Test("a known code has its phrase", arguments: phrases)
    func phrase(code: Int, phrase: String) {
        #expect(Status(code).reasonPhrase == phrase)
        #expect(Status(code).isKnown)
        #expect(Status(code).description == "\(code) \(phrase)")
    }

    @Test("a phrase leads to its code, whatever its case", arguments: phrases)
    func lookUp(code: Int, phrase: String) {
        #expect(Status(phrase: phrase)?.code == code)
        #expect(Status(phrase: phrase.uppercased())?.code == code)
        #expect(Status(phrase: phrase.lowercased())?.code == code)
    }

    @Test("an unknown phrase leads nowhere", arguments: ["", " ", "too many bugs", "OK ", "200", "299"])
    func unknownPhrase(_ text: String) {
        #expect(Status(phrase: text) == nil)
    }

    @Test(
        "an unknown, abandoned or impossible code has no phrase",
        arguments: [0, -1, 99, 104, 299, 306, 310, 419, 420, 499, 512, 599, 600, 999, 1000, .max, .min])
    func unknownCode(_ code: Int) {
        #expect(Status(code).reasonPhrase == "")
        #expect(!Status(code).isKnown)
        #expect(Status(code).description == "\(code)")
    }

    @Test("204, 205 and 304 have no body")
    func empty() {
        #expect((0...1000).filter { Status($0).isEmpty } == [204, 205, 304])
    }

    @Test("300 to 303, 305, 307 and 308 redirect")
    func redirect() {
        #expect((0...1000).filter { Status($0).isRedirect } == [300, 301, 302, 303, 305, 307, 308])
    }

    @Test("502, 503 and 504 may be tried again")
    func retry() {
        #expect((0...1000).filter { Status($0).isRetry } == [502, 503, 504])
    }

    @Test("codes from 100 to 999 are valid")
    func valid() {
        #expect(Status(100).isValid && Status(701).isValid && Status(999).isValid)
        #expect(!Status(99).isValid && !Status(1000).isValid && !Status(0).isValid && !Status(.min).isValid)
    }

    @Test("is written as a number, by name, or as swift-http-types' value")
    func spellings() {
        let literal: Status = 404
        #expect(literal == .notFound)
        #expect(literal == Status(404))
        #expect(Status(HTTPResponse.Status(code: 404, reasonPhrase: "Elsewhere")) == .notFound)
        #expect(Status(HTTPResponse.Status(code: 404, reasonPhrase: "Elsewhere")).reasonPhrase == "Not Found")
    }

    @Test("every name has the code that its phrase has")
    func names() {
        let named: [(Status, String)] = [
            (.ok, "OK"), (.created, "Created"), (.accepted, "Accepted"), (.noContent, "No Content"),
            (.resetContent, "Reset Content"), (.partialContent, "Partial Content"),
            (.movedPermanently, "Moved Permanently"), (.found, "Found"), (.seeOther, "See Other"),
            (.notModified, "Not Modified"), (.temporaryRedirect, "Temporary Redirect"),
            (.permanentRedirect, "Permanent Redirect"), (.badRequest, "Bad Request"),
            (.unauthorized, "Unauthorized"), (.paymentRequired, "Payment Required"), (.forbidden, "Forbidden"),
            (.notFound, "Not Found"), (.methodNotAllowed, "Method Not Allowed"),
            (.notAcceptable, "Not Acceptable"), (.requestTimeout, "Request Timeout"), (.conflict, "Conflict"),
            (.gone, "Gone"), (.lengthRequired, "Length Required"), (.preconditionFailed, "Precondition Failed"),
            (.payloadTooLarge, "Payload Too Large"), (.uriTooLong, "URI Too Long"),
            (.unsupportedMediaType, "Unsupported Media Type"), (.rangeNotSatisfiable, "Range Not Satisfiable"),
            (.expectationFailed, "Expectation Failed"), (.imATeapot, "I'm a Teapot"),
            (.misdirectedRequest, "Misdirected Request"), (.unprocessableEntity, "Unprocessable Entity"),
            (.tooEarly, "Too Early"), (.upgradeRequired, "Upgrade Required"),
            (.preconditionRequired, "Precondition Required"), (.tooManyRequests, "Too Many Requests"),
            (.requestHeaderFieldsTooLarge, "Request Header Fields Too Large"),
            (.unavailableForLegalReasons, "Unavailable For Legal Reasons"),
            (.internalServerError, "Internal Server Error"), (.notImplemented, "Not Implemented"),
            (.badGateway, "Bad Gateway"), (.serviceUnavailable, "Service Unavailable"),
            (.gatewayTimeout, "Gateway Timeout"), (.httpVersionNotSupported, "HTTP Version Not Supported"),
        ]
        for (status, phrase) in named { #expect(status.reasonPhrase == phrase) }
        #expect(Set(named.map(\.0)).count == named.count)
    }
}
