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
    init?(parameter: String)

    /// The value as a parameter of a URL, not yet percent-encoded.
    var parameter: String { get }
}

extension RouteParameter where Self: LosslessStringConvertible {
    /// The value that the type reads from the text.
    public init?(parameter: String) { self.init(parameter) }
    /// The value's description.
    public var parameter: String { description }
}

extension RouteParameter where Self: RawRepresentable<String> {
    /// The value whose raw value is the text.
    public init?(parameter: String) { self.init(rawValue: parameter) }
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
    public init?(parameter: String) { self.init(uuidString: parameter) }
    /// The identifier in capitals.
    public var parameter: String { uuidString }
}
