/// Makes one tree of the fields of a form, by the rules of `qs` (6.x): repeated names make a list, `a[]` and `a[0]` a
/// list, `a[b]` an object.
///
/// A field costs time in proportion to the depth of its name, not to the size of the tree.
struct FormTree {
    private let limits: FormLimits
    private var names = NameTable()
    /// The values of each name.
    private var values: [[FormNode]] = []
    private var count = 0

    init(limits: FormLimits) {
        self.limits = limits
    }

    /// - Throws: ``BodyError`` `.tooLarge` for more fields than allowed.
    mutating func add(_ name: String, _ value: FormNode.Value) throws {
        count += 1
        guard count <= limits.fields else {
            throw BodyError(.tooLarge, "The form has more than \(limits.fields) fields")
        }
        if let position = names.position(of: name) {
            values[position].append(FormNode(value))
        } else {
            names.append(name)
            values.append([FormNode(value)])
        }
    }

    /// The tree: an object.
    consuming func finish() -> FormNode {
        let root = FormNode(.object(FormMembers()))
        for (name, nodes) in zip(names.names, values) {
            let leaf = nodes.count == 1 ? nodes[0] : FormNode(.list(FormList(nodes)))
            let keys = FormKey.chain(name, limits: limits)
            if !keys.isEmpty { _ = Self.merge(root, branch(keys, leaf)) }
        }
        return root
    }

    /// A tree of one leaf.
    private func branch(_ keys: [FormKey], _ leaf: FormNode) -> FormNode {
        var node = leaf
        for key in keys.reversed() {
            if key.isBracketed, key.name.isEmpty {
                if case .list = node.value { continue }
                node = FormNode(.list(FormList([node])))
            } else if let index = key.index(upTo: limits.listIndex) {
                node = FormNode(.list(FormList([FormNode?](repeating: nil, count: index) + [node])))
            } else {
                let members = FormMembers()
                members[key.name] = node
                node = FormNode(.object(members))
            }
        }
        return node
    }

    /// Merges a branch into a tree, which it changes.
    ///
    /// - Returns: the tree; a new one where a single value becomes a list.
    private static func merge(_ target: FormNode, _ source: FormNode) -> FormNode {
        if source.isEmptyText { return target }
        switch (target.value, source.value) {
        case (.list(let list), .list(let added)): merge(list, added)
        case (.list(let list), .text), (.list(let list), .file): list.append(source)
        case (.list, .object(let added)):
            target.becomeObject()
            if case .object(let members) = target.value { merge(members, added) }
        case (.object(let members), .object(let added)): merge(members, added)
        case (.object(let members), .list(let added)): merge(members, added.members)
        case (.object(let members), .text(let text)): members[text] = FormNode(.text("true"))
        // Not in a list beside the object, which fields of one place under many names would nest ever deeper.
        case (.object(let members), .file): merge(members, FormList([source]).members)
        case (.text, _), (.file, _): return FormNode(.list(FormList([target] + source.elements)))
        }
        return target
    }

    /// Objects at the same index become one; anything else that is there moves what comes to the end.
    private static func merge(_ list: FormList, _ added: FormList) {
        for (index, node) in added.nodes.enumerated() {
            guard let node else { continue }
            if let known = list[index] {
                if known.isLeaf || node.isLeaf { list.append(node) } else { list[index] = merge(known, node) }
            } else {
                list[index] = node
            }
        }
    }

    private static func merge(_ members: FormMembers, _ added: FormMembers) {
        for (name, node) in added.pairs {
            members[name] = members[name].map { merge($0, node) } ?? node
        }
    }
}
