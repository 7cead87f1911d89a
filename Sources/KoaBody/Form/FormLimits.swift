/// How much of a form is read before it is refused.
///
/// ```swift
/// app.use(bodyParser(form: FormLimits(fields: 200, depth: 2)))
/// ```
public struct FormLimits: Sendable, Hashable {
    /// The most fields, repeated ones counted each. More are a 413.
    public var fields: Int
    /// How many brackets of a name are looked at: the rest of `a[b][c]` with a depth of 1 is a key, `[c]`. At most 32,
    /// so that a tree can be walked on any thread's stack.
    public var depth: Int {
        didSet { depth = Self.clamp(depth) }
    }
    /// The highest index of a list, `20` of `a[20]`; a higher one is the key of an object. At most 1000.
    public var listIndex: Int {
        didSet { listIndex = min(max(listIndex, -1), 1000) }
    }
    /// Whether `a.b` means `a[b]`.
    public var dots: Bool

    /// Creates limits; a depth or index outside its range is moved to the nearest end.
    public init(fields: Int = 1000, depth: Int = 5, listIndex: Int = 20, dots: Bool = true) {
        self.fields = fields
        self.depth = Self.clamp(depth)
        self.listIndex = min(max(listIndex, -1), 1000)
        self.dots = dots
    }

    private static func clamp(_ depth: Int) -> Int { min(max(depth, 0), 32) }
}
