extension WebURL {
    /// What may stand unescaped in the parts of a URL: the complements of the standard's percent-encode sets (§1.3).
    enum Kept {
        static let control = ASCIISet.printable
        static let fragment = control.subtracting(ASCIISet(" \"<>`"))
        static let query = control.subtracting(ASCIISet(" \"#<>"))
        static let specialQuery = query.subtracting(ASCIISet("'"))
        static let path = query.subtracting(ASCIISet("?`{}"))
        static let userInformation = path.subtracting(ASCIISet("/:;=@[\\]^|"))
    }

    /// The bytes as text, escaped but for those kept.
    static func encode(_ bytes: ArraySlice<UInt8>, keeping kept: ASCIISet) -> String {
        if bytes.allSatisfy({ kept.contains($0) }) { return String(decoding: bytes, as: UTF8.self) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 2)
        for byte in bytes { URLEncoding.append(byte, unlessIn: kept, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }
}
