import KoaBody
import KoaTesting
import Testing

private struct Order: Codable, Validatable {
    struct Line: Codable, Validatable {
        var article: String
        var count: Int

        func validate(_ check: inout Validation) {
            check("article", article, .notEmpty)
            check("count", count, .range(1...99))
        }
    }

    var email: String
    var size: String?
    var lines: [Line]
    var gift: Line?

    func validate(_ check: inout Validation) {
        check("email", email, .email)
        check("size", size, .oneOf("S", "M"))
        check("lines", lines.map(\.article), .count(1...2))
        check.each("lines", lines)
        check.nested("gift", gift)
        check.that(email != "root@example.com", "", "must not be root")
    }
}

@Suite("Validation")
struct ValidationTests {
    private func failures(_ text: String) async throws -> JSON? {
        let response = try await decoding(Order.self).test.post("/", headers: jsonType, body: .text(text))
        guard response.status == 422 else { return nil }
        #expect(response.type == "application/problem+json")
        #expect(try response.json["title"] == "Unprocessable Entity")
        return try response.json["errors"]
    }

    @Test("lets what is valid pass")
    func valid() async throws {
        #expect(try await failures(#"{"email":"a@b.c","size":"S","lines":[{"article":"x","count":1}]}"#) == nil)
    }

    @Test("names all failures at once, with their paths")
    func all() async throws {
        let failures = try await failures(
            #"{"email":"a@","size":"XL","lines":[{"article":"","count":0},{"article":"y","count":100}],"gift":{"article":"","count":1}}"#
        )
        #expect(
            failures == [
                ["path": "email", "detail": "must be an e-mail address"],
                ["path": "size", "detail": "must be one of S, M"],
                ["path": "lines[0].article", "detail": "must not be empty"],
                ["path": "lines[0].count", "detail": "must be from 1 to 99"],
                ["path": "lines[1].count", "detail": "must be from 1 to 99"],
                ["path": "gift.article", "detail": "must not be empty"],
            ])
    }

    @Test("asks forms and lists at the top too")
    func forms() async throws {
        let form = try await decoding(Order.Line.self).test.post("/", body: .form(["article": "", "count": "3"]))
        #expect(try form.json["errors"]?[0]?["path"] == "article")
        let list = try await decoding([Order.Line].self).test.post(
            "/", headers: jsonType, body: #"[{"article":"x","count":1},{"article":"x","count":0}]"#)
        #expect(try list.json["errors"] == [["path": "[1].count", "detail": "must be from 1 to 99"]])
        let nothing = try await decoding(Order.Line?.self).test.post("/", headers: jsonType, body: "null")
        #expect(nothing.status == 200)
    }

    @Test("keeps the first hundred failures, and looks at no list any further")
    func bounded() async throws {
        let line = #"{"article":"","count":0}"#
        let text = #"{"email":"a@b","lines":[\#(Array(repeating: line, count: 300).joined(separator: ","))]}"#
        let failures = try #require(try await failures(text)?.array)
        #expect(failures.count == 100)
        #expect(failures.first?["path"] == "lines")
        #expect(failures.last?["path"] == "lines[49].article")

        final class Visits { var count = 0 }
        struct Broken: Validatable {
            let visits: Visits
            func validate(_ check: inout Validation) {
                visits.count += 1
                check.fail("", "no")
            }
        }
        let visits = Visits()
        var check = Validation()
        check.each("a", repeatElement(Broken(visits: visits), count: 1000))
        check.nested("b", [Broken](repeating: Broken(visits: visits), count: 1000))
        check("c", 1, .range(2...))
        #expect((visits.count, check.failures.count) == (100, 100))
    }

    @Test("can concern the whole")
    func whole() async throws {
        let failures = try await failures(#"{"email":"root@example.com","lines":[{"article":"x","count":1}]}"#)
        #expect(failures == [["path": "", "detail": "must not be root"]])
    }

    @Test("throws an error that says all of it")
    func error() throws {
        let order = Order(email: "x", lines: [])
        let error = #expect(throws: ValidationError.self) { try order.validated() }
        #expect(error?.message == "email must be an e-mail address; lines must have a count from 1 to 2")
        #expect(error?.status == 422)
    }

    @Test("has ranges of each kind, and rules of one's own")
    func rules() {
        var check = Validation()
        check("a", 1, .range(2...))
        check("b", 3, .range(...2))
        check("c", 3, .range(..<3))
        check("d", 3, .range(1..<3))
        check("e", 3, Rule("must be even") { $0.isMultiple(of: 2) })
        check("f", "abc", .count(...2), .count(5...))
        check("g", 2, .range(1...3), .oneOf(1, 2))
        #expect(
            check.failures.map { "\($0.path): \($0.message)" } == [
                "a: must be at least 2", "b: must be at most 2", "c: must be below 3", "d: must be from 1 to below 3",
                "e: must be even", "f: must have a count at most 2", "f: must have a count at least 5",
            ])
    }

    @Test(
        "knows what looks like an address",
        arguments: [
            ("a@b", true), ("a.b+c@d.example", true), ("ä@ö.de", true), ("", false), ("a", false), ("@b", false),
            ("a@", false), ("a@b@c", false), ("a b@c", false), ("a@b..c", false), ("a@.b", false), ("a@b\n", false),
        ]
    )
    func email(text: String, isValid: Bool) {
        var check = Validation()
        check("email", text, .email)
        #expect(check.failures.isEmpty == isValid)
    }
}
