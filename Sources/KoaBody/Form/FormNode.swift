import Koa

/// A value of a form: a text or a file, or a list or an object of such, which are changed in place.
final class FormNode {
    enum Value {
        case text(String)
        case file(UploadedFile)
        case list(FormList)
        case object(FormMembers)
    }

    private(set) var value: Value

    init(_ value: Value) {
        self.value = value
    }

    /// The text or file, if this is no list and no object.
    var isLeaf: Bool {
        switch value {
        case .text, .file: true
        case .list, .object: false
        }
    }

    var isObject: Bool {
        if case .object = value { true } else { false }
    }

    var isEmptyText: Bool {
        if case .text("") = value { true } else { false }
    }

    /// The elements: of a list without what was left out, else the value itself.
    var elements: [FormNode] {
        if case .list(let list) = value { list.nodes.compactMap { $0 } } else { [self] }
    }

    /// The value without its files.
    var json: JSON {
        switch value {
        case .text(let text): JSON(text)
        case .file: .null
        case .list(let list): JSON(list.nodes.compactMap { $0?.json })
        case .object(let members): JSON(JSONObject(members.pairs.map { ($0.name, $0.node.json) }))
        }
    }

    /// Makes an object of a list, whose indices become names.
    func becomeObject() {
        if case .list(let list) = value { value = .object(list.members) }
    }
}

/// A list of a form; nil where an index was left out.
final class FormList {
    private(set) var nodes: [FormNode?]

    init(_ nodes: [FormNode?]) {
        self.nodes = nodes
    }

    subscript(index: Int) -> FormNode? {
        get { nodes.indices.contains(index) ? nodes[index] : nil }
        set {
            while nodes.count <= index { nodes.append(nil) }
            nodes[index] = newValue
        }
    }

    func append(_ node: FormNode) { nodes.append(node) }

    /// The elements by their indices.
    var members: FormMembers {
        let members = FormMembers()
        for (index, node) in nodes.enumerated() {
            if let node { members[String(index)] = node }
        }
        return members
    }
}

/// The members of an object of a form in the order in which they came.
final class FormMembers {
    private(set) var pairs: [(name: String, node: FormNode)] = []
    private var names = NameTable()

    subscript(name: String) -> FormNode? {
        get { names.position(of: name).map { pairs[$0].node } }
        set {
            guard let newValue else { return }
            if let position = names.position(of: name) {
                pairs[position].node = newValue
            } else {
                names.append(name)
                pairs.append((name, newValue))
            }
        }
    }
}
