import Testing

@testable import KoaBody

@Suite("A field's name")
struct FormKeyTests {
    private func steps(_ name: String, _ limits: FormLimits = FormLimits()) -> [String] {
        FormKey.chain(name, limits: limits).map { $0.isBracketed ? "[\($0.name)]" : $0.name }
    }

    @Test(
        "is a chain of steps",
        arguments: [
            ("a", ["a"]), ("a[b]", ["a", "[b]"]), ("a[b][c]", ["a", "[b]", "[c]"]), ("a[]", ["a", "[]"]),
            ("a[0][]", ["a", "[0]", "[]"]), ("[a]", ["[a]"]), ("[]", ["[]"]), ("", []), ("a.b", ["a", "[b]"]),
            ("a.b.c", ["a", "[b]", "[c]"]), ("a[b].c", ["a", "[b]", "[c]"]), ("a.", ["a."]), (".a", ["[a]"]),
            ("a..b", ["a.", "[b]"]), ("a[b", ["a[b"]), ("a]b", ["a]b"]), ("a[b]c[d]", ["a", "[b]", "[d]"]),
            ("a[[b]", ["a[", "[b]"]), ("a b", ["a b"]), ("ä[ö]", ["ä", "[ö]"]),
        ]
    )
    func chain(name: String, expected: [String]) {
        #expect(steps(name) == expected)
    }

    @Test("ends with the rest as one key beyond the depth")
    func depth() {
        #expect(steps("a[b][c][d][e][f][g][h]") == ["a", "[b]", "[c]", "[d]", "[e]", "[f]", "[[g][h]]"])
        #expect(steps("a[b][c]", FormLimits(depth: 1)) == ["a", "[b]", "[[c]]"])
        #expect(steps("a[b]", FormLimits(depth: 0)) == ["a[b]"])
    }

    @Test("keeps its dots where they don't count")
    func dots() {
        #expect(steps("a.b", FormLimits(dots: false)) == ["a.b"])
    }

    @Test("names an index in brackets only, without sign and leading zero, up to the limit")
    func index() {
        func index(_ name: String, bracketed: Bool = true) -> Int? {
            FormKey(name: name, isBracketed: bracketed).index(upTo: 20)
        }
        #expect(index("0") == 0)
        #expect(index("20") == 20)
        for name in ["21", "-1", "+1", "01", "1.0", "", "a", "99999999999999999999"] { #expect(index(name) == nil) }
        #expect(index("0", bracketed: false) == nil)
    }

    @Test("is read in time in proportion to its length", .timeLimit(.minutes(1)))
    func linear() {
        let name = String(repeating: "[", count: 100_000)
        #expect(steps(name) == [name])
        #expect(steps(String(repeating: "[a]", count: 50_000)).count == 6)
        #expect(steps(String(repeating: ".", count: 100_000)).count == 1)
    }

    @Test(
        "looks for its dots in as many steps as it has bytes, a few times over",
        arguments: ["a", ".", ".a", "[", "[.", ".[a"])
    func dotsOnce(unit: String) {
        let name = CountedBytes(String(repeating: unit, count: 10_000 / unit.utf8.count) + ".")
        #expect(FormKey.bracketingDots(name).count >= name.count - 1)
        #expect(name.reads < 8 * name.count)
    }
}
