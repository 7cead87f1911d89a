import Crypto
import Foundation
import Koa
import Testing

@testable import KoaKeygrip

private let data = "Keyboard Cat has a hat."

@Suite("Keygrip")
struct KeygripTests {
    @Test("takes texts, and bytes")
    func constructor() throws {
        let bytes: [[UInt8]] = [Array("SEKRIT1".utf8)]
        #expect(try Keygrip(["SEKRIT1"]).sign(data) == Keygrip(bytes).sign(data))
        #expect(try Keygrip([[0, 255] as [UInt8]]).sign(data).utf8.count == 27)
    }

    @Test("wants keys")
    func noKeys() {
        let error = #expect(throws: KeygripError.self) { try Keygrip([]) }
        #expect(error?.code == .keysRequired)
        #expect(error?.message == "Keys must be provided.")
        #expect(error.map { "\($0)".hasPrefix("Keys must be provided. ") } == true)
        #expect(throws: KeygripError.keysRequired) { try Keygrip([[UInt8]]()) }
    }

    @Test("refuses an empty key, by which anyone could sign")
    func emptyKey() {
        #expect(throws: KeygripError.emptyKey) { try Keygrip([""]) }
        #expect(throws: KeygripError.emptyKey) { try Keygrip(["a", ""]) }
        #expect(throws: KeygripError.emptyKey) { try Keygrip([[UInt8]()]) }
    }

    @Test(
        "signs as Crypto's HMAC does, by keys around a block's size",
        arguments: [1, 20, 63, 64, 65, 127, 128, 129, 300])
    func codes(_ size: Int) throws {
        let key = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
        func check<Hash: HashFunction>(_ hash: Hash.Type, _ algorithm: Keygrip.Algorithm) throws {
            let code = HMAC<Hash>.authenticationCode(for: Data(data.utf8), using: SymmetricKey(data: key))
            let expected = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            #expect(try Keygrip([key], algorithm: algorithm, encoding: .hex).sign(data) == expected)
        }
        try check(Insecure.SHA1.self, .sha1)
        try check(SHA256.self, .sha256)
        try check(SHA384.self, .sha384)
        try check(SHA512.self, .sha512)
    }

    @Test("shows no key when printed or dumped")
    func secret() throws {
        let keys = try Keygrip(["SEKRIT1", "SEKRIT2"], accepting: [.sha256])
        var dumped = ""
        dump(keys, to: &dumped)
        for text in ["\(keys)", String(reflecting: keys), dumped] {
            #expect(!text.contains("SEKRIT"))
        }
        #expect("\(keys)" == "Keygrip(4)")
    }
}

@Suite("Keygrip.sign")
struct KeygripSignTests {
    @Test("signs a text, by the first secret")
    func first() throws {
        #expect(try Keygrip(["SEKRIT1"]).sign(data) == "34Sr3OIsheUYWKL5_w--zJsdSNk")
        #expect(try Keygrip(["SEKRIT1", "SEKRIT2"]).sign(data) == "34Sr3OIsheUYWKL5_w--zJsdSNk")
        #expect(try Keygrip(["SEKRIT2", "SEKRIT1"]).sign(data) == "_jl9qXYgk5AgBiKFOPYK073FMEQ")
    }

    static let algorithms: [(Keygrip.Algorithm, String)] = [
        (.sha1, "34Sr3OIsheUYWKL5_w--zJsdSNk"),
        (.sha256, "pu97aPRZRLKi3-eANtIlTG_CwSc39mAcIZ1c6FxsGCk"),
        (.sha384, "A3ySgj_c0pqHyWVn9HkIm_vuH1ciodNXYV7LtC3a98uWdtX6BJPkgXEIaOISkrDM"),
        (.sha512, "edqWgyKLP8dOVbzvEZcq6A4OewnIlYgwJkeTn670F8YrbKTkA6Kmd202aLDnDU6EkW5h6Xw6GybjOj7hL39Wow"),
    ]

    @Test("by the algorithm", arguments: algorithms)
    func algorithm(_ algorithm: Keygrip.Algorithm, _ signature: String) throws {
        #expect(try Keygrip(["SEKRIT1"], algorithm: algorithm).sign(data) == signature)
    }

    static let hex: [(Keygrip.Algorithm, String)] = [
        (.sha1, "df84abdce22c85e51858a2f9ff0fbecc9b1d48d9"),
        (.sha256, "a6ef7b68f45944b2a2dfe78036d2254c6fc2c12737f6601c219d5ce85c6c1829"),
    ]

    @Test("in hexadecimal", arguments: hex)
    func encoding(_ algorithm: Keygrip.Algorithm, _ signature: String) throws {
        #expect(try Keygrip(["SEKRIT1"], algorithm: algorithm, encoding: .hex).sign(data) == signature)
    }

    /// Keys shorter than the hash's block, as long, and longer; texts empty and beyond ASCII.
    static let edges: [(String, String, String)] = [
        (String(repeating: "k", count: 63), "", "9M_3zVSxi4ZWIn_3t3Xs7EHxNts"),
        (String(repeating: "k", count: 64), "a=b", "O-zqfpLnxZiSTqSQ43HSTeK9af0"),
        (String(repeating: "k", count: 65), "a=\u{E9}", "JC0yrjTeU62ly1H2tZaoD--Y6CU"),
        ("\u{FC}\u{1F511}", String(repeating: "x", count: 1_000), "FeRhWzVawE9fhC3rlg6i6Wu1Tik"),
    ]

    @Test("keys of any length, texts as UTF-8", arguments: edges)
    func edge(_ key: String, _ text: String, _ signature: String) throws {
        #expect(try Keygrip([key]).sign(text) == signature)
    }

    @Test("signs the same text alike again and again, from many tasks at once")
    func concurrent() async throws {
        let keys = try Keygrip(["SEKRIT1"], algorithm: .sha256)
        let expected = keys.sign(data)
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    (0..<200).allSatisfy { _ in
                        keys.sign(data) == expected && keys.verify(keys.sign("\(number)"), for: "\(number)")
                    }
                }
            }
            for await same in group { #expect(same) }
        }
    }
}

@Suite("Keygrip.index and verify")
struct KeygripIndexTests {
    @Test("the position of the key that signed", arguments: [Keygrip.Algorithm.sha1, .sha256, .sha384, .sha512])
    func index(_ algorithm: Keygrip.Algorithm) throws {
        for encoding in [Keygrip.Encoding.base64, .hex] {
            let keys = try Keygrip(["a", "b", "c"], algorithm: algorithm, encoding: encoding)
            for (position, key) in ["a", "b", "c"].enumerated() {
                let signature = try Keygrip([key], algorithm: algorithm, encoding: encoding).sign(data)
                #expect(keys.index(of: signature, for: data) == position)
                #expect(keys.verify(signature, for: data))
            }
        }
    }

    @Test("nil when no key signed")
    func absent() throws {
        let keys = try Keygrip(["SEKRIT2", "SEKRIT1"])
        #expect(keys.index(of: try Keygrip(["SEKRIT3"]).sign(data), for: data) == nil)
        #expect(!keys.verify(try Keygrip(["SEKRIT3"]).sign(data), for: data))
        #expect(keys.index(of: keys.sign(data), for: data + " ") == nil)
    }

    static let bogusCases = [
        "", "bogus", "34Sr3OIsheUYWKL5/w++zJsdSNk", "34Sr3OIsheUYWKL5_w--zJsdSNk=", "34Sr3OIsheUYWKL5_w--zJsdSN",
        "34sr3OIsheUYWKL5_w--zJsdSNk", "34Sr3OIsheUYWKL5_w--zJsdSNl", "\u{E9}4Sr3OIsheUYWKL5_w--zJsdSN",
        String(repeating: "A", count: 27), String(repeating: "A", count: 100_000),
    ]

    @Test("any other text is no signature", arguments: bogusCases)
    func bogus(_ signature: String) throws {
        let keys = try Keygrip(["SEKRIT1"])
        #expect(keys.index(of: signature, for: data) == nil)
        #expect(!keys.verify(signature, for: data))
    }

    @Test("a change of any one character of a signature is found")
    func tampered() throws {
        let keys = try Keygrip(["SEKRIT1"])
        let signature = Array(keys.sign(data).utf8)
        for position in signature.indices {
            var changed = signature
            changed[position] ^= 1
            #expect(keys.index(of: String(decoding: changed, as: UTF8.self), for: data) == nil)
        }
    }

    @Test("a signature in the other encoding is none")
    func encodings() throws {
        let keys = try Keygrip(["SEKRIT1"])
        #expect(!keys.verify("df84abdce22c85e51858a2f9ff0fbecc9b1d48d9", for: data))
        #expect(try Keygrip(["SEKRIT1"], encoding: .hex).verify("df84abdce22c85e51858a2f9ff0fbecc9b1d48d9", for: data))
        #expect(
            !(try Keygrip(["SEKRIT1"], encoding: .hex).verify("DF84ABDCE22C85E51858A2F9FF0FBECC9B1D48D9", for: data)))
    }

    @Test("older algorithms are accepted when named, and count after the newest's keys")
    func accepting() throws {
        let old = try Keygrip(["a", "b"])
        let new = try Keygrip(["a", "b"], algorithm: .sha256, accepting: [.sha1])
        #expect(new.sign(data).utf8.count == 43)
        #expect(new.index(of: new.sign(data), for: data) == 0)
        #expect(new.index(of: try Keygrip(["b"], algorithm: .sha256).sign(data), for: data) == 1)
        #expect(new.index(of: old.sign(data), for: data) == 2)
        #expect(new.index(of: try Keygrip(["b"]).sign(data), for: data) == 3)
        #expect(try Keygrip(["a"], algorithm: .sha256).index(of: old.sign(data), for: data) == nil)
    }

    @Test("the algorithm itself among the accepted changes nothing")
    func acceptingItself() throws {
        let keys = try Keygrip(["a"], accepting: [.sha1])
        #expect(keys.index(of: keys.sign(data), for: data) == 0)
        #expect("\(keys)" == "Keygrip(1)")
    }
}
