public import HTTPTypes

// The members of the request that are reachable on the context, as a list.
extension Context {
    /// See ``Request/method``.
    public var method: HTTPRequest.Method {
        get { request.method }
        set { request.method = newValue }
    }
    /// See ``Request/url``.
    public var url: String {
        get { request.url }
        set { request.url = newValue }
    }
    /// See ``Request/path``.
    public var path: String {
        get { request.path }
        set { request.path = newValue }
    }
    /// See ``Request/querystring``.
    public var querystring: String {
        get { request.querystring }
        set { request.querystring = newValue }
    }
    /// See ``Request/search``.
    public var search: String {
        get { request.search }
        set { request.search = newValue }
    }
    /// See ``Request/query``.
    public var query: Query {
        get { request.query }
        set { request.query = newValue }
    }
    /// See ``Request/accept``.
    public var accept: Accepts {
        get { request.accept }
        set { request.accept = newValue }
    }
    /// See ``Request/ip``.
    public var ip: String {
        get { request.ip }
        set { request.ip = newValue }
    }

    /// See ``Request/headers``; writing goes to the response, by ``set(_:_:)-(String,String)``.
    public var headers: Headers { request.headers }
    /// See ``Request/header``.
    public var header: Headers { request.header }
    /// See ``Request/href``.
    public var href: String { request.href }
    /// See ``Request/URL``.
    public var URL: WebURL? { request.URL }
    /// See ``Request/origin``.
    public var origin: String? { request.origin }
    /// See ``Request/protocol``.
    public var `protocol`: String { request.protocol }
    /// See ``Request/secure``.
    public var secure: Bool { request.secure }
    /// See ``Request/host``.
    public var host: String { request.host }
    /// See ``Request/hostname``.
    public var hostname: String { request.hostname }
    /// See ``Request/subdomains``.
    public var subdomains: [String] { request.subdomains }
    /// See ``Request/ips``.
    public var ips: [String] { request.ips }
    /// See ``Request/idempotent``.
    public var idempotent: Bool { request.idempotent }
    /// See ``Request/fresh``.
    public var fresh: Bool { request.fresh }
    /// See ``Request/stale``.
    public var stale: Bool { request.stale }

    /// See ``Request/get(_:)-(String)``.
    public func get(_ name: String) -> String { request.get(name) }
    /// See ``Request/get(_:)-(HTTPField.Name)``.
    public func get(_ name: HTTPField.Name) -> String { request.get(name) }
    /// See ``Request/is(_:)-(String...)``.
    public func `is`(_ types: String...) -> String? { request.is(types) }
    /// See ``Request/is(_:)-([String])``.
    public func `is`(_ types: [String]) -> String? { request.is(types) }

    /// See ``Request/accepts(_:_:)``.
    public func accepts(_ first: String, _ others: String...) -> String? { request.accepts([first] + others) }
    /// See ``Request/accepts(_:)``.
    public func accepts(_ types: [String]) -> String? { request.accepts(types) }
    /// See ``Request/accepts()``.
    public func accepts() -> [String] { request.accepts() }
    /// See ``Request/acceptsEncodings(_:_:)``.
    public func acceptsEncodings(_ first: String, _ others: String...) -> String? {
        request.acceptsEncodings([first] + others)
    }
    /// See ``Request/acceptsEncodings(_:)``.
    public func acceptsEncodings(_ encodings: [String]) -> String? { request.acceptsEncodings(encodings) }
    /// See ``Request/acceptsEncodings()``.
    public func acceptsEncodings() -> [String] { request.acceptsEncodings() }
    /// See ``Request/acceptsCharsets(_:_:)``.
    public func acceptsCharsets(_ first: String, _ others: String...) -> String? {
        request.acceptsCharsets([first] + others)
    }
    /// See ``Request/acceptsCharsets(_:)``.
    public func acceptsCharsets(_ charsets: [String]) -> String? { request.acceptsCharsets(charsets) }
    /// See ``Request/acceptsCharsets()``.
    public func acceptsCharsets() -> [String] { request.acceptsCharsets() }
    /// See ``Request/acceptsLanguages(_:_:)``.
    public func acceptsLanguages(_ first: String, _ others: String...) -> String? {
        request.acceptsLanguages([first] + others)
    }
    /// See ``Request/acceptsLanguages(_:)``.
    public func acceptsLanguages(_ languages: [String]) -> String? { request.acceptsLanguages(languages) }
    /// See ``Request/acceptsLanguages()``.
    public func acceptsLanguages() -> [String] { request.acceptsLanguages() }
}
