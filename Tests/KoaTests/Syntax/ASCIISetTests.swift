import Testing

@testable import Koa

@Suite("Sets of ASCII characters")
struct ASCIISetTests {
    @Test("has its characters and no others")
    func contains() {
        let characters = "\u{00}\u{1F} 09?@AZ_`az~\u{7F}"
        let set = ASCIISet("\u{00}\u{1F} 09?@AZ_`az~\u{7F}")
        for byte in UInt8.min...UInt8.max {
            #expect(set.contains(byte) == characters.utf8.contains(byte))
        }
    }

    @Test("leaves out what is not ASCII")
    func notASCII() {
        let set = ASCIISet("aé")
        #expect((UInt8.min...UInt8.max).filter { set.contains($0) } == [0x61])
    }

    @Test("joins and subtracts")
    func algebra() {
        let digits = ASCIISet("0123456789")
        let joined = digits.union(ASCIISet("az"))
        #expect(joined.contains(0x30) && joined.contains(0x7A))
        let left = joined.subtracting(ASCIISet("0z"))
        #expect(!left.contains(0x30) && !left.contains(0x7A) && left.contains(0x31) && left.contains(0x61))
    }

    @Test("has every printable character")
    func printable() {
        #expect((UInt8.min...UInt8.max).filter { ASCIISet.printable.contains($0) } == Array(0x20...0x7E))
    }

    @Test("knows the bytes of hexadecimal digits, spaces and letters")
    func bytes() {
        #expect(Array("0189afAF".utf8).map(\.hexDigitValue) == [0, 1, 8, 9, 10, 15, 10, 15])
        #expect(Array("/:@G`g".utf8).allSatisfy { $0.hexDigitValue == nil })
        #expect(UInt8(0xFF).hexDigitValue == nil)
        #expect(Array("@AZ[az".utf8).map(\.asciiLowercased) == Array("@az[az".utf8))
        #expect((UInt8.min...UInt8.max).filter(\.isHTTPWhitespace) == [0x09, 0x20])
        #expect((UInt8.min...UInt8.max).filter(\.isASCIIDigit) == Array("0123456789".utf8))
    }
}
