import NIOCore
import Testing

@testable import Koa

@Suite("JSON numbers are written as JavaScript prints them")
struct JSONNumberWritingTests {
    private static func text(_ value: some Encodable) throws -> String {
        String(buffer: try JSONCoding.default.encode(value))
    }

    private static let doubles: [(value: Double, text: String)] = [
        (0, "0"),
        (-0.0, "0"),
        (1, "1"),
        (-1, "-1"),
        (1.5, "1.5"),
        (-1.5, "-1.5"),
        (0.1, "0.1"),
        (0.2, "0.2"),
        (0.1 + 0.2, "0.30000000000000004"),
        (0.001, "0.001"),
        (0.0015, "0.0015"),
        (0.00001, "0.00001"),
        (0.000001, "0.000001"),
        (0.0000012, "0.0000012"),
        (0.0000001, "1e-7"),
        (0.00000015, "1.5e-7"),
        (-0.0000001, "-1e-7"),
        (1.0 / 3, "0.3333333333333333"),
        (2.0 / 3, "0.6666666666666666"),
        (100, "100"),
        (123456.789, "123456.789"),
        (249.95, "249.95"),
        (99.99, "99.99"),
        (51.5074, "51.5074"),
        (-0.1278, "-0.1278"),
        (12.34567, "12.34567"),
        (12.345678, "12.345678"),
        (999_999_999.99999, "999999999.99999"),
        (1e9 + 0.5, "1000000000.5"),
        (1e15, "1000000000000000"),
        (1e16, "10000000000000000"),
        (1e17, "100000000000000000"),
        (1e20, "100000000000000000000"),
        (1.5e20, "150000000000000000000"),
        (1e21, "1e+21"),
        (1.5e21, "1.5e+21"),
        (-1e21, "-1e+21"),
        (1e22, "1e+22"),
        (1e100, "1e+100"),
        (1.2345e100, "1.2345e+100"),
        (1e-10, "1e-10"),
        (1.5e-10, "1.5e-10"),
        (1e-100, "1e-100"),
        (123_456_789_012_345_680, "123456789012345680"),
        (9_007_199_254_740_991, "9007199254740991"),
        (9_007_199_254_740_992, "9007199254740992"),
        (9_007_199_254_740_994, "9007199254740994"),
        (0x1p60, "1152921504606847000"),
        (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
        (.leastNonzeroMagnitude, "5e-324"),
        (.leastNormalMagnitude, "2.2250738585072014e-308"),
        (.pi, "3.141592653589793"),
        (4.35, "4.35"),
        (0.5, "0.5"),
        (0.0000101, "0.0000101"),
        (59.94, "59.94"),
        (59.940000000000005, "59.940000000000005"),
    ]

    @Test("Double", arguments: doubles)
    func writesDouble(value: Double, text: String) throws {
        #expect(try Self.text(value) == text)
        #expect(try Self.text([value]) == "[\(text)]")
    }

    @Test("each power of ten and its neighbours read back")
    func powers() throws {
        for exponent in -30...30 {
            guard let power = Double("1e\(exponent)") else { continue }
            for value in [power.nextDown, power, power.nextUp, -power] {
                #expect(Double(try Self.text(value)) == value)
            }
            let text = try Self.text(power)
            switch exponent {
            case ..<(-6): #expect(text == "1e\(exponent)")
            case ..<0: #expect(text == "0." + String(repeating: "0", count: -exponent - 1) + "1")
            case ..<21: #expect(text == "1" + String(repeating: "0", count: exponent))
            default: #expect(text == "1e+\(exponent)")
            }
        }
    }

    @Test("random numbers read back and have the fewest digits")
    func random() throws {
        var generator = SplitMix64(seed: 42)
        func digits(_ text: String) -> String {
            let digits = text.prefix { $0 != "e" }.filter(\.isNumber)
            return String(digits.drop { $0 == "0" }.reversed().drop { $0 == "0" }.reversed())
        }
        for _ in 0..<20_000 {
            let bits = Double(bitPattern: generator.next())
            let decimal = Double(Int64.random(in: -99_999_999...99_999_999, using: &generator)) / 10_000
            for value in [bits, decimal] where value.isFinite {
                let text = try Self.text(value)
                #expect(Double(text) == value)
                #expect(digits(text) == digits(value.description))
            }
        }
    }

    @Test("Float, with the digits of its precision")
    func float() throws {
        #expect(try Self.text(Float(0.1)) == "0.1")
        #expect(try Self.text(Float(1) / 3) == "0.33333334")
        #expect(try Self.text(Float(16_777_216)) == "16777216")
        #expect(try Self.text(Float(3e10)) == "30000000000")
        #expect(try Self.text(Float(-0.0)) == "0")
        #expect(try Self.text(Float.greatestFiniteMagnitude) == "3.4028235e+38")
    }

    @Test("integers of each width at their bounds")
    func integers() throws {
        #expect(try Self.text(Int.max) == "9223372036854775807")
        #expect(try Self.text(Int.min) == "-9223372036854775808")
        #expect(try Self.text(UInt64.max) == "18446744073709551615")
        #expect(try Self.text([Int8.min, .max]) == "[-128,127]")
        #expect(try Self.text([UInt8.min, .max]) == "[0,255]")
        #expect(try Self.text([Int16.min, .max]) == "[-32768,32767]")
        #expect(try Self.text([UInt16.max]) == "[65535]")
        #expect(try Self.text([Int32.min, .max]) == "[-2147483648,2147483647]")
        #expect(try Self.text([UInt32.max]) == "[4294967295]")
        #expect(try Self.text([Int64.min]) == "[-9223372036854775808]")
        #expect(try Self.text([UInt.max]) == "[18446744073709551615]")
        #expect(try Self.text(Int128.min) == "-170141183460469231731687303715884105728")
        #expect(try Self.text(UInt128.max) == "340282366920938463463374607431768211455")
    }

    @Test("integers with each number of digits")
    func digits() throws {
        var value = 1
        for _ in 0..<18 {
            for number in [value - 1, value, value + 1, -value, 1 - value, value * 9] {
                #expect(try Self.text(number) == String(number))
            }
            value *= 10
        }
    }

    @Test("what is not finite by the strategy")
    func nonFinite() throws {
        let values: [Double] = [.infinity, -.infinity, .nan, 1]
        var coding = JSONCoding()
        #expect(String(buffer: try coding.encode(values)) == "[null,null,null,1]")
        #expect(String(buffer: try coding.encode([Float.nan])) == "[null]")
        #expect(String(buffer: try coding.encode(Double.nan)) == "null")
        coding.nonFinite = .strings
        #expect(String(buffer: try coding.encode(values)) == #"["Infinity","-Infinity","NaN",1]"#)
        let read = try coding.decode([Double].self, from: try coding.encode(values))
        #expect(read[0] == .infinity && read[1] == -.infinity && read[2].isNaN && read[3] == 1)
        #expect(try coding.decode(Float.self, from: ByteBuffer(string: #""-Infinity""#)) == -.infinity)
        #expect(throws: DecodingError.self) { try coding.decode(Double.self, from: ByteBuffer(string: #""inf""#)) }
        coding.nonFinite = .throw
        for value in values.prefix(3) {
            #expect(throws: EncodingError.self) { try coding.encode(value) }
            #expect(throws: EncodingError.self) { try coding.encode(["a": [value]]) }
            #expect(throws: EncodingError.self) { try coding.encode(Float(value)) }
        }
    }

    @Test("a path to what is not finite")
    func nonFinitePath() {
        struct Point: Encodable {
            var x: Double
        }
        var coding = JSONCoding()
        coding.nonFinite = .throw
        let error = #expect(throws: EncodingError.self) {
            try coding.encode(["points": [Point(x: 1), Point(x: .nan)]])
        }
        guard case .invalidValue(let value, let context) = error else {
            Issue.record("another error")
            return
        }
        #expect((value as? Double)?.isNaN == true)
        #expect(JSONPathKey.text(of: context.codingPath) == "points[1].x")
    }
}

@Suite("JSON strings are written")
struct JSONStringWritingTests {
    private static let texts: [(value: String, text: String)] = [
        ("", #""""#),
        ("a", #""a""#),
        ("1234567", #""1234567""#),
        ("12345678", #""12345678""#),
        ("123456789", #""123456789""#),
        ("a\"b", #""a\"b""#),
        ("\\", #""\\""#),
        ("/", #""/""#),
        ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\0\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#),
        ("\u{7F}", "\"\u{7F}\""),
        ("é€😀", #""é€😀""#),
        ("\u{2028}\u{2029}", "\"\u{2028}\u{2029}\""),
        ("</script>", #""</script>""#),
        ("12345678\n", #""12345678\n""#),
        ("\n12345678", #""\n12345678""#),
        ("1234\n5678", #""1234\n5678""#),
        ("\"\"\"\"\"\"\"\"\"\"", #""\"\"\"\"\"\"\"\"\"\"""#),
    ]

    @Test("as JSON.stringify does", arguments: texts)
    func writes(value: String, text: String) throws {
        #expect(String(buffer: try JSONCoding.default.encode(value)) == text)
        #expect(JSON.string(value).description == text)
        #expect(JSON.object(JSONObject([(value, JSON(1))])).description == "{\(text):1}")
    }

    @Test("with a character to escape at every offset of every length")
    func offsets() throws {
        for length in 1...40 {
            for index in 0..<length {
                for character in ["\"", "\\", "\u{1}", "é"] {
                    var characters = [String](repeating: "a", count: length)
                    characters[index] = character
                    let value = characters.joined()
                    let text = JSON.string(value).description
                    #expect(try JSON(parsing: text) == .string(value))
                }
            }
        }
    }

    @Test("with slashes escaped where that is asked for")
    func slashes() throws {
        var coding = JSONCoding()
        coding.escapesSlashes = true
        #expect(String(buffer: try coding.encode(["a/b": "</p>/"])) == #"{"a\/b":"<\/p>\/"}"#)
        coding.indent = 1
        #expect(String(buffer: try coding.encode(["/"])) == "[\n \"\\/\"\n]")
    }

    @Test("when long, many, or parts of others")
    func long() throws {
        let long = String(repeating: "abc\n", count: 100_000)
        #expect(try JSON(parsing: JSON.string(long).description) == .string(long))
        let texts = (0..<5000).map { String(repeating: "x", count: $0 % 50) }
        let read = try JSONCoding.default.decode([String].self, from: JSONCoding.default.encode(texts))
        #expect(read == texts)
        let part = "hello world, this is a long text".dropFirst(6)
        #expect(JSON(part).description == #""world, this is a long text""#)
    }

    @Test("behind what is already in the buffer, which stays as it was when that fails")
    func appending() throws {
        var buffer = ByteBuffer(string: "data: ")
        try JSONCoding.default.encode(["a"], into: &buffer)
        #expect(String(buffer: buffer) == #"data: ["a"]"#)
        var coding = JSONCoding()
        coding.nonFinite = .throw
        #expect(throws: EncodingError.self) { try coding.encode(["b": Double.nan], into: &buffer) }
        #expect(String(buffer: buffer) == #"data: ["a"]"#)
    }
}
