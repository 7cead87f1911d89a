#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A type that a parameter of a path can be read as.
///
/// Numbers, `String`, `Bool` and `UUID` are such types. One of your own needs no code when it is `LosslessStringConvertible`, or
/// an enumeration of texts:
///
/// ```swift
/// enum Section: String, RouteParameter { case news, sport }
/// router.get("/sections/:section") { ctx in
///     let section = try ctx.params.require("section", as: Section.self)
/// }
/// ```
public protocol RouteParameter: Sendable {
    /// The value of a parameter, percent-decoded; nil when it doesn't fit.
    ///
    /// No initializer: one more that takes a text would make `flatMap(Int.init)` ambiguous.
    static func value(ofParameter text: String) -> Self?

    /// The value as a parameter of a URL, not yet percent-encoded.
    var parameter: String { get }
}

extension RouteParameter where Self: LosslessStringConvertible {
    /// The value that the type reads from the text.
    public static func value(ofParameter text: String) -> Self? { Self(text) }
    /// The value's description.
    public var parameter: String { description }
}

extension RouteParameter where Self: RawRepresentable<String> {
    /// The value whose raw value is the text.
    public static func value(ofParameter text: String) -> Self? { Self(rawValue: text) }
    /// The raw value.
    public var parameter: String { rawValue }
}

extension String: RouteParameter {}
extension Substring: RouteParameter {}
extension Character: RouteParameter {}
extension Bool: RouteParameter {}
extension Double: RouteParameter {}
extension Float: RouteParameter {}
extension Int: RouteParameter {}
extension Int8: RouteParameter {}
extension Int16: RouteParameter {}
extension Int32: RouteParameter {}
extension Int64: RouteParameter {}
extension UInt: RouteParameter {}
extension UInt8: RouteParameter {}
extension UInt16: RouteParameter {}
extension UInt32: RouteParameter {}
extension UInt64: RouteParameter {}

extension UUID: RouteParameter {
    /// The identifier that the text is, in either case.
    public static func value(ofParameter text: String) -> UUID? { UUID(uuidString: text) }
    /// The identifier in capitals.
    public var parameter: String { uuidString }
}
