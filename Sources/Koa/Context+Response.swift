public import HTTPTypes

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

// The members of the response that are reachable on the context, as a list.
extension Context {
    /// See ``Response/status``.
    public var status: Status {
        get { response.status }
        set { response.status = newValue }
    }
    /// See ``Response/message``.
    public var message: String {
        get { response.message }
        set { response.message = newValue }
    }
    /// See ``Response/body``.
    public var body: Body? {
        get { response.body }
        set { response.body = newValue }
    }
    /// See ``Response/length``.
    public var length: Int? {
        get { response.length }
        set { response.length = newValue }
    }
    /// See ``Response/type``.
    public var type: String {
        get { response.type }
        set { response.type = newValue }
    }
    /// See ``Response/lastModified``.
    public var lastModified: Date? {
        get { response.lastModified }
        set { response.lastModified = newValue }
    }
    /// See ``Response/etag``.
    public var etag: String? {
        get { response.etag }
        set { response.etag = newValue }
    }

    /// See ``Response/headerSent``.
    public var headerSent: Bool { response.headerSent }
    /// See ``Response/writable``.
    public var writable: Bool { response.writable }

    /// See ``Response/has(_:)``.
    public func has(_ name: String) -> Bool { response.has(name) }
    /// See ``Response/set(_:_:)-(String,String)``.
    public func set(_ name: String, _ value: String) { response.set(name, value) }
    /// See ``Response/set(_:_:)-(String,_)``.
    public func set(_ name: String, _ value: some BinaryInteger) { response.set(name, value) }
    /// See ``Response/set(_:_:)-(String,[String])``.
    public func set(_ name: String, _ values: [String]) { response.set(name, values) }
    /// See ``Response/set(_:_:)-(HTTPField.Name,String)``.
    public func set(_ name: HTTPField.Name, _ value: String) { response.set(name, value) }
    /// See ``Response/set(_:)``.
    public func set(_ headers: Headers) { response.set(headers) }
    /// See ``Response/setHeader(_:_:)-(String,String)``.
    public func setHeader(_ name: String, _ value: String) throws { try response.setHeader(name, value) }
    /// See ``Response/append(_:_:)-(String,String)``.
    public func append(_ name: String, _ value: String) { response.append(name, value) }
    /// See ``Response/append(_:_:)-(String,[String])``.
    public func append(_ name: String, _ values: [String]) { response.append(name, values) }
    /// See ``Response/remove(_:)``.
    public func remove(_ name: String) { response.remove(name) }
    /// See ``Response/vary(_:)-(String...)``.
    public func vary(_ fields: String...) { for field in fields { response.vary(field) } }
    /// See ``Response/vary(_:)-([String])``.
    public func vary(_ fields: [String]) { response.vary(fields) }
    /// See ``Response/keepOnError(_:)``.
    public func keepOnError(_ names: String...) { for name in names { response.keepOnError(name) } }
    /// See ``Response/redirect(_:)``.
    public func redirect(_ url: String) { response.redirect(url) }
    /// See ``Response/back(_:)``.
    public func back(_ alternative: String = "/") { response.back(alternative) }
    /// See ``Response/attachment(_:type:fallback:)``.
    public func attachment(
        _ filename: String? = nil,
        type: String = "attachment",
        fallback: AttachmentFallback = .automatic
    ) {
        response.attachment(filename, type: type, fallback: fallback)
    }
    /// See ``Response/flushHeaders()``.
    public func flushHeaders() { response.flushHeaders() }
}
