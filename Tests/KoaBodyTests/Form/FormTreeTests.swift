import KoaBody
import KoaTesting
import NIOCore
import Testing

@testable import KoaBody

@Suite("A form's tree")
struct FormTreeTests {
    private func tree(_ text: String, _ limits: FormLimits = FormLimits()) throws -> JSON {
        try FormText.parse(ByteBuffer(string: text), limits: limits).json
    }

    private func depth(_ node: FormNode) -> Int {
        switch node.value {
        case .text, .file: 1
        case .list(let list): 1 + (list.nodes.compactMap { $0.map(depth) }.max() ?? 0)
        case .object(let members): 1 + (members.pairs.map { depth($0.node) }.max() ?? 0)
        }
    }

    @Test("keeps a file beside an object among its members, and gets no deeper by as many as there are")
    func files() throws {
        let file = UploadedFile(
            info: .init(name: "f", filename: "f", contentType: "text/plain", headers: [:]), size: 0,
            content: .memory(ByteBuffer()), app: Application())
        var tree = FormTree(limits: FormLimits())
        // What stands between brackets and behind them doesn't count: all of these are one place.
        for number in 0..<200 {
            try tree.add("a[b]\(number)", .file(file))
            try tree.add("a[b]\(number)[c]", .text("x"))
        }
        let root = tree.finish()
        #expect(depth(root) <= 7)
        #expect(try FormReader(node: root, coding: .default).decode([String: JSON].self)["a"]?["b"]?["c"] != nil)
    }

    @Test(
        "is what qs makes of it",
        arguments: [
            ("a=1", #"{"a":"1"}"#),
            ("a", #"{"a":""}"#),
            ("a=", #"{"a":""}"#),
            ("=1", #"{}"#),
            ("&&a=1&", #"{"a":"1"}"#),
            ("a=1&a=2", #"{"a":["1","2"]}"#),
            ("a[]=1", #"{"a":["1"]}"#),
            ("a[]=1&a[]=2", #"{"a":["1","2"]}"#),
            ("a[0]=x&a[2]=z&a[1]=y", #"{"a":["x","y","z"]}"#),
            ("a[2]=c", #"{"a":["c"]}"#),
            ("x[0]=a&x[2]=c&deep[a][b][c]=1", #"{"x":["a","c"],"deep":{"a":{"b":{"c":"1"}}}}"#),
            ("a[21]=x", #"{"a":{"21":"x"}}"#),
            ("a[20]=x", #"{"a":["x"]}"#),
            ("a[100]=x&a[0]=y", #"{"a":{"100":"x","0":"y"}}"#),
            ("a[b]=1&a[c]=2", #"{"a":{"b":"1","c":"2"}}"#),
            ("a[]=1&a[b]=2", #"{"a":{"0":"1","b":"2"}}"#),
            ("a=1&a[b]=2", #"{"a":["1",{"b":"2"}]}"#),
            ("a[b]=2&a=1", #"{"a":{"b":"2","1":"true"}}"#),
            ("a[0]=x&a[]=y", #"{"a":["x","y"]}"#),
            ("a[1]=x&a[]=y", #"{"a":["y","x"]}"#),
            ("a[][b]=1&a[][c]=2", #"{"a":[{"b":"1","c":"2"}]}"#),
            ("a[0][b]=1&a[1][b]=2&a[0][c]=3", #"{"a":[{"b":"1","c":"3"},{"b":"2"}]}"#),
            ("a.b=1&a.c=2", #"{"a":{"b":"1","c":"2"}}"#),
            ("[]=a&[b]=c", #"{"0":"a","b":"c"}"#),
            ("a%5Bb%5D=1&a%5bc%5d=2", #"{"a":{"b":"1","c":"2"}}"#),
            ("a[b]c=1", #"{"a":{"b":"1"}}"#),
            ("a[b=c]=1", #"{"a":{"b=c":"1"}}"#),
            ("a=b=c", #"{"a":"b=c"}"#),
            ("a=%zz&b=%E4", #"{"a":"%zz","b":"%E4"}"#),
            ("%C3%A4+b=%26%3D%2B", #"{"ä b":"&=+"}"#),
            ("a[]=", #"{"a":[""]}"#),
            ("a[]=x&a=", #"{"a":["x"]}"#),
            ("a=1&a[]=2", #"{"a":["1","2"]}"#),
            ("a[]=1&a[]=2&a=3", #"{"a":["1","2","3"]}"#),
        ]
    )
    func qs(text: String, expected: String) throws {
        #expect(try tree(text) == JSON(parsing: expected))
    }

    @Test("puts what lies deeper than allowed under one key")
    func depth() throws {
        #expect(
            try tree("a[b][c][d][e][f][g][h]=x") == ["a": ["b": ["c": ["d": ["e": ["f": ["[g][h]": "x"]]]]]]])
        let deep = "a" + String(repeating: "[b]", count: 10_000) + "=x"
        #expect(try tree(deep, FormLimits(depth: 1000))["a"] != nil)
    }

    @Test("keeps its limits in their range")
    func limits() {
        var limits = FormLimits(depth: 1000, listIndex: 1_000_000)
        #expect(limits.depth == 32)
        #expect(limits.listIndex == 1000)
        limits.depth = -1
        limits.listIndex = -5
        #expect(limits.depth == 0)
        #expect(limits.listIndex == -1)
    }

    @Test("has no more fields than allowed, however they are called")
    func fields() throws {
        let names = (0..<1000).map { "k\($0)=" }.joined(separator: "&")
        #expect(try tree(names).object?.count == 1000)
        #expect(throws: BodyError.self) { try tree(names + "&one=more") }
        #expect(throws: BodyError.self) { try tree(String(repeating: "a=&", count: 10_000)) }
        #expect(throws: BodyError.self) { try tree(String(repeating: "a[]=1&", count: 1001)) }
    }

    @Test("makes no list larger than the fields that fill it")
    func sparse() throws {
        #expect(try tree("a[1000000000]=x") == ["a": ["1000000000": "x"]])
        #expect(try tree("a[20][20][20]=x") == ["a": [[["x"]]]])
    }

    @Test("takes time in proportion to its fields", .timeLimit(.minutes(1)))
    func linear() throws {
        let limits = FormLimits(fields: 20_000)
        let same = (0..<20_000).map { "a[k\($0)]=1" }.joined(separator: "&")
        #expect(try tree(same, limits)["a"]?.object?.count == 20_000)
        let list = String(repeating: "a[]=1&", count: 20_000)
        #expect(try tree(list, limits)["a"]?.array?.count == 20_000)
        let mixed = (0..<10_000).map { "a[\($0 % 21)][b\($0)]=1" }.joined(separator: "&")
        #expect(try tree(mixed, limits)["a"]?.array?.count == 21)
    }

    @Test("keeps the order in which fields came")
    func order() throws {
        #expect(try tree("z=1&a=2&10=3&m=4&a=5").object?.keys.map { $0 } == ["z", "a", "10", "m"])
    }
}
