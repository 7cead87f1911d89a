import Koa

/// Where a value of a form stands: its path is put together only when somebody asks.
final class FormPlace {
    /// How values are read; shared by all places of a form.
    final class Root {
        let coding: JSONCoding
        let isSnakeCase: Bool

        init(_ coding: JSONCoding) {
            self.coding = coding
            isSnakeCase = coding.keys == .snakeCase
        }
    }

    let root: Root
    private let parent: FormPlace?
    private let key: JSONPathKey?

    /// The place of the whole form.
    init(_ coding: JSONCoding) {
        root = Root(coding)
        parent = nil
        key = nil
    }

    /// A place within another.
    init(_ key: JSONPathKey, in parent: FormPlace) {
        root = parent.root
        self.parent = parent
        self.key = key
    }

    var path: [any CodingKey] {
        guard let key, let parent else { return [] }
        return parent.path + [key]
    }
}
