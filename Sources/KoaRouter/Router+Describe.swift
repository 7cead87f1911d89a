extension Router {
    /// The table of routes, one a line: methods, path, name, constraints, the number of its handlers, and where it was added.
    ///
    /// ```swift
    /// print(try router.describe())
    /// // (use)      /api/users                       2 handlers  App/Users.swift:8
    /// // HEAD, GET  /api/users/:id  user  id: Int                App/Users.swift:12
    /// ```
    ///
    /// Middleware are marked `(use)`. What no route has takes no column.
    ///
    /// - Throws: ``RouteError`` for a route that can't be compiled.
    public func describe() throws -> String {
        let rows = try compiled().layers.map(Self.row)
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).filter { $1 > 0 }.map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func row(_ layer: CompiledLayer) -> [String] {
        let definition = layer.definition
        let methods =
            definition.methods.count == Methods.all.count
            ? "(all)" : definition.isRoute ? definition.methods.joined(separator: ", ") : "(use)"
        let constraints = definition.constraints.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let count = layer.links.count
        return [
            methods, definition.text, definition.name ?? "", constraints.joined(separator: ", "),
            definition.redirect.map { "redirects to \($0.destination)" } ?? (count > 1 ? "\(count) handlers" : ""),
            definition.handlers.first?.origin.description ?? "",
        ]
    }
}
