import Testing

@testable import Koa

/// The parameters as pairs that can be compared.
private func pairs(_ query: Query) -> [[String]] {
    query.map { [$0.name, $0.value] }
}

@Suite("A query, parsed")
struct QueryParsingTests {
    static let strings: [(String, [[String]])] = [
        ("", []), ("?", []), ("&", []), ("&&", []), ("hello=world", [["hello", "world"]]),
        ("?a=1", [["a", "1"]]), ("??a=1", [["?a", "1"]]),
        ("hello=world&hello=universe", [["hello", "world"], ["hello", "universe"]]),
        ("arr=", [["arr", ""]]), ("flag", [["flag", ""]]), ("=nokey", [["", "nokey"]]), ("=", [["", ""]]),
        ("&&a=1&&", [["a", "1"]]), ("i=a=b", [["i", "a=b"]]), ("a==", [["a", "="]]), ("a+b=c+d", [["a b", "c d"]]),
        ("e=x%20y", [["e", "x y"]]), ("k=a%26b&z=%zz", [["k", "a&b"], ["z", "%zz"]]), ("g=%", [["g", "%"]]),
        ("n=%00", [["n", "\0"]]), ("o=%C3%28", [["o", "\u{FFFD}("]]), ("%E4%BD%A0=%E5%A5%BD", [["你", "好"]]),
        ("k[x]=2&j[]=1", [["k[x]", "2"], ["j[]", "1"]]), ("l=1;m=2", [["l", "1;m=2"]]), ("a%3Db=c", [["a=b", "c"]]),
        ("你=好", [["你", "好"]]), ("__proto__=1&constructor=2", [["__proto__", "1"], ["constructor", "2"]]),
        ("a=1#b", [["a", "1#b"]]), ("a=?", [["a", "?"]]),
    ]

    @Test("reads as URLSearchParams does", arguments: strings)
    func parses(string: String, expected: [[String]]) {
        #expect(pairs(Query(string)) == expected)
    }

    @Test("reads as many parameters as it is told, of those that are not empty")
    func limits() {
        #expect(pairs(Query("a&b&c", limit: 2)) == [["a", ""], ["b", ""]])
        #expect(pairs(Query("&&&a&&&b&c", limit: 2)) == [["a", ""], ["b", ""]])
        #expect(Query("a&b", limit: 0).isEmpty)
        #expect(Query("a&b", limit: -1).isEmpty)
        #expect(Query(String(repeating: "a&", count: 2000)).count == Query.defaultLimit)
        #expect(Query(String(repeating: "a&", count: 2000), limit: 5000).count == 2000)
    }

    @Test("reads hostile texts in linear time")
    func hostile() {
        for text in ["&", "=", "%", "+", "?", "\0", "&=", "%&", "é", "%ED%A0%80"] {
            let query = Query(String(repeating: text, count: 65536 / text.utf8.count))
            #expect(query.count <= Query.defaultLimit)
        }
        let distinct = (0..<20000).map { "k\($0)=\($0)" }.joined(separator: "&")
        let query = Query(distinct, limit: 20000)
        #expect((0..<20000).allSatisfy { query["k\($0)"] == "\($0)" })
        #expect(query.keys.count == 20000)
        let same = Query(String(repeating: "a=1&", count: 20000), limit: 20000)
        #expect(same.all("a").count == 20000)
        #expect(same.grouped.count == 1)
    }
}

@Suite("A query, looked up")
struct QueryLookupTests {
    @Test("gives the first value, all values, or none")
    func lookup() {
        let query = Query("a=1&b=2&a=3")
        #expect(query["a"] == "1")
        #expect(query["b"] == "2")
        #expect(query["A"] == nil)
        #expect(query[""] == nil)
        #expect(query.all("a") == ["1", "3"])
        #expect(query.all("c") == [])
    }

    @Test("knows its size and its names in the order of appearance")
    func keys() {
        let query = Query("b=1&a=2&b=3&c")
        #expect(query.count == 4)
        #expect(!query.isEmpty)
        #expect(query.keys == ["b", "a", "c"])
        #expect(Query("").isEmpty)
    }

    @Test("groups the values of a name at its first place")
    func grouped() {
        let groups = Query("q=hello%20world&x=1&q=again").grouped
        #expect(groups.map(\.name) == ["q", "x"])
        #expect(groups.map(\.values) == [["hello world", "again"], ["1"]])
    }

    @Test("tells apart names that only look the same")
    func bytewise() {
        var query = Query("%C3%A9=composed&e%CC%81=decomposed")
        #expect(query["\u{E9}"] == "composed")
        #expect(query["e\u{301}"] == "decomposed")
        #expect(query.grouped.count == 2)
        query["\u{E9}"] = nil
        #expect(query["e\u{301}"] == "decomposed")
        #expect(Query("%C3%A9") != Query("e%CC%81"))
    }

    @Test("answers alike below and above the size of its index", arguments: [15, 16, 17, 18, 40])
    func sizes(count: Int) {
        let query = Query((0..<count).map { "k\($0 % 10)=\($0)" }.joined(separator: "&"))
        for key in 0..<10 {
            let expected = stride(from: key, to: count, by: 10).map(String.init)
            #expect(query.all("k\(key)") == expected)
            #expect(query["k\(key)"] == expected.first)
        }
        #expect(query["k10"] == nil)
    }
}

@Suite("A query, changed")
struct QueryChangeTests {
    @Test("sets, replaces and removes")
    func sets() {
        var query = Query("a=1&b=2&a=3")
        query["a"] = "x"
        #expect(query.description == "a=x&b=2")
        query["c"] = "4"
        #expect(query.description == "a=x&b=2&c=4")
        query["b"] = nil
        #expect(query.description == "a=x&c=4")
        query["nothing"] = nil
        #expect(query.description == "a=x&c=4")
    }

    @Test("appends beside the same name")
    func appends() {
        var query = Query()
        query.append("tag", "a")
        query.append("page", "2")
        query.append("tag", "b c")
        #expect(query.description == "tag=a&page=2&tag=b+c")
        #expect(query.all("tag") == ["a", "b c"])
    }

    @Test("keeps its index while it grows and shrinks")
    func index() {
        var query = Query()
        for number in 0..<100 { query.append("k\(number % 25)", "\(number)") }
        #expect(query.all("k7") == ["7", "32", "57", "82"])
        query["k7"] = "one"
        #expect(query.all("k7") == ["one"])
        #expect(query.all("k8") == ["8", "33", "58", "83"])
        for key in 0..<22 { query["k\(key)"] = nil }
        #expect(query.count == 12)
        #expect(query["k7"] == nil)
        #expect(query.all("k22") == ["22", "47", "72", "97"])
        query.append("k7", "again")
        #expect(query["k7"] == "again")
        for number in 0..<10 { query.append("n\(number)", "") }
        #expect(query["n9"] == "")
        #expect(query.all("k24") == ["24", "49", "74", "99"])
    }

    @Test("is a value: a copy does not follow")
    func value() {
        let original = Query("a=1")
        var copy = original
        copy["a"] = "2"
        #expect(original["a"] == "1")
        #expect(copy["a"] == "2")
    }
}

@Suite("A query, written")
struct QueryWritingTests {
    static let strings: [(String, String)] = [
        ("", ""), ("a", "a="), ("a=", "a="), ("=b", "=b"), ("a+b=c%20d", "a+b=c+d"), ("k[x]=2", "k%5Bx%5D=2"),
        ("é=~", "%C3%A9=%7E"), ("a=%", "a=%25"), ("a=1&&b", "a=1&b="),
        ("hello=world&hello=universe", "hello=world&hello=universe"),
        ("a=%C3%28", "a=%EF%BF%BD%28"), ("a==", "a=%3D"), ("a=%26%23", "a=%26%23"),
    ]

    @Test("writes as URLSearchParams does", arguments: strings)
    func writes(string: String, expected: String) {
        #expect(Query(string).description == expected)
        #expect(Query(Query(string).description) == Query(string))
    }

    @Test("is made of a literal, in its order")
    func literal() {
        let query: Query = ["page": "2", "tag": "a", "tag": "b c"]
        #expect(query.description == "page=2&tag=a&tag=b+c")
        let empty: Query = [:]
        #expect(empty.isEmpty)
    }

    @Test("is equal when names and values are, in order")
    func equality() {
        #expect(Query("a=1&b=2") == Query("?a=1&b=%32"))
        #expect(Query("a=1&b=2") != Query("b=2&a=1"))
        #expect(Query("a=1") != Query("a=1&a=1"))
        #expect(Set([Query("a=1"), Query("?a=1"), Query("a=2")]).count == 2)
        #expect(Query("ab=c").hashValue != Query("a=bc").hashValue)
    }
}
