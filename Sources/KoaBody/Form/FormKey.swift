/// A step of a field's name: `user`, `[tags]` or `[]`.
struct FormKey: Equatable {
    let name: String
    /// Whether it stood in brackets: only then can it be an index.
    let isBracketed: Bool

    /// The steps of a name as `qs` reads it: `user[tags][]` is `user`, `[tags]` and `[]`.
    ///
    /// What stands between brackets, as the `x` of `a[b]x[c]`, doesn't count; what lies deeper than the limit is one
    /// last key as it was written.
    static func chain(_ name: String, limits: FormLimits) -> [FormKey] {
        let bytes = limits.dots ? bracketingDots(Array(name.utf8)) : Array(name.utf8)
        var position = 0
        guard limits.depth > 0, let first = group(in: bytes, from: 0) else {
            return bytes.isEmpty ? [] : [FormKey(bytes[...], isBracketed: false)]
        }
        var keys: [FormKey] = []
        if first.lowerBound > 0 { keys.append(FormKey(bytes[..<first.lowerBound], isBracketed: false)) }
        var depth = 0
        while let next = group(in: bytes, from: position) {
            guard depth < limits.depth else {
                keys.append(FormKey(bytes[next.lowerBound...], isBracketed: true))
                break
            }
            depth += 1
            keys.append(FormKey(bytes[(next.lowerBound + 1)..<(next.upperBound - 1)], isBracketed: true))
            position = next.upperBound
        }
        return keys
    }

    init(name: String, isBracketed: Bool) {
        self.name = name
        self.isBracketed = isBracketed
    }

    private init(_ bytes: ArraySlice<UInt8>, isBracketed: Bool) {
        self.init(name: String(decoding: bytes, as: UTF8.self), isBracketed: isBracketed)
    }

    /// The index that the step names, if it is one up to the limit: no sign, no leading zero.
    func index(upTo limit: Int) -> Int? {
        guard isBracketed, let index = Int(name), (0...max(limit, 0)).contains(index), limit >= 0,
            String(index) == name
        else { return nil }
        return index
    }

    /// `a.b` as `a[b]`; a dot before another dot, a bracket or the end stays.
    static func bracketingDots(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let dot = UInt8(ascii: ".")
        guard bytes.contains(dot) else { return Array(bytes) }
        var output: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            // What follows is looked at behind a dot only, and not again: anything else is the square of the name's length.
            let step = byte == dot ? rest.prefix { $0 != dot && $0 != UInt8(ascii: "[") } : rest.prefix(0)
            guard !step.isEmpty else {
                output.append(byte)
                continue
            }
            output.append(UInt8(ascii: "["))
            output += step
            output.append(UInt8(ascii: "]"))
            rest = rest[step.endIndex...]
        }
        return output
    }

    /// The next `[…]` without a bracket in it.
    private static func group(in bytes: [UInt8], from start: Int) -> Range<Int>? {
        var open: Int?
        for index in start..<bytes.count {
            if bytes[index] == UInt8(ascii: "[") {
                open = index
            } else if bytes[index] == UInt8(ascii: "]"), let open {
                return open..<(index + 1)
            }
        }
        return nil
    }
}
