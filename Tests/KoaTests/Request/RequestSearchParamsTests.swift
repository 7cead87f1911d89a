import Testing

@testable import Koa

@Suite("Query strings, written")
struct SearchParamsWritingTests {
    @Test(
        "writes names and values, a name once for each of its values",
        arguments: [
            (["a": "1", "b": "2"], "a=1&b=2"), (["a": "1", "b": "2", "b": "3"], "a=1&b=2&b=3"),
            (["a": "1", "b": "2", "c": "3"], "a=1&b=2&c=3"), (["a": "1", "b": ""], "a=1&b="), ([:], ""),
        ] as [(Query, String)]
    )
    func writes(query: Query, text: String) {
        #expect(query.description == text)
    }

    @Test("writes a name without values not at all")
    func noValues() {
        var query: Query = ["a": "1", "b": "2"]
        query["b"] = nil
        #expect(query.description == "a=1")
    }
}

@Suite("Query strings, read")
struct SearchParamsReadingTests {
    @Test("reads names and values")
    func simple() {
        #expect(Query("a=1&b=2") == ["a": "1", "b": "2"])
    }

    @Test("reads a name with several values")
    func several() {
        let query = Query("a=1&b=2&b=3&b=4")
        #expect(query.all("b") == ["2", "3", "4"])
        #expect(query["b"] == "2")
        #expect(query.grouped.map(\.name) == ["a", "b"])
        #expect(query.grouped.map(\.values) == [["1"], ["2", "3", "4"]])
    }

    @Test("reads a value that is empty, or missing")
    func empty() {
        #expect(Query("a=1&b=") == ["a": "1", "b": ""])
        #expect(Query("a=1&b") == ["a": "1", "b": ""])
    }

    @Test("gives names no further meaning: brackets, dots and prototypes are plain text")
    func plainNames() {
        let query = Query("a[b]=1&a.b=2&__proto__=3&constructor=4&a[]=5")
        #expect(query.keys == ["a[b]", "a.b", "__proto__", "constructor", "a[]"])
        #expect(query["__proto__"] == "3")
    }
}
