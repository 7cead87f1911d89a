/// Makes one tree of the fields of a form, by the rules of `qs` (6.x): repeated names make a list, `a[]` and `a[0]` a
/// list, `a[b]` an object.
///
/// A field costs time in proportion to the depth of its name, not to the size of the tree.
struct FormTree {
    private let limits: FormLimits
    private var names: [String] = []
    private var values: [String: [FormNode]] = [:]
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
        if values[name] == nil { names.append(name) }
        values[name, default: []].append(FormNode(value))
    }

    /// The tree: an object.
    consuming func finish() -> FormNode {
        var root = FormNode(.object(FormMembers()))
        for name in names {
            guard let nodes = values[name], let first = nodes.first else { continue }
            let leaf = nodes.count == 1 ? first : FormNode(.list(nodes))
            let keys = FormKey.chain(name, limits: limits)
            if !keys.isEmpty { root = Self.merge(root, branch(keys, leaf)) }
        }
        return root
    }

    /// A tree of one leaf.
    private func branch(_ keys: [FormKey], _ leaf: FormNode) -> FormNode {
        var node = leaf
        for key in keys.reversed() {
            if key.isBracketed, key.name.isEmpty {
                if case .list = node.value { continue }
                node = FormNode(.list([node]))
            } else if let index = key.index(upTo: limits.listIndex) {
                node = FormNode(.list([FormNode?](repeating: nil, count: index) + [node]))
            } else {
                var members = FormMembers()
                members.set(key.name, node)
                node = FormNode(.object(members))
            }
        }
        return node
    }

    /// Merges a branch into a tree, which it changes.
    private static func merge(_ target: FormNode, _ source: FormNode) -> FormNode {
        switch (target.value, source.value) {
        case (_, .text("")):
            return target
        case (.list(var nodes), .list(let added)):
            target.value = .list([])
            for (index, node) in added.enumerated() {
                guard let node else { continue }
                if index < nodes.count, let known = nodes[index] {
                    if known.isLeaf || node.isLeaf { nodes.append(node) } else { nodes[index] = merge(known, node) }
                } else {
                    while nodes.count <= index { nodes.append(nil) }
                    nodes[index] = node
                }
            }
            target.value = .list(nodes)
        case (.list(var nodes), .text), (.list(var nodes), .file):
            target.value = .list([])
            nodes.append(source)
            target.value = .list(nodes)
        case (.list(let nodes), .object(let added)):
            target.value = .object(FormMembers())
            var members = FormMembers()
            for (index, node) in nodes.enumerated() {
                if let node { members.set(String(index), node) }
            }
            target.value = .object(merge(members, added))
        case (.object(let members), .object(let added)):
            target.value = .object(FormMembers())
            target.value = .object(merge(members, added))
        case (.object(let members), .list(let added)):
            target.value = .object(FormMembers())
            var indexed = FormMembers()
            for (index, node) in added.enumerated() {
                if let node { indexed.set(String(index), node) }
            }
            target.value = .object(merge(members, indexed))
        case (.object(var members), .text(let text)):
            target.value = .object(FormMembers())
            members.set(text, FormNode(.text("true")))
            target.value = .object(members)
        case (.object, .file):
            return FormNode(.list([target, source]))
        case (.text, _), (.file, _):
            return FormNode(.list([target] + source.elements))
        }
        return target
    }

    private static func merge(_ members: consuming FormMembers, _ added: FormMembers) -> FormMembers {
        for (name, node) in added.pairs {
            members.set(name, members[name].map { merge($0, node) } ?? node)
        }
        return members
    }
}
