import Foundation
import NIOCore
import Testing

@testable import Koa

/// Makes values of every kind, with texts and numbers that are likely to be trouble.
private struct JSONGenerator {
    var random: SplitMix64

    mutating func value(depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 7), using: &random) {
        case 0: .null
        case 1: .bool(.random(using: &random))
        case 2: JSON(integer())
        case 3: JSON(double())
        case 4...6: .string(text())
        case 7...8: .array(values(depth: depth - 1))
        default: .object(JSONObject(values(depth: depth - 1).map { (text(), $0) }))
        }
    }

    private mutating func values(depth: Int) -> [JSON] {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in value(depth: depth) }
    }

    private mutating func integer() -> Int {
        Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0..<64, using: &random)
    }

    private mutating func double() -> Double {
        let bits = Double(bitPattern: random.next())
        let decimal = Double(integer() % 1_000_000) / 1000
        return bits.isFinite && Bool.random(using: &random) ? bits : decimal
    }

    mutating func text() -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "b", "Z", "0", " ", "\"", "\\", "/", "\n", "\0", "\u{1F}", "\u{7F}", "é", "€", "😀",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            text.unicodeScalars.append(scalars.randomElement(using: &random) ?? "x")
        }
        return text
    }
}

@Suite("JSON of random values")
struct JSONRandomTests {
    private static let seeds = Array(UInt64(1)...8)

    private static func forEachValue(seed: UInt64, _ body: (JSON) throws -> Void) rethrows {
        var generator = JSONGenerator(random: SplitMix64(seed: seed))
        for _ in 0..<400 {
            try body(generator.value(depth: 4))
        }
    }

    @Test("reads back as it was written, compact, indented or sorted", arguments: seeds)
    func roundTrip(seed: UInt64) throws {
        var pretty = JSONCoding()
        pretty.indent = 2
        var sorted = JSONCoding()
        sorted.sortedKeys = true
        try Self.forEachValue(seed: seed) { value in
            let text = value.description
            let read = try JSON(parsing: text)
            #expect(read == value)
            #expect(read.description == text)
            #expect(try JSON.parse(pretty.encode(value)) == value)
            #expect(try JSON.parse(sorted.encode(value)) == value)
            #expect(try JSONCoding.default.decode(JSON.self, from: ByteBuffer(string: text)) == value)
        }
    }

    @Test("is read by Foundation as the same value", arguments: seeds)
    func readByFoundation(seed: UInt64) throws {
        try Self.forEachValue(seed: seed) { value in
            let theirs = try JSONDecoder().decode(JSON.self, from: Data(value.description.utf8))
            #expect(theirs.isNearlyEqual(to: value))
        }
    }

    @Test("is read from Foundation's text as the same value", arguments: seeds)
    func writtenByFoundation(seed: UInt64) throws {
        for formatting in [JSONEncoder.OutputFormatting(), [.prettyPrinted, .sortedKeys]] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = formatting
            try Self.forEachValue(seed: seed) { value in
                let data = try encoder.encode(value)
                #expect(try JSON.parse(data).isNearlyEqual(to: value))
            }
        }
    }

    @Test("decodes as Codable types the same as with Foundation", arguments: seeds)
    func codable(seed: UInt64) throws {
        var generator = JSONGenerator(random: SplitMix64(seed: seed))
        for _ in 0..<200 {
            let record = Record(
                id: Int.random(in: .min ... .max, using: &generator.random),
                small: Int8.random(in: .min ... .max, using: &generator.random),
                large: UInt64.random(in: .min ... .max, using: &generator.random),
                ratio: Double.random(in: -1e6...1e6, using: &generator.random),
                single: Float.random(in: -1e3...1e3, using: &generator.random),
                flag: .random(using: &generator.random),
                name: generator.text(),
                note: Bool.random(using: &generator.random) ? generator.text() : nil,
                tags: (0..<3).map { _ in generator.text() },
                scores: ["x" + generator.text(): 1.5, "y" + generator.text(): -2],
                children: []
            )
            let parent = Record(copying: record, children: [record, record])
            let ours = try JSONCoding.default.encode(parent)
            let theirs = try JSONEncoder().encode(parent)
            #expect(try JSONDecoder().decode(Record.self, from: Data(ours.readableBytesView)) == parent)
            #expect(try JSONCoding.default.decode(Record.self, from: ByteBuffer(bytes: theirs)) == parent)
            #expect(try JSONCoding.default.decode(Record.self, from: ours) == parent)
        }
    }
}

private struct Record: Codable, Equatable {
    var id: Int
    var small: Int8
    var large: UInt64
    var ratio: Double
    var single: Float
    var flag: Bool
    var name: String
    var note: String?
    var tags: [String]
    var scores: [String: Double]
    var children: [Record]

    init(
        id: Int, small: Int8, large: UInt64, ratio: Double, single: Float, flag: Bool, name: String, note: String?,
        tags: [String], scores: [String: Double], children: [Record]
    ) {
        self.id = id
        self.small = small
        self.large = large
        self.ratio = ratio
        self.single = single
        self.flag = flag
        self.name = name
        self.note = note
        self.tags = tags
        self.scores = scores
        self.children = children
    }

    init(copying other: Record, children: [Record]) {
        self = other
        self.children = children
    }
}

extension JSON {
    /// Whether both are the same but for integers beyond 2⁵³, which the other coder may round.
    fileprivate func isNearlyEqual(to other: JSON) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)):
            left.double == right.double
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isNearlyEqual(to: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count && left.allSatisfy { right[$0.key]?.isNearlyEqual(to: $0.value) == true }
        default:
            self == other
        }
    }
}
