import KoaCodings

/// What an Accept-Encoding field says of codings.
struct AcceptEncoding {
    /// Weights in thousandths, by name in lower case; the last of a name counts.
    private var weights: [(name: String, weight: Int)] = []

    /// Reads a field; entries that aren't well formed are skipped, as are those behind the first hundred.
    init(_ field: String) {
        for entry in field.utf8.split(separator: UInt8(ascii: ","), maxSplits: 100).prefix(100) {
            var parts = entry.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).makeIterator()
            guard let name = parts.next().map({ Self.trimmed($0).lowercased() }), !name.isEmpty else { continue }
            guard let parameter = parts.next() else {
                set(name, 1000)
                continue
            }
            guard parts.next() == nil, let weight = Self.weight(Self.trimmed(parameter)) else { continue }
            set(name, weight)
        }
    }

    /// The weight of a name; nil when the field doesn't name it.
    subscript(name: String) -> Int? {
        weights.first { $0.name == name }?.weight
    }

    /// The best of some codings, which are in order of preference; nil when that is to send the body as it is.
    ///
    /// `*` stands for gzip and deflate alone: whoever sends it may not know the newer ones.
    ///
    /// - Throws: ``NothingAcceptable`` when the field excludes that too.
    func choose(_ codings: [Compression], _ rules: CompressionRules) throws -> Compression? {
        var best: (coding: Compression, weight: Int)?
        for coding in codings {
            let isCoveredByStar = coding.coding == .gzip || coding.coding == .deflate
            guard let weight = self[coding.name] ?? (isCoveredByStar ? self["*"] : nil),
                weight > best?.weight ?? (rules == .koaCompress ? -1 : 0)
            else { continue }
            best = (coding, weight)
        }
        let identity = self["identity"]
        if let best {
            if rules == .rfc9110, let identity, identity > best.weight { return nil }
            return best.coding
        }
        if identity == 0 || rules == .rfc9110 && identity == nil && self["*"] == 0 { throw NothingAcceptable() }
        return nil
    }

    private mutating func set(_ name: String, _ weight: Int) {
        if let index = weights.firstIndex(where: { $0.name == name }) {
            weights[index].weight = weight
        } else {
            weights.append((name, weight))
        }
    }

    /// Reads `q=0.25`: thousandths, of which more digits are cut off, and at most 1000.
    private static func weight(_ parameter: String) -> Int? {
        var bytes = Substring(parameter).utf8
        guard bytes.popFirst().map({ $0 | 0x20 }) == UInt8(ascii: "q") else { return nil }
        bytes = bytes.drop(while: isSpace)
        guard bytes.popFirst() == UInt8(ascii: "=") else { return nil }
        bytes = bytes.drop(while: isSpace)
        guard let whole = bytes.popFirst().flatMap(digit) else { return nil }
        var weight = whole * 1000
        if let point = bytes.popFirst() {
            guard point == UInt8(ascii: ".") else { return nil }
            var place = 100
            for byte in bytes {
                guard let digit = digit(byte) else { return nil }
                weight += digit * place
                place /= 10
            }
        }
        return min(weight, 1000)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte ? Int(byte) - 48 : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func trimmed(_ text: Substring.UTF8View) -> String {
        let start = text.drop(while: isSpace)
        let end = start.lastIndex { !isSpace($0) }
        return end.map { String(Substring(start[...$0])) } ?? ""
    }
}

/// A field that accepts no coding on offer, nor none at all.
struct NothingAcceptable: Error {}
