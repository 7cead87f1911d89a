/// A type whose values can say what is invalid about them; ``Koa/Context/decode(_:accepting:limits:)`` asks each that it decodes.
///
/// ```swift
/// struct Order: Decodable, Validatable {
///     struct Line: Decodable, Validatable {
///         var article: String
///         var count: Int
///
///         func validate(_ check: inout Validation) {
///             check("article", article, .notEmpty)
///             check("count", count, .range(1...99))
///         }
///     }
///
///     var email: String
///     var lines: [Line]
///
///     func validate(_ check: inout Validation) {
///         check("email", email, .email)
///         check("lines", lines, .notEmpty)
///         check.each("lines", lines)
///     }
/// }
/// ```
///
/// All rules are looked at, and the failures, up to a hundred, are in one ``ValidationError``. A list of such values, and
/// an optional one, is one too.
public protocol Validatable {
    /// Names what is invalid.
    func validate(_ check: inout Validation)
}

extension Validatable {
    /// Throws a ``ValidationError`` with the failures, if there are any: for values that ``Koa/Context/decode(_:accepting:limits:)``
    /// didn't make.
    public func validated() throws {
        var check = Validation()
        validate(&check)
        if !check.failures.isEmpty { throw ValidationError(failures: check.failures) }
    }
}

extension Array: Validatable where Element: Validatable {
    /// Validates each element.
    public func validate(_ check: inout Validation) {
        for (index, element) in enumerated() {
            guard !check.isFull else { return }
            check.nested("[\(index)]", element)
        }
    }
}

extension Optional: Validatable where Wrapped: Validatable {
    /// Validates the value, if there is one.
    public func validate(_ check: inout Validation) {
        self?.validate(&check)
    }
}
