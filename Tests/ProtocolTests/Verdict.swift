import Koa
import NIOCore

@testable import KoaTesting

/// What came of a case.
struct Verdict: Equatable, CustomStringConvertible {
    var answers: [ProtocolCase.Answer]
    var end: ProtocolCase.End
    /// What no response may be, in words.
    var faults: [String] = []

    /// The verdict that the case asks for.
    init(wantedBy wanted: ProtocolCase) {
        answers = wanted.answers
        end = wanted.end
    }

    /// - Parameter seen: what the application saw.
    init(_ responses: [ResponseParser], seen: [String], end: ProtocolCase.End, to sent: ProtocolCase) {
        answers = []
        self.end = end
        var unanswered = seen[...]
        for (index, response) in responses.enumerated() {
            let answer = Self.answer(response, seen)
            answers.append(answer)
            if answer.seen != nil { unanswered = unanswered.dropFirst() }
            faults += Self.faults(of: response, answer, isHead: sent.isHead(index)).map { "\(answer): \($0)" }
        }
        for text in unanswered { answers.append(.init(status: nil, seen: text)) }
    }

    var description: String {
        (answers.map(\.description) + faults + [end.rawValue]).joined(separator: "\n")
    }

    private static func answer(_ response: ResponseParser, _ seen: [String]) -> ProtocolCase.Answer {
        let index = response.head.headers[Echo.mark].flatMap { Int($0) }
        let text = index.flatMap { seen.indices.contains($0) ? seen[$0] : nil }
        return .init(status: response.head.status.code, seen: text)
    }

    /// What each response has to have, whatever it answers.
    private static func faults(of response: ResponseParser, _ answer: ProtocolCase.Answer, isHead: Bool) -> [String] {
        let headers = response.head.headers
        let body = Latin1.decode(response.body.readableBytesView)
        var faults: [String] = []
        if !response.isComplete || response.isBroken { faults.append("isn't whole") }
        if headers.all("Date").count != 1 { faults.append("has no Date") }
        if answer.seen == nil, headers["Connection"] != "close" { faults.append("doesn't say that it closes") }
        switch response.head.status.code {
        case 204, 304:
            if headers.has("Content-Length") || headers.has("Transfer-Encoding") { faults.append("announces content") }
        case 205:
            if headers["Content-Length"] != "0" { faults.append("may have content") }
        case 200 where isHead:
            if headers["Content-Length"] != answer.seen.map({ "\($0.unicodeScalars.count)" }) {
                faults.append("doesn't announce what GET has")
            }
        case 200:
            if body != answer.seen { faults.append("has the content \(CaseText.escape(body))") }
        case _ where isHead:
            break
        default:
            if headers.all("Content-Length").count != 1 { faults.append("has no length") }
        }
        return faults
    }
}
