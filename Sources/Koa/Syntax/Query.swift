/// The parameters of a query string: names and values in the order they were written, a name as often as it occurs.
///
/// Strings are parsed and written as the WHATWG URL standard's `URLSearchParams` does: `+` is a space, escapes are UTF-8,
/// what is malformed is kept rather than refused, and brackets in names have no meaning. Names are compared byte by
/// byte. Looking a name up takes constant time, so that a client cannot make it slow by sending many.
///
/// ```swift
/// var query = Query("tag=a&tag=b+c&page=2")
/// query["page"]          // "2"
/// query["tag"]           // "a", the first
/// query.all("tag")       // ["a", "b c"]
/// query["page"] = nil
/// query.append("q", "é")
/// query.description      // "tag=a&tag=b+c&q=%C3%A9"
/// ```
public struct Query: Sendable {
    /// A parameter: its name and one value, both decoded.
    public typealias Element = (name: String, value: String)

    /// How many parameters ``init(_:limit:)`` reads unless told otherwise: 1000.
    public static let defaultLimit = 1000

    /// Up to this many parameters are searched in order, which is faster than an index.
    private static let searchedCount = 16

    private var parameters: [Element] = []

    /// The positions of each name, once there are more than ``searchedCount`` parameters.
    private var index: [Name: [Int]] = [:]

    /// No parameters.
    public init() {}

    /// Parses a query string, with or without its leading `?`.
    ///
    /// - Parameters:
    ///   - queryString: The text; nothing in it is an error.
    ///   - limit: How many parameters to read at most; those after it are left out.
    public init(_ queryString: String, limit: Int = Query.defaultLimit) {
        var rest = queryString[...].utf8
        if rest.first == UInt8(ascii: "?") { rest = rest.dropFirst() }
        while !rest.isEmpty, parameters.count < limit {
            let end = rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
            let pair = rest[..<end]
            rest = rest[end...].dropFirst()
            guard !pair.isEmpty else { continue }
            let separator = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            append(
                URLEncoding.formDecode(Substring(pair[..<separator])),
                URLEncoding.formDecode(Substring(pair[separator...].dropFirst()))
            )
        }
    }

    /// The first value of a name, or nil where there is none.
    ///
    /// Setting it replaces the first value and removes the others, or appends the parameter when it is new; nil removes
    /// all of that name.
    public subscript(name: String) -> String? {
        get { positions(of: name, isFirstOnly: true).first.map { parameters[$0].value } }
        set {
            let positions = positions(of: name)
            guard let newValue else { return remove(positions[...]) }
            guard let first = positions.first else { return append(name, newValue) }
            parameters[first].value = newValue
            remove(positions.dropFirst())
        }
    }

    /// All values of a name, in order; empty where there is none.
    public func all(_ name: String) -> [String] {
        positions(of: name).map { parameters[$0].value }
    }

    /// Adds a parameter at the end, beside those of the same name.
    public mutating func append(_ name: String, _ value: String) {
        parameters.append((name, value))
        if parameters.count > Self.searchedCount + 1 {
            index[Name(name), default: []].append(parameters.count - 1)
        } else if parameters.count == Self.searchedCount + 1 {
            reindex()
        }
    }

    /// The names, each once, in the order of their first parameters.
    public var keys: [String] { grouped.map(\.name) }

    /// The parameters by name: the names in the order of ``keys``, each with its one or more values.
    public var grouped: [(name: String, values: [String])] {
        var groups: [(name: String, values: [String])] = []
        var places: [Name: Int] = [:]
        for (name, value) in parameters {
            if let place = places[Name(name)] {
                groups[place].values.append(value)
            } else {
                places[Name(name)] = groups.count
                groups.append((name, [value]))
            }
        }
        return groups
    }

    /// How many parameters there are; a name that occurs twice counts twice.
    public var count: Int { parameters.count }

    /// Whether there are none.
    public var isEmpty: Bool { parameters.isEmpty }

    private func positions(of name: String, isFirstOnly: Bool = false) -> [Int] {
        guard parameters.count <= Self.searchedCount else { return index[Name(name)] ?? [] }
        var positions: [Int] = []
        for (position, parameter) in parameters.enumerated() where Name(parameter.name) == Name(name) {
            positions.append(position)
            if isFirstOnly { break }
        }
        return positions
    }

    /// Removes the parameters at positions that ascend.
    private mutating func remove(_ positions: ArraySlice<Int>) {
        guard !positions.isEmpty else { return }
        var doomed = positions
        var kept: [Element] = []
        kept.reserveCapacity(parameters.count - positions.count)
        for (position, parameter) in parameters.enumerated() {
            if doomed.first == position {
                doomed = doomed.dropFirst()
            } else {
                kept.append(parameter)
            }
        }
        parameters = kept
        reindex()
    }

    private mutating func reindex() {
        index.removeAll()
        guard parameters.count > Self.searchedCount else { return }
        for (position, parameter) in parameters.enumerated() {
            index[Name(parameter.name), default: []].append(position)
        }
    }

    /// A name that is equal to another when its bytes are; strings are when they look the same.
    private struct Name: Hashable {
        let text: String

        init(_ text: String) { self.text = text }

        static func == (one: Name, other: Name) -> Bool {
            one.text.utf8.count == other.text.utf8.count && one.text.utf8.elementsEqual(other.text.utf8)
        }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}

extension Query: Sequence {
    /// The parameters in order.
    public func makeIterator() -> IndexingIterator<[Element]> {
        parameters.makeIterator()
    }
}

extension Query: Hashable {
    /// Whether both have the same parameters in the same order, byte by byte.
    public static func == (one: Query, other: Query) -> Bool {
        one.parameters.elementsEqual(other.parameters) {
            Name($0.name) == Name($1.name) && Name($0.value) == Name($1.value)
        }
    }

    /// Feeds the parameters to a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for (name, value) in parameters {
            Name(name).hash(into: &hasher)
            hasher.combine(UInt8.max)
            Name(value).hash(into: &hasher)
            hasher.combine(UInt8.max)
        }
    }
}

extension Query: ExpressibleByDictionaryLiteral {
    /// The parameters of a literal in its order; a name may occur more than once.
    public init(dictionaryLiteral parameters: (String, String)...) {
        for (name, value) in parameters { append(name, value) }
    }
}

extension Query: CustomStringConvertible {
    /// The query string, without a `?`, in `application/x-www-form-urlencoded`.
    public var description: String {
        parameters.map { "\(URLEncoding.formEncode($0.name))=\(URLEncoding.formEncode($0.value))" }
            .joined(separator: "&")
    }
}
