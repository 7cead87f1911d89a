import Testing

@testable import KoaRouter

@Suite("Parameters in their order")
struct ParamsStorageTests {
    private func params(_ names: String...) -> Params {
        var params = Params()
        for name in names { params[name] = name.uppercased() }
        return params
    }

    @Test("come in the order in which they were added")
    func order() {
        #expect(params().names.isEmpty)
        #expect(params("a").names == ["a"])
        #expect(params("c", "a", "b").names == ["c", "a", "b"])
        #expect(params("c", "a", "b").pairs.map(\.value) == ["C", "A", "B"])
    }

    @Test("keep their places when they are set again", arguments: ["a", "b", "c"])
    func again(name: String) {
        var params = params("a", "b", "c")
        params[name] = "new"
        #expect(params.names == ["a", "b", "c"])
        #expect(params[name] == "new")
    }

    @Test("close up when one is removed", arguments: [("a", ["b", "c"]), ("b", ["a", "c"]), ("c", ["a", "b"])])
    func removal(name: String, rest: [String]) {
        var params = params("a", "b", "c")
        params[name] = nil
        #expect(params.names == rest)
        #expect(params[name] == nil)
        #expect(rest.allSatisfy { params[$0] == $0.uppercased() })
        params[name] = "again"
        #expect(params.names == rest + [name])
    }

    @Test("are equal by names, values and order")
    func equality() {
        #expect(params("a", "b") == params("a", "b"))
        #expect(params("a", "b") != params("b", "a"))
        var one = params("x", "a")
        one["x"] = nil
        #expect(one == params("a"))
        one["a"] = nil
        #expect(one == Params())
        one["nobody"] = nil
        #expect(one == Params())
    }
}
