import Foundation
import Testing

@testable import Koa

@Suite("Base64")
struct Base64Tests {
    @Test(
        "is RFC 4648's, with padding and without",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"), ("~~~???", "fn5+Pz8/"),
        ])
    func vectors(_ text: String, _ encoded: String) {
        let url = encoded.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        #expect(Base64.encode(text.utf8) == encoded)
        #expect(Base64.encode(text.utf8, .url) == url)
        #expect(Base64.decode(encoded) == Array(text.utf8))
        #expect(Base64.decode(url) == Array(text.utf8))
    }

    @Test("goes there and back as Foundation's does, of any bytes and lengths")
    func random() {
        var random = SystemRandomNumberGenerator()
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64.decode(Base64.encode(bytes, .url)) == bytes)
        }
    }

    @Test("is not what has other signs or a length that nothing has")
    func invalid() {
        for code in 0..<256 {
            let sign = Character(UnicodeScalar(UInt8(code)))
            let isDigit = code < 128 && (sign.isLetter || sign.isNumber || "+/-_".contains(sign))
            #expect((Base64.decode("AAA\(sign)") != nil) == (isDigit || sign == "="), "\(code)")
        }
        for text in [
            "A", "AAAAA", "=", "====", "A=", "A===", "AA===", "AAA==", "AAAA=", "AA=A", "AA A", "AAAA\n", "ÄÄ",
        ] {
            #expect(Base64.decode(text) == nil, "\(text)")
        }
        #expect(Base64.decode("AA=") == [0])
    }
}
