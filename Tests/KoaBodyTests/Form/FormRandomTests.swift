import Koa
import NIOCore
import Testing

@testable import KoaBody

@Suite("Random forms")
struct FormRandomTests {
    /// A value whose objects have letters as keys, and whose lists aren't empty: what a form can say.
    private func value(_ random: inout SplitMix64, depth: Int) -> JSON {
        switch depth == 0 ? 0 : Int.random(in: 0...2, using: &random) {
        case 1: JSON((0..<Int.random(in: 1...4, using: &random)).map { _ in value(&random, depth: depth - 1) })
        case 2: object(&random, depth: depth - 1)
        default: JSON(["", "x", "ä&=+%", "[a]", " ", "\u{0}", "1"].randomElement(using: &random) ?? "")
        }
    }

    private func object(_ random: inout SplitMix64, depth: Int) -> JSON {
        var members = JSONObject()
        for name in ["a", "b", "ö", "long name"].prefix(Int.random(in: 1...4, using: &random)) {
            members[name] = value(&random, depth: depth)
        }
        return JSON(members)
    }

    /// The fields that say a value, as `qs.stringify` writes them.
    private func fields(_ value: JSON, _ name: String) -> [String] {
        if let elements = value.array {
            return elements.enumerated().flatMap { fields($1, "\(name)[\($0)]") }
        }
        if let members = value.object {
            return members.flatMap { fields($0.value, name.isEmpty ? $0.key : "\(name)[\($0.key)]") }
        }
        return ["\(URLEncoding.formEncode(name))=\(URLEncoding.formEncode(value.string ?? ""))"]
    }

    @Test("say what they were written from, in any order of their fields", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let expected = object(&random, depth: 4)
        let text = fields(expected, "").shuffled(using: &random).joined(separator: "&")
        let found = try FormText.parse(ByteBuffer(string: text), limits: FormLimits()).json
        #expect(found == expected, "\(text)")
    }

    @Test("never trap the reader, whatever they are", arguments: 0..<300)
    func noise(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "a", "b", "[", "]", "[]", "[0]", "[1]", "[99]", ".", "=", "&", "%5B", "%5d", "%", "%zz", "%ff", "+", "[a]",
        ]
        let text = (0..<40).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let node = try FormText.parse(ByteBuffer(string: text), limits: FormLimits())
        #expect(node.json.object != nil)
    }
}
