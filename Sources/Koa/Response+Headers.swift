public import HTTPTypes

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Response {
    /// The header fields set so far.
    public var headers: Headers { ctx.outgoing.headers }

    /// The same as ``headers``.
    public var header: Headers { headers }

    /// A header's value, several joined by `, `; nil when it isn't set.
    public func get(_ name: String) -> String? {
        headers[name]
    }

    /// A header's value by a swift-http-types name.
    public func get(_ name: HTTPField.Name) -> String? {
        headers[name]
    }

    /// Whether a header is set.
    public func has(_ name: String) -> Bool {
        headers.has(name)
    }

    /// Sets a header, replacing its values.
    ///
    /// Refused: a name that is no token, and a value with line breaks, NUL, other control characters or characters
    /// past U+00FF. The refusal is thrown when this middleware returns or calls `next`; header and cookie writes
    /// until then do nothing. An empty name does nothing.
    public func set(_ name: String, _ value: String) {
        refusing { try setHeader(name, value) }
    }

    /// Sets a header to a number.
    public func set(_ name: String, _ value: some BinaryInteger) {
        set(name, String(value))
    }

    /// Sets a header to several values, one line each.
    public func set(_ name: String, _ values: [String]) {
        refusing { try setHeader(name, values) }
    }

    /// Sets a header by a swift-http-types name.
    public func set(_ name: HTTPField.Name, _ value: String) {
        set(name.rawName, value)
    }

    /// Sets several headers.
    public func set(_ headers: Headers) {
        refusing { try setHeaders(headers) }
    }

    /// Sets a header; see ``set(_:_:)-(String,String)``.
    ///
    /// - Throws: ``KoaError`` `.invalidHeader`.
    public func setHeader(_ name: String, _ value: String) throws {
        guard isWritableHeader(name) else { return }
        try Self.check(name, value)
        ctx.outgoing.headers.set(name, value)
    }

    /// Sets a header to several values.
    ///
    /// - Throws: ``KoaError`` `.invalidHeader`.
    public func setHeader(_ name: String, _ values: [String]) throws {
        guard isWritableHeader(name) else { return }
        for value in values { try Self.check(name, value) }
        ctx.outgoing.headers.set(name, values)
    }

    /// Sets several headers, or none when one is invalid.
    ///
    /// - Throws: ``KoaError`` `.invalidHeader`.
    public func setHeaders(_ headers: Headers) throws {
        for field in headers.fields { try Self.check(field.name, field.value) }
        guard isWritableHeader("-") else { return }
        ctx.outgoing.headers.merge(headers)
    }

    /// Adds a value to a header. It is refused as by ``set(_:_:)-(String,String)``.
    public func append(_ name: String, _ value: String) {
        append(name, [value])
    }

    /// Adds values to a header.
    public func append(_ name: String, _ values: [String]) {
        refusing { try appendHeader(name, values) }
    }

    /// Adds values to a header.
    ///
    /// - Throws: ``KoaError`` `.invalidHeader`.
    public func appendHeader(_ name: String, _ values: [String]) throws {
        guard isWritableHeader(name) else { return }
        for value in values { try Self.check(name, value) }
        for value in values { ctx.outgoing.headers.append(name, value) }
    }

    /// Removes a header.
    public func remove(_ name: String) {
        guard isWritableHeader(name) else { return }
        ctx.outgoing.headers.remove(name)
    }

    /// Adds field names to Vary, each once; `*` stands for all. A text may be a list: `ctx.vary("Accept, Origin")`.
    public func vary(_ fields: String...) {
        for field in fields { refusing { try setVary(field) } }
    }

    /// Adds field names to Vary.
    public func vary(_ fields: [String]) {
        refusing { try setVary(fields) }
    }

    /// Adds a field name, or a list of them, to Vary.
    ///
    /// - Throws: when it is empty or a name is no token.
    public func setVary(_ field: String) throws {
        guard isWritableHeader("Vary") else { return }
        ctx.outgoing.headers.set("Vary", try Vary.append(field, to: headers["Vary"] ?? ""))
    }

    /// Adds field names to Vary.
    ///
    /// - Throws: when a name is no token.
    public func setVary(_ fields: [String]) throws {
        guard isWritableHeader("Vary"), !fields.isEmpty else { return }
        let value = try Vary.append(fields, to: headers["Vary"] ?? "")
        if !value.isEmpty { ctx.outgoing.headers.set("Vary", value) }
    }

    /// Leaves a header in place when an error clears all others: CORS headers, Vary, a request id.
    ///
    /// ```swift
    /// ctx.set("X-Request-Id", "42")
    /// ctx.keepOnError("X-Request-Id")
    /// ```
    public func keepOnError(_ names: String...) {
        ctx.outgoing.keptOnError += names
    }

    /// Last-Modified as a date, or nil.
    public var lastModified: Date? {
        get {
            headers["Last-Modified"].flatMap { HTTPDate.parse($0) }
                .map { Date(timeIntervalSince1970: Double($0) / 1000) }
        }
        nonmutating set {
            guard let newValue else { return remove("Last-Modified") }
            let milliseconds = (newValue.timeIntervalSince1970 * 1000).rounded(.down)
            set("Last-Modified", HTTPDate.format(milliseconds: Int64(exactly: milliseconds) ?? 0))
        }
    }

    /// The ETag; setting it adds the quotes when they are missing: `ctx.etag = "v1"`, `ctx.etag = "W/\"v1\""`.
    /// nil or an absent header reads and removes.
    public var etag: String? {
        get { headers["ETag"] }
        nonmutating set {
            guard let newValue else { return remove("ETag") }
            refusing { try setETag(newValue) }
        }
    }

    /// Sets the ETag, with quotes where they are missing.
    ///
    /// - Throws: ``KoaError`` `.invalidHeader`.
    public func setETag(_ tag: String) throws {
        try setHeader("ETag", ETag.quoted(tag))
    }

    private func isWritableHeader(_ name: String) -> Bool {
        isOpen("the header \(name)") && ctx.refusal == nil && !name.isEmpty
    }

    /// Sets a header whose name and value need no check.
    func setValid(_ name: String, _ value: String) {
        if isWritableHeader(name) { ctx.outgoing.headers.set(name, value) }
    }

    static func check(_ name: String, _ value: String) throws {
        guard Latin1.isToken(name) else {
            throw KoaError(.invalidHeader, "Header name must be a valid HTTP token: \(name.debugDescription)")
        }
        guard Latin1.isFieldValue(value) else {
            throw KoaError(
                .invalidHeader,
                "Invalid character in the value of header \(name): line breaks, NUL and other control characters "
                    + "can't be sent, nor characters past U+00FF (percent-encode them)"
            )
        }
    }
}
