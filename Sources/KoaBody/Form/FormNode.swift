import Koa

/// A value of a form: a text or a file, or a list or an object of such.
final class FormNode {
    enum Value {
        case text(String)
        case file(UploadedFile)
        /// A list; nil where an index was left out.
        case list([FormNode?])
        case object(FormMembers)
    }

    var value: Value

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

    var isEmptyText: Bool {
        if case .text("") = value { true } else { false }
    }

    /// The elements: of a list without what was left out, else the value itself.
    var elements: [FormNode] {
        if case .list(let nodes) = value { nodes.compactMap { $0 } } else { [self] }
    }

    /// The value without its files.
    var json: JSON {
        switch value {
        case .text(let text): JSON(text)
        case .file: .null
        case .list(let nodes): JSON(nodes.compactMap { $0?.json })
        case .object(let members): JSON(JSONObject(members.pairs.map { ($0.name, $0.node.json) }))
        }
    }
}

/// The members of an object of a form in the order in which they came, found by a hash that no client can foresee.
struct FormMembers {
    private(set) var pairs: [(name: String, node: FormNode)] = []
    private var positions: [String: Int] = [:]

    subscript(name: String) -> FormNode? {
        positions[name].map { pairs[$0].node }
    }

    mutating func set(_ name: String, _ node: FormNode) {
        if let position = positions[name] {
            pairs[position].node = node
        } else {
            positions[name] = pairs.count
            pairs.append((name, node))
        }
    }
}
