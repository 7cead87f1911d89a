/// How much JSON is read before it is refused.
///
/// ```swift
/// var limits = JSONLimits.default
/// limits.depth = 16
/// let value = try JSON(parsing: #"{"tags":["a","b"]}"#, limits: limits)
/// ```
public struct JSONLimits: Sendable, Hashable {
    /// A depth of 128 and a size of 16 MiB.
    public static let `default` = JSONLimits()

    /// The deepest nesting of arrays and objects: `[]` has depth 1, a lone number depth 0.
    ///
    /// Never above ``maximumDepth``, so that reading, decoding and freeing a value fit a thread's stack.
    public var depth: Int {
        didSet { depth = Self.clamp(depth, to: Self.maximumDepth) }
    }

    /// The longest document, in bytes. Never above ``maximumBytes``.
    public var bytes: Int {
        didSet { bytes = Self.clamp(bytes, to: Self.maximumBytes) }
    }

    /// The highest depth that can be allowed.
    public static var maximumDepth: Int { 512 }

    /// The largest document that can be allowed: 256 MiB less one byte.
    public static var maximumBytes: Int { 1 << 28 - 1 }

    /// Creates limits; a value outside the possible range is moved to its nearest end.
    public init(depth: Int = 128, bytes: Int = 16 * 1024 * 1024) {
        self.depth = Self.clamp(depth, to: Self.maximumDepth)
        self.bytes = Self.clamp(bytes, to: Self.maximumBytes)
    }

    private static func clamp(_ value: Int, to maximum: Int) -> Int {
        min(max(value, 0), maximum)
    }
}
