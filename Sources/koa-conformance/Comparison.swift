import Koa

/// What a response, or an error list, has other than was recorded.
struct Difference: Equatable {
    /// What differs.
    var what: String
    /// What was recorded.
    var expected: String
    /// What came.
    var got: String
}

/// Compares a response with the recorded one.
struct Comparison {
    /// The exchange that was run.
    let exchange: Exchange
    /// The part of the case's name before the slash.
    let area: String

    /// All differences that count.
    func differences(_ response: RawResponse, errors: [RecordedError]) -> [Difference] {
        let recorded = exchange.response
        var differences: [Difference] = []
        if recorded.status != response.status {
            differences.append(.init(what: "status", expected: "\(recorded.status)", got: "\(response.status)"))
        } else if Self.isKnown(recorded.status), recorded.reason != response.reason {
            differences.append(.init(what: "reason", expected: recorded.reason, got: response.reason))
        }
        let headers = HeaderComparison(exchange: exchange, area: area)
        return differences + headers.differences(response) + bodyDifferences(response) + errorDifferences(errors)
    }

    /// Whether RFC 9110 or the status table of the reference knows a code; the phrases of others are not compared.
    static func isKnown(_ status: Int) -> Bool {
        switch status {
        case 100...103, 200...208, 226, 300...308, 400...418, 421...426, 428, 429, 431, 451, 500...511: true
        default: false
        }
    }

    private func bodyDifferences(_ response: RawResponse) -> [Difference] {
        let recorded = exchange.response
        var expected = recorded.body
        var got = response.body
        if let decoded = recorded.decodedBody {
            let codings = response.values("content-encoding")
            guard let plain = ContentDecoding.decode(got, codings) else {
                let what = "body that can be decoded"
                return [.init(what: what, expected: Self.shown(decoded), got: codings.joined(separator: ", "))]
            }
            expected = decoded
            got = plain
        }
        if Self.isSame(expected, got, isJSON: recorded.isJSON) { return [] }
        return [.init(what: "body", expected: Self.shown(expected), got: Self.shown(got))]
    }

    /// JSON is compared as values and by its length, everything else byte by byte.
    private static func isSame(_ expected: [UInt8], _ got: [UInt8], isJSON: Bool) -> Bool {
        if expected == got { return true }
        guard isJSON, expected.count == got.count, let value = try? JSON.parse(expected) else { return false }
        return (try? JSON.parse(got)) == value
    }

    private func errorDifferences(_ errors: [RecordedError]) -> [Difference] {
        let recorded = exchange.errors.filter { !isOfEarlierRequest($0) }
        if recorded.count == errors.count, zip(recorded, errors).allSatisfy({ $0.matches($1) }) { return [] }
        let lists = [recorded, errors].map { JSON($0.map(\.json)).description }
        return [.init(what: "errors", expected: lists[0], got: lists[1])]
    }

    /// Whether an error was told late: of an error without a status the answer would be a 500. In the area static it
    /// says that the client of the exchange before had closed its connection when the file's end was sent.
    private func isOfEarlierRequest(_ error: RecordedError) -> Bool {
        area == "static" && error.status == nil && error.message == nil && !error.expose
            && exchange.response.status < 500
    }

    /// Text as a literal, other bytes in hexadecimal; long ones are cut.
    static func shown(_ bytes: [UInt8]) -> String {
        let limit = 400
        let text: String
        if let decoded = String(validating: bytes.prefix(limit + 4), as: UTF8.self)
            ?? (bytes.count > limit
                ? String(validating: bytes.prefix(limit), as: UTF8.self) : nil)
        {
            text = String(decoded.prefix(limit)).debugDescription
        } else {
            let digits = bytes.prefix(limit / 4).map { String($0, radix: 16) }
            text = digits.map { $0.count < 2 ? "0\($0)" : $0 }.joined(separator: " ")
        }
        return "\(text) (\(bytes.count) bytes)"
    }
}

extension RecordedResponse {
    /// Whether Content-Type names JSON.
    var isJSON: Bool {
        headers.contains { field in
            guard field.name.lowercased() == "content-type" else { return false }
            let type = field.value.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
            return type.hasSuffix("/json") || type.hasSuffix("+json")
        }
    }
}
