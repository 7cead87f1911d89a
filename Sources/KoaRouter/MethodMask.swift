/// A set of methods in a byte: the common ones have a bit each, all others share one.
struct MethodMask: OptionSet, Sendable {
    let rawValue: UInt8

    /// Methods without a bit of their own; which of them are meant has to be asked of the layer.
    static let other = MethodMask(rawValue: 1 << 7)
    static let all = MethodMask(rawValue: .max)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The mask of one method, whose name has to be written as registered: methods are case-sensitive (RFC 9110 9.1).
    init(_ method: String) {
        self =
            switch method {
            case "GET": Self(rawValue: 1)
            case "POST": Self(rawValue: 1 << 1)
            case "HEAD": Self(rawValue: 1 << 2)
            case "PUT": Self(rawValue: 1 << 3)
            case "DELETE": Self(rawValue: 1 << 4)
            case "PATCH": Self(rawValue: 1 << 5)
            case "OPTIONS": Self(rawValue: 1 << 6)
            default: .other
            }
    }

    /// The mask of a layer's methods: a layer without any runs for all of them.
    init(_ methods: [String]) {
        self = methods.isEmpty ? .all : methods.reduce(into: []) { $0.formUnion(MethodMask($1)) }
    }
}
