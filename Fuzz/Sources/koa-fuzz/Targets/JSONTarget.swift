import NIOCore

@testable import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What parses can be written and parsed again, to the same; a decoder reads the text as it reads the value.
func fuzzJSON(_ input: Input) {
    let bytes = ByteBuffer(bytes: input.bytes)
    let value = try? JSON.parse(bytes)
    let decoded = try? JSONCoding.default.decode(JSON.self, from: bytes)
    expect(value == decoded, "parsing and decoding differ")
    if let value { checkWriting(value) }

    if let limited = try? JSON.parse(bytes, limits: .init(depth: 4, bytes: 64)) {
        expect(limited == value, "a limit changes a value")
    }
    checkRecord(bytes)
    _ = try? JSONCoding.default.decode([String: [Double?]].self, from: bytes)
    _ = JSONDate.date(from: input.text)
}

private func checkWriting(_ value: JSON) {
    for coding in codings {
        do {
            let text = try coding.encode(value)
            let again = try JSON.parse(text)
            expect(again == value && again.hashValue == value.hashValue, "written as another value")
            let rewritten = try coding.encode(again)
            expect(rewritten == text, "written in two ways")
        } catch {
            fatalError("what was parsed can't be written: \(error)")
        }
    }
    expect((try? JSON(parsing: value.description)) == value, "described as another value")
}

private let codings: [JSONCoding] = {
    var pretty = JSONCoding()
    pretty.indent = 2
    pretty.escapesSlashes = true
    return [.default, pretty]
}()

/// Something of each kind that a decoder meets.
private struct Record: Codable {
    enum Kind: String, Codable {
        case one, two
    }

    var id: Int?
    var small: UInt8?
    var ratio: Double?
    var single: Float?
    var flag: Bool?
    var name: String?
    var date: Date?
    var kind: Kind?
    var list: [Record]?
    var table: [String: Int]?
    var any: JSON?
}

private func checkRecord(_ bytes: ByteBuffer) {
    var coding = JSONCoding()
    coding.sortedKeys = true
    coding.nonFinite = .throw
    for keys in [JSONCoding.KeyStrategy.useDefaultKeys, .snakeCase] {
        coding.keys = keys
        guard let record = try? coding.decode(Record.self, from: bytes) else { continue }
        guard let first = try? coding.encode(record) else { continue }
        do {
            let second = try coding.encode(coding.decode(Record.self, from: first))
            expect(first == second, "a record changes: \(String(buffer: first)) \(String(buffer: second))")
        } catch {
            fatalError("a record that was written can't be read: \(error)")
        }
    }
}
