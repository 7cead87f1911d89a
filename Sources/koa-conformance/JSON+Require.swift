import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A case is not as the format has it.
struct MalformedCase: Error, Equatable, CustomStringConvertible {
    /// What is wrong with it.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

// What a case has to hold; `what` names the place for the message.
extension JSON {
    func requireObject(_ what: String) throws(MalformedCase) -> JSONObject {
        try require(object, what, "an object")
    }

    func requireList(_ what: String) throws(MalformedCase) -> [JSON] {
        try require(array, what, "a list")
    }

    func requireText(_ what: String) throws(MalformedCase) -> String {
        try require(string, what, "a text")
    }

    func requireInteger(_ what: String) throws(MalformedCase) -> Int {
        try require(int, what, "an integer")
    }

    func requireNumber(_ what: String) throws(MalformedCase) -> Double {
        try require(double, what, "a number")
    }

    func requireBool(_ what: String) throws(MalformedCase) -> Bool {
        try require(bool, what, "true or false")
    }

    /// A list of texts.
    func requireTexts(_ what: String) throws(MalformedCase) -> [String] {
        var texts: [String] = []
        for element in try requireList(what) { texts.append(try element.requireText(what)) }
        return texts
    }

    /// Bytes in base64.
    func requireBase64(_ what: String) throws(MalformedCase) -> [UInt8] {
        Array(try require(string.flatMap { Data(base64Encoded: $0) }, what, "base64"))
    }

    /// A moment in ISO 8601, with or without fractions of a second.
    func requireDate(_ what: String) throws(MalformedCase) -> Date {
        let text = try requireText(what)
        let styles = [true, false].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
        return try require(styles.lazy.compactMap { try? $0.parse(text) }.first, what, "a date of ISO 8601")
    }

    private func require<Value>(_ value: Value?, _ what: String, _ kind: String) throws(MalformedCase) -> Value {
        guard let value else { throw MalformedCase("\(what) is not \(kind): \(description.prefix(80))") }
        return value
    }
}

extension JSONObject {
    /// The value of a key that has to be there.
    func require(_ key: String) throws(MalformedCase) -> JSON {
        guard let value = self[key] else { throw MalformedCase("no \(key)") }
        return value
    }

    /// The value of a key; nil when it is absent or null.
    func optional(_ key: String) -> JSON? {
        guard let value = self[key], !value.isNull else { return nil }
        return value
    }
}
