/// Names and their positions: few are compared one by one, many are found by a hash that no client can foresee.
struct NameTable {
    private(set) var names: [String] = []
    private var positions: [String: Int] = [:]

    private static let few = 12

    func position(of name: String) -> Int? {
        names.count <= Self.few ? names.firstIndex(of: name) : positions[name]
    }

    /// Adds a name that isn't there yet.
    mutating func append(_ name: String) {
        names.append(name)
        if names.count == Self.few + 1 {
            for (position, name) in names.enumerated() { positions[name] = position }
        } else if names.count > Self.few {
            positions[name] = names.count - 1
        }
    }
}
