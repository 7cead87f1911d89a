import Foundation
import NIOCore
import Testing

@testable import Koa

@Suite("JSONLimits")
struct JSONLimitsTests {
    private static func nested(_ depth: Int, _ open: String = "[", _ close: String = "]") -> String {
        String(repeating: open, count: depth) + String(repeating: close, count: depth)
    }

    @Test("has defaults and keeps settings in range")
    func settings() {
        #expect(JSONLimits.default.depth == 128)
        #expect(JSONLimits.default.bytes == 16_777_216)
        var limits = JSONLimits(depth: 10_000, bytes: -1)
        #expect(limits.depth == 512)
        #expect(limits.bytes == 0)
        limits.depth = -1
        limits.bytes = .max
        #expect(limits.depth == 0)
        #expect(limits.bytes == 268_435_455)
    }

    @Test("allows a depth of n and refuses n + 1", arguments: [0, 1, 2, 16, 128, 512])
    func depth(limit: Int) throws {
        let limits = JSONLimits(depth: limit)
        if limit > 0 {
            _ = try JSON(parsing: Self.nested(limit), limits: limits)
        }
        _ = try JSON(parsing: "1", limits: limits)
        let error = #expect(throws: JSONError.self) { try JSON(parsing: Self.nested(limit + 1), limits: limits) }
        #expect(error?.code == .tooDeep)
        #expect(error?.column == limit + 1)
        let objects = #expect(throws: JSONError.self) {
            try JSON(parsing: Self.nested(limit + 1, #"{"a":["#, "]}"), limits: limits)
        }
        #expect(objects?.code == .tooDeep)
    }

    @Test("counts depth, not the number of containers")
    func siblings() throws {
        let text = "[" + Array(repeating: "[[]]", count: 1000).joined(separator: ",") + "]"
        #expect(try JSON(parsing: text, limits: .init(depth: 3)).array?.count == 1000)
        #expect(throws: JSONError.self) { try JSON(parsing: text, limits: .init(depth: 2)) }
    }

    @Test("allows a size of n and refuses n + 1")
    func size() throws {
        let text = #"{"a":"bcd"}"#
        let size = text.utf8.count
        _ = try JSON(parsing: text, limits: .init(bytes: size))
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text, limits: .init(bytes: size - 1)) }
        #expect(error?.code == .tooLarge)
        let buffer = #expect(throws: JSONError.self) {
            try JSON.parse(ByteBuffer(string: text), limits: .init(bytes: size - 1))
        }
        #expect(buffer?.code == .tooLarge)
        var coding = JSONCoding()
        coding.limits.bytes = size - 1
        let decoding = #expect(throws: JSONError.self) {
            try coding.decode([String: String].self, from: ByteBuffer(string: text))
        }
        #expect(decoding?.code == .tooLarge)
    }

    @Test("refuses 100,000 open brackets at once", arguments: ["[", "{\"a\":", "[{\"a\":"])
    func hostileDepth(text: String) {
        let error = #expect(throws: JSONError.self) {
            try JSON(parsing: String(repeating: text, count: 100_000))
        }
        #expect(error?.code == .tooDeep)
        #expect(throws: JSONError.self) {
            try JSONCoding.default.decode(
                JSON.self, from: ByteBuffer(string: String(repeating: text, count: 100_000))
            )
        }
    }

    @Test("reads, writes and frees the deepest value on a small stack")
    func smallStack() async throws {
        let text = Self.nested(512)
        let written = try await onStack(of: 1 << 20) {
            try JSON(parsing: text, limits: .init(depth: 512)).description
        }
        #expect(written == text)
    }

    @Test("decodes and encodes the deepest value on half of a usual stack")
    func codableStack() async throws {
        let text = Self.nested(511)
        let (depth, written) = try await onStack(of: 4 << 20) {
            var coding = JSONCoding()
            coding.limits.depth = 512
            let nest = try coding.decode(Nest.self, from: ByteBuffer(string: text))
            return (nest.depth, try coding.encode(nest))
        }
        #expect(depth == 511)
        #expect(String(buffer: written) == text)
    }

    @Test(
        "takes time in proportion to a hostile text",
        arguments: [
            #"["\u0000","#, "[1,", "{\"a\":1,", "\"\\", "[[],", "[-", "1", "\"é", "[1e1,", "[\"a\\nb\",",
        ])
    func repetition(text: String) {
        // A quadratic reader would take minutes for these.
        let bytes = Array(repeating: Array(text.utf8), count: 50_000).joined()
        _ = try? JSON.parse(Array(bytes))
    }

    @Test("finds each of many members quickly")
    func manyMembers() throws {
        let count = 50_000
        let text = "{" + (0..<count).map { #""key\#($0)":\#($0)"# }.joined(separator: ",") + "}"
        let decoded = try JSONCoding.default.decode([String: Int].self, from: ByteBuffer(string: text))
        #expect(decoded.count == count)
        #expect(decoded["key49999"] == 49_999)
        let value = try JSON(parsing: text)
        #expect(value["key25000"]?.int == 25_000)
        let same = "{" + Array(repeating: #""same":1"#, count: count).joined(separator: ",") + #","same":2}"#
        #expect(try JSON(parsing: same) == ["same": 2])
        #expect(try JSONCoding.default.decode([String: Int].self, from: ByteBuffer(string: same)) == ["same": 2])
    }

    @Test("reports each of many errors quickly")
    func manyErrors() throws {
        // Trying types in turn throws at each element, and each error has a place.
        let text = "[" + Array(repeating: #""a""#, count: 50_000).joined(separator: ",") + "]"
        let values = try JSONCoding.default.decode([IntOrString].self, from: ByteBuffer(string: text))
        #expect(values.count == 50_000)
        #expect(values.last == .string("a"))
    }

    @Test("refuses to encode a cycle")
    func cycle() async {
        let error = await #expect(throws: EncodingError.self) {
            try await onStack(of: 4 << 20) {
                let node = Node()
                node.next = node
                defer { node.next = nil }
                return try JSONCoding.default.encode(node)
            }
        }
        guard case .invalidValue(_, let context) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.codingPath.count == 512 - 1)
    }
}

/// Arrays in one another.
private struct Nest: Codable {
    var depth: Int

    init(depth: Int) {
        self.depth = depth
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        depth = container.isAtEnd ? 1 : try container.decode(Nest.self).depth + 1
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        if depth > 1 {
            try container.encode(Nest(depth: depth - 1))
        }
    }
}

private enum IntOrString: Decodable, Equatable {
    case int(Int)
    case string(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int.self) {
            self = .int(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }
}

private final class Node: Encodable {
    var next: Node?
}
