/// Domain names as URLs have them.
///
/// This is the part of UTS #46 that needs no tables but the standard library's: lower-casing and Punycode, and the
/// refusal of what the full mapping would change in another way.
enum DomainName {
    private static let prefix = Array("xn--".utf8)

    /// The name in lower-case ASCII.
    ///
    /// - Parameter bytes: The name in UTF-8; what is not, makes it nil.
    /// - Returns: Nil for a label outside ASCII that cannot be mapped safely, or a malformed `xn--` label.
    static func toASCII(_ bytes: [UInt8]) -> String? {
        guard let text = String(validating: bytes.map(\.asciiLowercased), as: UTF8.self) else { return nil }
        // Every host comes here, and few have anything to map.
        if bytes.allSatisfy({ $0 < 0x80 }), !text.utf8.hasEncodedLabel { return text }

        // Versions of the mapping differ in what the capital of ß becomes.
        guard !text.unicodeScalars.contains("ẞ") else { return nil }
        let scalars = text.unicodeScalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
        let isBidirectional = scalars.contains(where: isRightToLeft)
        var output: [UInt8] = []
        for (position, label) in scalars.split(omittingEmptySubsequences: false, whereSeparator: isDot).enumerated() {
            guard !isBidirectional || hasOneDirection(label), let ascii = toASCII(label) else { return nil }
            if position > 0 { output.append(UInt8(ascii: ".")) }
            output.append(contentsOf: ascii)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func toASCII(_ label: ArraySlice<Unicode.Scalar>) -> [UInt8]? {
        let start = label.prefix(prefix.count).map(\.value)
        let isEncoded = start.elementsEqual(prefix.map(UInt32.init))
        guard label.allSatisfy(\.isASCII) else {
            guard !isEncoded, label.allSatisfy(isUnchanged), isNormalized(label),
                label.first?.properties.generalCategory.isMark == false
            else { return nil }
            return Punycode.encode(Array(label)).map { prefix + $0 }
        }
        let ascii = label.map { UInt8(truncatingIfNeeded: $0.value) }
        guard isEncoded else { return ascii }
        // An encoded label has to be what encoding gives, or two texts would name one host.
        let encoded = ascii.dropFirst(prefix.count)
        guard let decoded = Punycode.decode(encoded), decoded.contains(where: { !$0.isASCII }),
            decoded.allSatisfy(isUnchanged), let again = Punycode.encode(decoded), again.elementsEqual(encoded)
        else { return nil }
        return ascii
    }

    /// The full stops that UTS #46 takes for one.
    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "\u{3002}" || scalar == "\u{FF0E}" || scalar == "\u{FF61}"
    }

    /// Whether the mapping leaves a lower-case character as it is.
    private static func isUnchanged(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return true }
        // Case folding would change these two, the mapping has not since 2010.
        if scalar == "ß" || scalar == "ς" { return true }
        let properties = scalar.properties
        guard !properties.changesWhenNFKCCaseFolded else { return false }
        switch properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber: return true
        // Emoji and the like, without the object replacement characters and the ideographic descriptions.
        case .otherSymbol: return !(0xFFFC...0xFFFD ~= scalar.value || 0x2FF0...0x2FFF ~= scalar.value)
        default: return false
        }
    }

    /// Whether normalisation surely leaves a label as it is: none of its characters would be joined or change places.
    private static func isNormalized(_ label: ArraySlice<Unicode.Scalar>) -> Bool {
        var last: UInt8 = 0
        for scalar in label {
            let combiningClass = scalar.properties.canonicalCombiningClass.rawValue
            guard !mayCompose(scalar), combiningClass == 0 || combiningClass >= last else { return false }
            last = combiningClass
        }
        return true
    }

    /// Whether normalisation could join the character with one before it.
    private static func mayCompose(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.canonicalCombiningClass.rawValue {
        case 0: composingStarters.contains { $0.contains(scalar.value) }
        // Thai, Lao and Tibetan vowels and tones; and most signs that kill a vowel.
        case 103, 107, 118, 122: false
        case 9: scalar.value == 0x0DCA
        default: true
        }
    }

    /// The characters of combining class 0 that Unicode composes with one before them.
    private static let composingStarters: [ClosedRange<UInt32>] = [
        0x09BE...0x09BE, 0x09D7...0x09D7, 0x0B3E...0x0B3E, 0x0B56...0x0B57, 0x0BBE...0x0BBE, 0x0BD7...0x0BD7,
        0x0CC2...0x0CC2, 0x0CD5...0x0CD6, 0x0D3E...0x0D3E, 0x0D57...0x0D57, 0x0DCF...0x0DCF, 0x0DDF...0x0DDF,
        0x102E...0x102E, 0x1161...0x1175, 0x11A8...0x11C2, 0x1B35...0x1B35, 0x1133E...0x1133E, 0x11357...0x11357,
        0x113B8...0x113C9, 0x114B0...0x114BD, 0x115AF...0x115AF, 0x11930...0x11930, 0x1611E...0x16129,
        0x16D67...0x16D67,
    ]

    /// Whether the character is of a script that is written from right to left.
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }

    /// Whether a label surely keeps the rule of RFC 5893 §2: letters of one direction, and where that is from the left,
    /// digits and hyphens inside.
    private static func hasOneDirection(_ label: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = label.first, let last = label.last else { return true }
        if isRightToLeft(first) {
            return label.allSatisfy { isRightToLeft($0) && $0.properties.generalCategory == .otherLetter }
        }
        return first.properties.isAlphabetic && last != "-"
            && label.allSatisfy { scalar in
                !isRightToLeft(scalar) && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar || scalar == "-")
            }
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isMark: Bool {
        self == .nonspacingMark || self == .spacingMark || self == .enclosingMark
    }
}

extension String.UTF8View {
    /// Whether a label of the name begins with `xn--`.
    fileprivate var hasEncodedLabel: Bool {
        split(separator: UInt8(ascii: ".")).contains { $0.starts(with: "xn--".utf8) }
    }
}
