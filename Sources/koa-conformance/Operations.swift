import Koa

/// The operations of the case format, each as a middleware of this project's public API.
enum Operations {
    /// One middleware that runs a list of operations.
    ///
    /// - Throws: ``Unsupported`` or ``MalformedCase``, before anything runs.
    static func middleware(_ list: JSON) throws -> Middleware {
        let steps = try list.requireList("operations").map { try operation($0) }
        return { ctx, next in
            for step in steps { try await step(ctx, next) }
        }
    }

    /// The middleware of one operation.
    static func operation(_ json: JSON) throws -> Middleware {
        let operands = try Operands(json)
        for family in [flow, response, headers, state, session] {
            if let step = try family(operands) { return step }
        }
        throw Unsupported("operation \(operands.name)")
    }

    /// An operation that does not wait.
    static func step(_ body: @escaping @Sendable (Context) throws -> Void) -> Middleware {
        { ctx, _ in try body(ctx) }
    }
}

/// The name of an operation or read, and what stands behind it.
struct Operands: Sendable {
    /// The name.
    let name: String
    /// All values behind the name.
    let values: [JSON]

    /// Reads `["name", value, …]`.
    init(_ json: JSON) throws(MalformedCase) {
        let list = try json.requireList("an operation")
        guard let first = list.first else { throw MalformedCase("an operation has no name") }
        try self.init(name: first.requireText("an operation's name"), values: Array(list.dropFirst()))
    }

    init(name: String, values: [JSON]) throws(MalformedCase) {
        self.name = name
        self.values = values
    }

    /// The value at a position, which has to be there.
    func value(_ index: Int) throws(MalformedCase) -> JSON {
        guard values.indices.contains(index) else { throw MalformedCase("\(name) lacks a value: \(JSON(values))") }
        return values[index]
    }

    /// The value at a position; nil when it is absent or null.
    func optional(_ index: Int) -> JSON? {
        // No `nil` in a conditional expression: it would be the JSON value null.
        guard values.indices.contains(index), !values[index].isNull else { return nil }
        return values[index]
    }

    /// The text at a position.
    func text(_ index: Int) throws(MalformedCase) -> String {
        try value(index).requireText(name)
    }

    /// The integer at a position.
    func integer(_ index: Int) throws(MalformedCase) -> Int {
        try value(index).requireInteger(name)
    }

    /// The text, or the list of texts, at a position.
    func texts(_ index: Int) throws(MalformedCase) -> [String] {
        let value = try value(index)
        return value.array == nil ? [try value.requireText(name)] : try value.requireTexts(name)
    }

    /// All values as texts, whether they are given one by one or as a list.
    func allTexts() throws(MalformedCase) -> [String] {
        if values.count == 1, let list = values.first, list.array != nil { return try list.requireTexts(name) }
        return try JSON(values).requireTexts(name)
    }
}
