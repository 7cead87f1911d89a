import Testing

@testable import KoaBody

@Suite("A table of names")
struct NameTableTests {
    @Test("finds each name, few or many, and no other", arguments: [0, 1, 11, 12, 13, 14, 100])
    func finds(count: Int) {
        var table = NameTable()
        for number in 0..<count {
            #expect(table.position(of: "n\(number)") == nil)
            table.append("n\(number)")
        }
        for number in 0..<count { #expect(table.position(of: "n\(number)") == number) }
        #expect(table.position(of: "n\(count)") == nil)
        #expect(table.position(of: "") == nil)
        #expect(table.names.count == count)
    }
}

@Suite("The members of a form's object")
struct FormMembersTests {
    private func text(_ node: FormNode?) -> String? {
        if case .text(let text)? = node?.value { text } else { nil }
    }

    @Test("keep their order, and the place of one that is set again")
    func order() {
        let members = FormMembers()
        for name in ["c", "a", "b"] { members[name] = FormNode(.text(name)) }
        members["a"] = FormNode(.text("new"))
        #expect(members.pairs.map(\.name) == ["c", "a", "b"])
        #expect(text(members["a"]) == "new")
        #expect(members["d"] == nil)
        members["a"] = nil
        #expect(text(members["a"]) == "new")
    }

    @Test("are made of a list by its indices, without what was left out")
    func ofList() {
        let list = FormList([FormNode(.text("x")), nil])
        list[4] = FormNode(.text("y"))
        #expect(list.members.pairs.map(\.name) == ["0", "4"])
        #expect(list.nodes.count == 5)
        #expect(list[9] == nil)
        let node = FormNode(.list(list))
        #expect(node.elements.count == 2)
        #expect(node.json == ["x", "y"])
        node.becomeObject()
        #expect(node.json == ["0": "x", "4": "y"])
        let leaf = FormNode(.text("t"))
        leaf.becomeObject()
        #expect(leaf.json == "t")
        #expect(leaf.elements.count == 1)
    }
}
