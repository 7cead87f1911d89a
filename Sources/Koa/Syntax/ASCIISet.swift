/// A set of ASCII characters that answers in constant time.
struct ASCIISet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// A set of these characters; what is not ASCII is left out.
    init(_ characters: StaticString) {
        characters.withUTF8Buffer { for byte in $0 { insert(byte) } }
    }

    /// Whether the byte is one of the characters; false for every byte from 0x80.
    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low &>> UInt64(byte) & 1 == 1 }
        return byte < 128 && high &>> UInt64(byte & 63) & 1 == 1
    }

    /// The characters of either set.
    func union(_ other: ASCIISet) -> ASCIISet {
        var result = self
        result.low |= other.low
        result.high |= other.high
        return result
    }

    /// The characters of this set that the other does not have.
    func subtracting(_ other: ASCIISet) -> ASCIISet {
        var result = self
        result.low &= ~other.low
        result.high &= ~other.high
        return result
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 {
            low |= 1 &<< UInt64(byte)
        } else if byte < 128 {
            high |= 1 &<< UInt64(byte & 63)
        }
    }

    /// The characters 0x20 to 0x7E: space and everything that can be seen.
    static let printable = alphanumerics.union(ASCIISet(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))

    /// `ALPHA` and `DIGIT` of RFC 5234.
    static let alphanumerics = ASCIISet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    /// `tchar` of RFC 9110 §5.6.2, what tokens are made of.
    static let token = alphanumerics.union(ASCIISet("!#$%&'*+-.^_`|~"))
}

extension UInt8 {
    /// Whether the byte is `0` to `9`.
    var isASCIIDigit: Bool { 0x30...0x39 ~= self }

    /// Whether the byte is a space or a tab.
    var isHTTPWhitespace: Bool { self == 0x20 || self == 0x09 }

    /// The value of a hexadecimal digit of either case, or nil.
    var hexDigitValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}
