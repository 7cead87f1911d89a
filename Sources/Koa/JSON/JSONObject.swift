/// The members of a JSON object in the order in which they were added.
///
/// A key that is set again keeps its place, as in JavaScript; a key that looks like an integer does not move to the
/// front, as it would there. Keys are the same when their bytes are: `"é"` in its two Unicode forms makes two keys, where
/// Swift's `==` takes both for one. Objects with the same members are equal in whatever order. A look-up goes through a small
/// object and hashes in a big one; removing takes time in proportion to the size.
///
/// ```swift
/// var user: JSONObject = ["id": 1, "name": "Ada"]
/// user["admin"] = true
/// user["id"] = 2
/// print(JSON.object(user))  // {"id":2,"name":"Ada","admin":true}
/// ```
public struct JSONObject: Sendable {
    /// A key with its value.
    public typealias Element = (key: String, value: JSON)

    /// The members in order; no tuples, whose copies ask for their types at run time.
    package private(set) var members: [Member] = []
    private var positions: [JSONMemberName: Int]?

    package struct Member: Sendable {
        package let key: String
        package fileprivate(set) var value: JSON
    }

    /// The size from which an object keeps an index of its keys.
    private static let indexedSize = 16

    /// An object without members.
    public init() {}

    /// An object of `pairs`; the last value of equal keys wins, at the place of the first.
    public init(_ pairs: some Sequence<(String, JSON)>) {
        members.reserveCapacity(pairs.underestimatedCount)
        for (key, value) in pairs {
            updateValue(value, forKey: key)
        }
    }

    /// An object without members that has the room for some.
    package init(capacity: Int) {
        members.reserveCapacity(capacity)
    }

    /// The value of a key; setting `nil` removes the key, setting `.null` keeps it.
    public subscript(key: String) -> JSON? {
        get {
            position(of: key).map { members[$0].value }
        }
        _modify {
            let position = position(of: key)
            var value: JSON?
            if let position {
                value = members[position].value
                members[position].value = .null
            }
            defer {
                if let value {
                    if let position { members[position].value = value } else { append(key, value) }
                } else if let position {
                    remove(at: position)
                }
            }
            yield &value
        }
    }

    /// Sets the value of a key and returns the one it had.
    @discardableResult
    public mutating func updateValue(_ value: JSON, forKey key: String) -> JSON? {
        guard let position = position(of: key) else {
            append(key, value)
            return nil
        }
        let old = members[position].value
        members[position].value = value
        return old
    }

    /// Removes a key and returns the value that it had.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> JSON? {
        guard let position = position(of: key) else { return nil }
        let old = members[position].value
        remove(at: position)
        return old
    }

    /// The keys in order.
    public var keys: some RandomAccessCollection<String> {
        members.lazy.map(\.key)
    }

    /// The values in order.
    public var values: some RandomAccessCollection<JSON> {
        members.lazy.map(\.value)
    }

    /// Where the member of a key is.
    package func position(of key: String) -> Int? {
        if let positions {
            return positions[JSONMemberName(key)]
        }
        return members.firstIndex { JSONText.areIdentical($0.key, key) }
    }

    /// Adds a member whose key is known to be new.
    package mutating func append(_ key: String, _ value: JSON) {
        positions?[JSONMemberName(key)] = members.count
        members.append(Member(key: key, value: value))
        if positions == nil, members.count > Self.indexedSize {
            indexKeys()
        }
    }

    /// Removes the last members.
    package mutating func removeLast(_ count: Int) {
        if positions != nil {
            for member in members.suffix(count) { positions?[JSONMemberName(member.key)] = nil }
        }
        members.removeLast(count)
    }

    /// Puts another value in the place of the one at a position.
    package mutating func setValue(_ value: JSON, at position: Int) {
        members[position].value = value
    }

    /// Whether the first members of both are the same, in whatever order.
    package func hasSameMembers(as other: Self, first count: Int, _ otherCount: Int) -> Bool {
        guard count == otherCount else { return false }
        for index in 0..<count {
            let isSame =
                if JSONText.areIdentical(members[index].key, other.members[index].key) {
                    members[index].value == other.members[index].value
                } else {
                    other.position(of: members[index].key).map {
                        $0 < count && other.members[$0].value == members[index].value
                    } ?? false
                }
            guard isSame else { return false }
        }
        return true
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        if positions != nil {
            indexKeys()
        }
    }

    private mutating func indexKeys() {
        positions = Dictionary(members.enumerated().map { (JSONMemberName($1.key), $0) }) { first, _ in first }
    }
}

extension JSONObject: RandomAccessCollection {
    /// The position of the first member.
    public var startIndex: Int { 0 }

    /// The position behind the last member.
    public var endIndex: Int { members.count }

    /// The member at a position from `0` to `count - 1`.
    public subscript(position: Int) -> Element {
        (members[position].key, members[position].value)
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same keys with equal values, in whatever order.
    public static func == (left: Self, right: Self) -> Bool {
        left.hasSameMembers(as: right, first: left.count, right.count)
    }

    /// Hashes the members regardless of their order.
    public func hash(into hasher: inout Hasher) {
        var hash = 0
        for member in members {
            var hasher = Hasher()
            hasher.combine(member.key)
            hasher.combine(member.value)
            hash ^= hasher.finalize()
        }
        hasher.combine(hash)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object of a literal's members in their order.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements)
    }
}

extension JSONObject: CustomStringConvertible {
    /// The object as compact JSON.
    public var description: String {
        JSON.object(self).description
    }
}
