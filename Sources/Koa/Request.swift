public import HTTPTypes

/// The request of a context: method, URL, headers, body and what can be learned from them.
///
/// ```swift
/// let request = ctx.request
/// if request.is("json") != nil, request.method == .post {
///     ctx.body = .text("\(request.length ?? 0) bytes of \(request.type)")
/// }
/// ```
///
/// A `Request` is a view of its context: copies show and change the same request.
public struct Request {
    /// The context that this request belongs to.
    public let ctx: Context

    /// The application that serves it.
    public var app: Application { ctx.app }

    /// The response to it.
    public var response: Response { ctx.response }

    var head: RequestHead { ctx.head }

    /// The method, as sent or as set by a middleware such as method override.
    public var method: HTTPRequest.Method {
        get { ctx.incoming.method }
        nonmutating set { ctx.incoming.method = newValue }
    }

    /// All header fields. Setting them replaces what the client sent for everything that reads headers.
    public var headers: Headers {
        get { ctx.incoming.headers ?? head.fields.headers }
        nonmutating set {
            ctx.incoming.headers = newValue
            ctx.incoming.accept = nil
        }
    }

    /// The same as ``headers``.
    public var header: Headers {
        get { headers }
        nonmutating set { headers = newValue }
    }

    /// A header's value, whatever the name's case; `""` when it is absent. Referer and Referrer are one.
    ///
    /// Several lines of one name are joined by `, ` (cookies by `; `); of a field that can stand only once, such as
    /// Content-Type, the first counts.
    public func get(_ name: String) -> String {
        if name.equalsIgnoringCase("referer") || name.equalsIgnoringCase("referrer") {
            return field("referrer") ?? field("referer") ?? ""
        }
        return field(name) ?? ""
    }

    /// A header's value by a swift-http-types name; `""` when it is absent.
    public func get(_ name: HTTPField.Name) -> String {
        get(name.rawName)
    }

    /// A header's value, or nil when it is absent.
    package func field(_ name: String) -> String? {
        if let headers = ctx.incoming.headers { return RequestFields.join(headers.all(name), of: name) }
        return head.fields.joined(name)
    }

    /// Whether repeating the request changes nothing more: GET, HEAD, PUT, DELETE, OPTIONS and TRACE.
    public var idempotent: Bool {
        switch method {
        case .get, .head, .put, .delete, .options, .trace: true
        default: false
        }
    }

    /// The charset parameter of Content-Type, or `""`.
    public var charset: String {
        field("content-type").flatMap { MediaType($0) }?.parameter("charset") ?? ""
    }

    /// The media type of the body without parameters, or `""`.
    public var type: String {
        guard let value = field("content-type"), let type = value.split(separator: ";", maxSplits: 1).first else {
            return ""
        }
        return value.hasPrefix(";") ? "" : String(type)
    }

    /// The number of bytes that Content-Length announces, or nil without one. Text that is no number reads 0.
    public var length: Int? {
        field("content-length").map { $0.isEmpty ? nil : Int($0) ?? 0 } ?? nil
    }

    /// Whether the cached response of the client is still good (304): see ``Response/etag`` and ``Response/lastModified``.
    ///
    /// Only for GET and HEAD, and a status of 2xx or 304. RFC 9110 section 13, as `fresh` 0.5.2 reads it: with both
    /// If-None-Match and If-Modified-Since, both must hold.
    public var fresh: Bool {
        guard method == .get || method == .head else { return false }
        let status = ctx.response.status
        guard (200..<300).contains(status.code) || status == .notModified else { return false }
        return Freshness.isFresh(
            ifNoneMatch: field("if-none-match"),
            ifModifiedSince: field("if-modified-since"),
            cacheControl: field("cache-control"),
            etag: ctx.response.headers["etag"],
            lastModified: ctx.response.headers["last-modified"]
        )
    }

    /// The opposite of ``fresh``.
    public var stale: Bool { !fresh }

    /// The body, as it arrives. It can be read once.
    public var stream: RequestBody { RequestBody(ctx: ctx) }
}

@available(*, unavailable)
extension Request: Sendable {}

extension HTTPRequest.Method {
    /// Compares a method with its text: `ctx.method == "GET"`.
    public static func == (method: HTTPRequest.Method, text: String) -> Bool {
        method.rawValue == text
    }

    /// Compares a method with its text.
    public static func != (method: HTTPRequest.Method, text: String) -> Bool {
        method.rawValue != text
    }
}
