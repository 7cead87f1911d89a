@testable import Koa

/// Content-Disposition: a field that is read, and a file's name that is written and read again.
func fuzzDisposition(_ input: Input) {
    _ = try? ContentDisposition(parsing: Latin1.decode(input.bytes))
    let lines = input.lines
    let fallbacks: [ContentDisposition.Fallback] = [.automatic, .none, .text(lines.count > 1 ? lines[1] : "a.txt")]
    for name in [input.text, lines[0]] {
        for fallback in fallbacks {
            guard let field = try? ContentDisposition.format(filename: name, fallback: fallback) else { continue }
            expect(Latin1.isFieldValue(field), "a control character in the field")
            check(field, name)
        }
    }
}

private func check(_ field: String, _ name: String) {
    do {
        let parsed = try ContentDisposition(parsing: field)
        expect(parsed.type == "attachment" && parsed.parameters.count <= 1, "another field: \(field)")
        guard let read = parsed["filename"] else { return }
        let whole = name.utf8.reversed().drop { $0 == UInt8(ascii: "/") }.reversed()
        let last = whole.suffix(read.utf8.count)
        expect(last.elementsEqual(read.utf8), "another name: \(field)")
    } catch {
        // An empty extended value can be written, as the reference does, and not read, as the reference doesn't.
        expect(field.hasSuffix("''"), "written, but can't be read: \(field): \(error)")
    }
}
