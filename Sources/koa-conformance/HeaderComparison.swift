import Koa

/// Compares the headers of a response: by lower-case name, the values of one name in order.
struct HeaderComparison {
    /// The exchange that was run.
    let exchange: Exchange
    /// The part of the case's name before the slash.
    let area: String

    /// The headers that differ, by name.
    func differences(_ response: RawResponse) -> [Difference] {
        let recorded = Self.grouped(exchange.response.headers)
        let received = Self.grouped(response.headers)
        var differences: [Difference] = []
        for name in Set(recorded.keys).union(received.keys).subtracting(ignored).sorted() {
            let expected = recorded[name] ?? []
            let got = received[name] ?? []
            if matches(name, expected, got) || isLengthOfOneSide(name, expected, got, response.body) { continue }
            differences.append(.init(what: "header \(name)", expected: Self.shown(expected), got: Self.shown(got)))
        }
        return differences
    }

    private var ignored: Set<String> {
        var names: Set<String> = ["date", "connection", "keep-alive", "transfer-encoding"]
        if area == "static" { names.formUnion(["etag", "accept-ranges", "vary"]) }
        if exchange.response.decodedBody != nil { names.insert("content-length") }
        return names
    }

    private func matches(_ name: String, _ expected: [String], _ got: [String]) -> Bool {
        guard expected.count == got.count else { return false }
        return zip(expected, got).allSatisfy { expected, got in
            guard exchange.request.free.contains(name), expected == "*" || expected == "W/*" else {
                return expected.utf8.elementsEqual(got.utf8)
            }
            return name != "etag" || got.hasPrefix("W/") == (expected == "W/*")
        }
    }

    /// A Content-Length that only one side has is right when it is that of its body.
    private func isLengthOfOneSide(_ name: String, _ expected: [String], _ got: [String], _ body: [UInt8]) -> Bool {
        let status = exchange.response.status
        guard name == "content-length", exchange.request.method != "HEAD", status != 204, status != 304 else {
            return false
        }
        if expected.isEmpty { return got == [String(body.count)] }
        return got.isEmpty && expected == [String(exchange.response.body.count)]
    }

    private static func grouped(_ fields: [Field]) -> [String: [String]] {
        fields.reduce(into: [:]) { $0[$1.name.lowercased(), default: []].append($1.value) }
    }

    private static func shown(_ values: [String]) -> String {
        values.isEmpty ? "absent" : values.map(\.debugDescription).joined(separator: ", ")
    }
}
